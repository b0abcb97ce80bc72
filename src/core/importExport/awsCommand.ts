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
  type GivenField,
  type GivenFields,
  type ImportedInvocation,
} from './importedInvocation.ts';
import { SHELLS, type Shell } from './shellWords.ts';

const FIELDS: Readonly<Record<string, GivenField>> = FIELD_OF_OPTION;

/** Options that are read elsewhere. */
const READ = new Set(['cli-input-json', 'profile', 'region', 'endpoint-url', 'cli-binary-format']);
/** Options that match what this extension always does: it waits without a limit and shows JSON. */
const OWN: Readonly<Record<string, string>> = { output: 'json', 'cli-read-timeout': '0', 'cli-connect-timeout': '0' };
const OWN_FLAGS = new Set(['no-paginate', 'no-cli-pager', 'no-cli-auto-prompt']);

interface ReadFields {
  readonly fields: GivenFields;
  readonly payloadPath?: string;
  readonly notes: readonly Message[];
}

function readFields({ options: { values }, isContainer }: FoundInvoke): ReadFields {
  const notes: Message[] = [];
  const fields: Partial<Record<GivenField, string>> = {};
  const input = values.get('cli-input-json');
  const parsed = input === undefined ? undefined : parseCliInput(input);
  if (parsed !== undefined) Object.assign(fields, parsed.fields);
  notes.push(...(parsed?.unknown ?? []).map((key) => message('importIgnored', key)));
  if (parsed === undefined && input !== undefined) notes.push(message('importNotRead', '--cli-input-json', input));
  let payloadPath: string | undefined;
  for (const [option, value] of values) {
    const field = FIELDS[option];
    if (field === undefined) {
      if (!READ.has(option) && OWN[option] !== value) notes.push(message('importIgnored', `--${option}`));
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

/** What a shell would replace in the words that were taken over, or in front of `lambda`. */
function expansionNotes({ options, expansions, environment }: FoundInvoke, payloadPath = ''): Message[] {
  const values = [...options.values].map(([option, value]) =>
    option === 'payload' && /^fileb?:\/\//.test(value) ? payloadPath : value,
  );
  const texts = [...values, ...options.unreplaced, ...Object.values(connectionOf(environment))];
  const taken = expansions.filter((expansion) => texts.some((text) => text?.includes(expansion)));
  return [...new Set(taken)].map((expansion) => message('importExpansion', expansion));
}

function importWith(text: string, shell: Shell): ImportedInvocation | undefined {
  const invokes = findInvokes(text, shell);
  const [found] = invokes;
  if (found === undefined) return undefined;
  const { options, environment } = found;
  const { fields, payloadPath, notes } = readFields(found);
  const { draft, notes: draftNotes } = toImportedDraft(fields, options.values.get('cli-binary-format'));
  const chosen = connectionOf(environment);
  const profile = options.values.get('profile') ?? chosen.profile;
  const region = options.values.get('region') ?? chosen.region;
  const { endpoint, notes: endpointNotes } = endpointOf(found, chosen.endpoint);
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
      ...options.flags.filter((flag) => !OWN_FLAGS.has(flag)).map((flag) => message('importIgnored', `--${flag}`)),
      ...endpointNotes,
      // LocalStack takes any credentials, and a profile in the options counts before those of the environment.
      ...found.notes.filter(({ code }) => code !== 'importCredentials' || found.program !== 'awslocal'),
      ...variableNotes(environment).filter(({ code }) => code !== 'importKeys' || !options.values.has('profile')),
      ...(invokes.length > 1 ? [message('importFirstOnly')] : []),
      ...expansionNotes(found, payloadPath),
    ],
  };
}

/** The shell a command line is most likely written for: what only one of them writes. */
function likelyShell(text: string): Shell {
  if (/`[ \t]*\r?\n|\[Convert\]::|@'\r?\n|^PS [^\r\n\u2028\u2029>]*>/im.test(text)) return 'powershell';
  if (/\\\r?\n|'\\''|'"'"'|\$'/.test(text)) return 'bash';
  if (/\^[ \t]*\r?\n|^[A-Z]:\\[^\r\n\u2028\u2029>]*>/m.test(text)) return 'cmd';
  // Only PowerShell doubles a quote inside of quotes or has (Get-Content …); a bare Windows path is none for bash.
  const isPowerShell = /^[ \t]*(?:\$env:|\$\{env:)|\w''\w|\s\([A-Z]\w+-[A-Z]/im.test(text);
  const paths = text.match(/fileb?:\/\/[^\s'"]*/g) ?? [];
  return isPowerShell || paths.some((path) => /\\./.test(path)) ? 'powershell' : 'bash';
}

/** What a person copied along with the command: the prompt, and the prompts of the lines that continue it. */
function withoutPrompts(text: string): string {
  const first = text.trim().replace(/^(?:[$>#%]\s+|PS [^>\n]*>\s*|[A-Z]:\\[^>\n]*>\s*)/, '');
  return first.replaceAll(/([\\`^][ \t]*\r?\n)[ \t]*(?:>{1,2}|More\?)[ \t]+/g, '$1');
}

/**
 * Takes an `aws lambda invoke …` command line apart: bash, PowerShell and cmd quoting, continued lines, prompts,
 * variables in front, and what stands behind a pipe or a redirection left out. Undefined for any other text. Where the
 * shell cannot be told from the text, the first one counts in which the payload is JSON.
 */
export function importAwsCommand(text: string): ImportedInvocation | undefined {
  const command = withoutPrompts(text);
  const likely = likelyShell(text);
  const order = [likely, ...SHELLS.filter((shell) => shell !== likely)];
  const read = order.flatMap((shell) => importWith(command, shell) ?? []);
  const isFine = ({ draft, notes }: ImportedInvocation) =>
    draft.FunctionName !== '' &&
    !notes.some(({ code }) => code === 'importNoValue') &&
    (draft.Payload === '' || findJsonError(draft.Payload) === undefined);
  return read.find(isFine) ?? read[0];
}
