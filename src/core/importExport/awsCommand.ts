import { endpointOf } from './commandEndpoint.ts';
import { connectionOf, variableNotes } from './environment.ts';
import { findInvokes, type FoundInvoke } from './findInvoke.ts';
import { payloadPathOf } from './payloadPath.ts';
import { findJsonError } from '../json/jsonText.ts';
import { message, type Message } from '../messages/messages.ts';
import { parseCliInput } from './cliInput.ts';
import {
  FIELD_OF_OPTION,
  toImportedDraft,
  type ImportedField,
  type ImportedFields,
  type ImportedInvocation,
} from './importedInvocation.ts';
import { SHELLS, type Shell } from './shellWords.ts';

const FIELDS: Readonly<Record<string, ImportedField>> = FIELD_OF_OPTION;

/** Options that are handled elsewhere. */
const HANDLED_OPTIONS = new Set(['cli-input-json', 'profile', 'region', 'endpoint-url', 'cli-binary-format']);
/** Options whose value matches what this extension always does: JSON output and no client timeout. */
const IMPLIED_VALUES: Readonly<Record<string, string>> = {
  output: 'json',
  'cli-read-timeout': '0',
  'cli-connect-timeout': '0',
};
const IMPLIED_FLAGS = new Set(['no-paginate', 'no-cli-pager', 'no-cli-auto-prompt']);

interface ReadFields {
  readonly fields: ImportedFields;
  readonly payloadPath?: string;
  readonly notes: readonly Message[];
}

function readFields({ options: { values }, isContainer }: FoundInvoke): ReadFields {
  const notes: Message[] = [];
  const fields: Partial<Record<ImportedField, string>> = {};
  const input = values.get('cli-input-json');
  const parsed = input === undefined ? undefined : parseCliInput(input);
  if (parsed !== undefined) Object.assign(fields, parsed.fields);
  notes.push(...(parsed?.unknown ?? []).map((key) => message('importIgnored', key)));
  if (parsed === undefined && input !== undefined) notes.push(message('importNotRead', '--cli-input-json', input));
  let payloadPath: string | undefined;
  for (const [option, value] of values) {
    const field = FIELDS[option];
    if (field === undefined) {
      if (!HANDLED_OPTIONS.has(option) && IMPLIED_VALUES[option] !== value)
        notes.push(message('importIgnored', `--${option}`));
    } else if (!/^fileb?:\/\//.test(value)) fields[field] = value;
    else if (field === 'Payload') {
      delete fields.Payload;
      const read = payloadPathOf(value, isContainer);
      payloadPath = read.path;
      notes.push(...read.notes);
    } else notes.push(message('importNotRead', `--${option}`, value));
  }
  return { fields, notes, ...(payloadPath !== undefined && { payloadPath }) };
}

/** Notes about expansions in the imported words, or before `lambda`. */
function expansionNotes({ options, expansions, environment }: FoundInvoke, payloadPath = ''): Message[] {
  const values = [...options.values].map(([option, value]) =>
    option === 'payload' && /^fileb?:\/\//.test(value) ? payloadPath : value,
  );
  const texts = [...values, ...options.leadingExpansions, ...Object.values(connectionOf(environment))];
  const usedExpansions = expansions.filter((expansion) => texts.some((text) => text?.includes(expansion)));
  return [...new Set(usedExpansions)].map((expansion) => message('importExpansion', expansion));
}

function importWith(text: string, shell: Shell): ImportedInvocation | undefined {
  const invokes = findInvokes(text, shell);
  const [invoke] = invokes;
  if (invoke === undefined) return undefined;
  const { options, environment } = invoke;
  const { fields, payloadPath, notes } = readFields(invoke);
  const { draft, notes: draftNotes } = toImportedDraft(fields, options.values.get('cli-binary-format'));
  const fromEnvironment = connectionOf(environment);
  const profile = options.values.get('profile') ?? fromEnvironment.profile;
  const region = options.values.get('region') ?? fromEnvironment.region;
  const { endpoint, notes: endpointNotes } = endpointOf(invoke, fromEnvironment.endpoint);
  return {
    draft,
    ...(payloadPath !== undefined && { payloadPath }),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    notes: [
      ...draftNotes,
      ...options.notes,
      ...notes,
      ...options.flags.filter((flag) => !IMPLIED_FLAGS.has(flag)).map((flag) => message('importIgnored', `--${flag}`)),
      ...endpointNotes,
      // LocalStack accepts any credentials, and `--profile` overrides credentials in the environment.
      ...invoke.notes.filter(({ code }) => code !== 'importCredentials' || invoke.program !== 'awslocal'),
      ...variableNotes(environment).filter(({ code }) => code !== 'importKeys' || !options.values.has('profile')),
      ...(invokes.length > 1 ? [message('importFirstOnly')] : []),
      ...expansionNotes(invoke, payloadPath),
    ],
  };
}

/** Guesses the shell from syntax that only one of them has. */
function likelyShell(text: string): Shell {
  if (/`[ \t]*\r?\n|\[Convert\]::|@'\r?\n|^PS [^\r\n\u2028\u2029>]*>/im.test(text)) return 'powershell';
  if (/\\\r?\n|'\\''|'"'"'|\$'/.test(text)) return 'bash';
  if (/\^[ \t]*\r?\n|^[A-Z]:\\[^\r\n\u2028\u2029>]*>/m.test(text)) return 'cmd';
  // Only PowerShell doubles quotes inside quotes or has (Get-Content …). A bare Windows path is no bash syntax.
  const isPowerShell = /^[ \t]*(?:\$env:|\$\{env:)|\w''\w|\s\([A-Z]\w+-[A-Z]/im.test(text);
  const paths = text.match(/fileb?:\/\/[^\s'"]*/g) ?? [];
  return isPowerShell || paths.some((path) => /\\./.test(path)) ? 'powershell' : 'bash';
}

/** Removes prompts that were copied with the command, including those of continuation lines. */
function withoutPrompts(text: string): string {
  const first = text.trim().replace(/^(?:[$>#%]\s+|PS [^>\n]*>\s*|[A-Z]:\\[^>\n]*>\s*)/, '');
  return first.replaceAll(/([\\`^][ \t]*\r?\n)[ \t]*(?:>{1,2}|More\?)[ \t]+/g, '$1');
}

/**
 * Imports an `aws lambda invoke …` command line in bash, PowerShell or cmd syntax, including continuation lines,
 * prompts and leading variables. Pipes and redirections are ignored. Undefined for other text. If the shell is
 * ambiguous, the first one that results in valid JSON is used.
 */
export function importAwsCommand(text: string): ImportedInvocation | undefined {
  const command = withoutPrompts(text);
  const likely = likelyShell(text);
  const order = [likely, ...SHELLS.filter((shell) => shell !== likely)];
  const read = order.flatMap((shell) => importWith(command, shell) ?? []);
  const isPlausible = ({ draft, notes }: ImportedInvocation) =>
    draft.FunctionName !== '' &&
    !notes.some(({ code }) => code === 'importNoValue') &&
    (draft.Payload === '' || findJsonError(draft.Payload) === undefined);
  return read.find(isPlausible) ?? read[0];
}
