import { message, type Message } from '../messages.ts';
import { bashWords } from './bashWords.ts';
import { parseCliInput } from './cliInput.ts';
import { cmdWords } from './cmdWords.ts';
import { toImportedDraft, type GivenFields, type ImportedInvocation } from './importedInvocation.ts';
import { powershellWords } from './powershellWords.ts';
import { SHELLS, type Shell, type ShellCommand } from './shellWords.ts';
import { findJsonError } from '../json.ts';

/** Options of `aws lambda invoke` that are Lambda's own fields. */
const FIELDS: Readonly<Record<string, keyof GivenFields>> = {
  'function-name': 'FunctionName',
  qualifier: 'Qualifier',
  'invocation-type': 'InvocationType',
  'log-type': 'LogType',
  'client-context': 'ClientContext',
  'tenant-id': 'TenantId',
  'durable-execution-name': 'DurableExecutionName',
  payload: 'Payload',
};

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
  const start = words.findIndex((word) => /(^|[\\/])aws(\.exe|\.cmd)?$/.test(word));
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
    else values.set(name, rest[++index] ?? '');
  }
  return positional[0] === 'lambda' && positional[1] === 'invoke' ? { values, flags } : undefined;
}

/** Variables that were set in front: `AWS_PROFILE=dev aws …`, `$env:AWS_PROFILE = 'dev'`, `set AWS_PROFILE=dev`. */
function environmentOf(commands: readonly ShellCommand[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { words } of commands) {
    const line = words.join(' ');
    for (const [, name = '', value = ''] of line.matchAll(/(?:^|\s|\$env:)(AWS_\w+)\s*=\s*(\S+)/g))
      found.set(name, value);
  }
  return found;
}

function readFields({ values }: Options): { fields: GivenFields; payloadPath?: string; notes: Message[] } {
  const notes: Message[] = [];
  const fields: Partial<Record<keyof GivenFields, string>> = {};
  const input = values.get('cli-input-json');
  const parsed = input === undefined ? undefined : parseCliInput(input);
  if (parsed !== undefined) Object.assign(fields, parsed.fields);
  else if (input !== undefined) notes.push(message('importNotRead', '--cli-input-json', input));
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
  const found = commands
    .map((command) => ({ command, options: parseOptions(command.words) }))
    .find(({ options }) => options !== undefined);
  if (found?.options === undefined) return undefined;
  const { options } = found;
  const environment = environmentOf(commands);
  const { fields, payloadPath, notes } = readFields(options);
  const { draft, notes: draftNotes } = toImportedDraft(fields);
  const profile = options.values.get('profile') ?? environment.get('AWS_PROFILE');
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
      ...found.command.expansions.map((expansion) => message('importExpansion', expansion)),
    ],
  };
}

/** The shells a command line may be written for, the likeliest first. */
function likelyShells(text: string): readonly Shell[] {
  if (/`[ \t]*\r?\n|\$env:|\[Convert\]|@'\r?\n|^PS .*>/im.test(text)) return ['powershell'];
  if (/\\\r?\n|'\\''|'"'"'|\$'/.test(text)) return ['bash'];
  if (/\^[ \t]*\r?\n|%\w+%|^[A-Z]:\\[^\n]*>/m.test(text)) return ['cmd'];
  // Only PowerShell doubles a quote inside of quotes.
  return /\w''\w/.test(text) ? ['powershell', 'bash', 'cmd'] : SHELLS;
}

/** What a person copied along with the command: the prompt. */
function withoutPrompt(text: string): string {
  return text.trim().replace(/^(?:\$|>|#|%|PS [^>\n]*>|[A-Z]:\\[^>\n]*>)\s+/, '');
}

/**
 * Takes an `aws lambda invoke …` command line apart: bash, PowerShell and cmd quoting, continued lines, prompts,
 * variables in front, and what stands behind a pipe or a redirection left out. Undefined for any other text. Where the
 * shell cannot be told from the text, the first one counts in which the payload is JSON.
 */
export function importAwsCommand(text: string): ImportedInvocation | undefined {
  const command = withoutPrompt(text);
  const read = likelyShells(text).flatMap((shell) => importWith(command, shell) ?? []);
  const isFine = ({ draft }: ImportedInvocation) => draft.Payload === '' || findJsonError(draft.Payload) === undefined;
  return read.find(isFine) ?? read[0];
}
