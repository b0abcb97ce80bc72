import { message, type Message } from '../messages.ts';
import { bashWords } from './bashWords.ts';
import { parseCliInput } from './cliInput.ts';
import { cmdWords } from './cmdWords.ts';
import {
  FIELD_OF_OPTION,
  toImportedDraft,
  type GivenField,
  type GivenFields,
  type ImportedInvocation,
} from './importedInvocation.ts';
import { powershellWords } from './powershellWords.ts';
import { SHELLS, type Shell, type ShellCommand } from './shellWords.ts';
import { findJsonError } from '../json.ts';

const FIELDS: Readonly<Record<string, GivenField>> = FIELD_OF_OPTION;

/** Options that change nothing about what is invoked. */
const SILENT = new Set([
  'output',
  'query',
  'color',
  'cli-read-timeout',
  'cli-connect-timeout',
  'cli-binary-format',
  'cli-error-format',
]);

const FLAGS = new Set([
  'debug',
  'no-verify-ssl',
  'no-paginate',
  'no-sign-request',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
  'v2-debug',
]);
const SILENT_FLAGS = new Set([
  'debug',
  'no-paginate',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
  'v2-debug',
]);

const AWS = /(^|[\\/])aws(\.exe|\.cmd)?$/;

interface Options {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: readonly string[];
}

const WORDS: Readonly<Record<Shell, (text: string) => ShellCommand[]>> = {
  bash: bashWords,
  powershell: powershellWords,
  cmd: cmdWords,
};

/** The options behind `aws`, or undefined where the command is not `aws lambda invoke`. */
function parseOptions(words: readonly string[]): Options | undefined {
  const start = words.findIndex((word) => AWS.test(word));
  if (start === -1) return undefined;
  const values = new Map<string, string>();
  const flags: string[] = [];
  const positional: string[] = [];
  const rest = words.slice(start + 1);
  for (let index = 0; index < rest.length; index++) {
    const word = rest[index] ?? '';
    if (!word.startsWith('--')) {
      positional.push(word);
      continue;
    }
    const [name = '', ...value] = word.slice(2).split('=');
    if (FLAGS.has(name)) flags.push(name);
    else if (value.length > 0) values.set(name, value.join('='));
    else if (rest[index + 1]?.startsWith('--') === true) values.set(name, '');
    else values.set(name, rest[++index] ?? '');
  }
  return positional[0] === 'lambda' && positional[1] === 'invoke' ? { values, flags } : undefined;
}

/** The variables a command sets and nothing else: `export A=b`, `set A=b`, `$env:A = 'b'`. */
function assignments(words: readonly string[]): [string, string][] {
  const [first = '', ...rest] = words;
  const powershell = /^\$env:(AWS_\w+)(?:=([^]*))?$/i.exec(first);
  if (powershell !== null) {
    const [, name = '', value] = powershell;
    if (value !== undefined && value !== '') return [[name, value]];
    return rest[0] === '=' || value === '' ? [[name, rest.at(-1) ?? '']] : [];
  }
  const all = first === 'export' || first === 'set' ? rest : words;
  const found = all.map((word) => /^(\w+)=([^]*)$/.exec(word));
  return found.every((match) => match !== null) ? found.map((match) => [match[1] ?? '', match[2] ?? '']) : [];
}

/** Variables that were set in front of a command, by its own line or an earlier one. */
function environmentOf(commands: readonly ShellCommand[], found: ShellCommand): ReadonlyMap<string, string> {
  const earlier = commands.slice(0, commands.indexOf(found)).flatMap(({ words }) => assignments(words));
  const start = found.words.findIndex((word) => AWS.test(word));
  return new Map([...earlier, ...assignments(found.words.slice(0, start))]);
}

function readFields({ values }: Options): { fields: GivenFields; payloadPath?: string; notes: Message[] } {
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
    const path = /^fileb?:\/\/(.*)$/s.exec(value)?.[1];
    if (field === undefined) {
      if (!SILENT.has(option) && !['cli-input-json', 'profile', 'region', 'endpoint-url'].includes(option))
        notes.push(message('importIgnored', `--${option}`));
    } else if (path === undefined) fields[field] = value;
    else if (field === 'Payload') {
      payloadPath = path;
      delete fields.Payload;
    } else notes.push(message('importNotRead', `--${option}`, value));
  }
  return { fields, notes, ...(payloadPath !== undefined && { payloadPath }) };
}

function importWith(text: string, shell: Shell): ImportedInvocation | undefined {
  const commands = WORDS[shell](text);
  const invokes = commands.flatMap((command) => {
    const options = parseOptions(command.words);
    return options === undefined ? [] : [{ command, options }];
  });
  const [found] = invokes;
  if (found === undefined) return undefined;
  const { options } = found;
  const environment = environmentOf(commands, found.command);
  const { fields, payloadPath, notes } = readFields(options);
  const { draft, notes: draftNotes } = toImportedDraft(fields);
  const profile =
    options.values.get('profile') ?? environment.get('AWS_PROFILE') ?? environment.get('AWS_DEFAULT_PROFILE');
  const region = options.values.get('region') ?? environment.get('AWS_REGION') ?? environment.get('AWS_DEFAULT_REGION');
  const endpoint = options.values.get('endpoint-url');
  return {
    draft,
    ...(payloadPath !== undefined && { payloadPath }),
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    notes: [
      ...draftNotes,
      ...notes,
      ...options.flags.filter((flag) => !SILENT_FLAGS.has(flag)).map((flag) => message('importIgnored', `--${flag}`)),
      ...(endpoint === undefined ? [] : [message('importEndpoint', endpoint)]),
      ...(invokes.length > 1 ? [message('importFirstOnly')] : []),
      ...found.command.expansions.map((expansion) => message('importExpansion', expansion)),
    ],
  };
}

/** The shell a command line is most likely written for: what only one of them writes. */
function likelyShell(text: string): Shell {
  if (/`[ \t]*\r?\n|\[Convert\]::|@'\r?\n|^PS [^\n]*>/im.test(text)) return 'powershell';
  if (/\\\r?\n|'\\''|'"'"'|\$'/.test(text)) return 'bash';
  if (/\^[ \t]*\r?\n|^[A-Z]:\\[^\n]*>/m.test(text)) return 'cmd';
  // Only PowerShell doubles a quote inside of quotes or has (Get-Content …); a bare Windows path is none for bash.
  const isPowerShell = /^\s*\$env:|\w''\w|\s\([A-Z]\w+-[A-Z]|fileb?:\/\/[^\s'"]*\\[^\s]/m.test(text);
  return isPowerShell ? 'powershell' : 'bash';
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
  const isFine = ({ draft }: ImportedInvocation) =>
    draft.FunctionName !== '' && (draft.Payload === '' || findJsonError(draft.Payload) === undefined);
  return read.find(isFine) ?? read[0];
}
