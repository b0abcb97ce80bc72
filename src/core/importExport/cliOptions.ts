import { message, type Message } from '../messages/messages.ts';

/** Global options of AWS CLI v2. Source: `awscli/data/cli.json`. */
const GLOBAL: readonly string[] = [
  'debug',
  'endpoint-url',
  'no-verify-ssl',
  'no-paginate',
  'output',
  'query',
  'profile',
  'region',
  'version',
  'color',
  'no-sign-request',
  'ca-bundle',
  'cli-read-timeout',
  'cli-connect-timeout',
  'cli-binary-format',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
  'cli-error-format',
];
const FLAGS = new Set([
  'debug',
  'no-verify-ssl',
  'no-paginate',
  'version',
  'no-sign-request',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
  'v2-debug',
]);
const INVOKE_VALUES: readonly string[] = [
  'function-name',
  'invocation-type',
  'log-type',
  'client-context',
  'durable-execution-name',
  'payload',
  'qualifier',
  'tenant-id',
];
/** Options without abbreviations: those of version 1 or of other operations. */
const OTHERS = ['cli-input-json', 'cli-input-yaml', 'v2-debug'];
const EXACT: ReadonlySet<string> = new Set([...GLOBAL, ...INVOKE_VALUES, ...OTHERS]);

export interface CliOptions {
  readonly values: ReadonlyMap<string, string>;
  readonly flags: readonly string[];
  /** Positional words before `lambda` that a shell would expand. */
  readonly leadingExpansions: readonly string[];
  readonly notes: readonly Message[];
}

/**
 * The options that a name can refer to, including abbreviations. The main parser consumes global options before the
 * operation's parser sees the rest. Source: awscli/clidriver.py, argparse (`allow_abbrev`).
 */
function candidates(name: string): readonly string[] {
  if (EXACT.has(name)) return [name];
  const global = GLOBAL.filter((option) => option.startsWith(name));
  const invokeOptions = INVOKE_VALUES.filter((option) => option.startsWith(name));
  if (global.length === 1) return global;
  return global.length === 0 ? invokeOptions : [...global, ...invokeOptions];
}

const MAX_WORD_LENGTH = 60;

function shorten(word: string): string {
  return word.length > MAX_WORD_LENGTH ? `${word.slice(0, MAX_WORD_LENGTH)}…` : word;
}

/** Parses the words after `aws`. Undefined unless the command is `lambda invoke`. */
export function parseCliOptions(words: readonly string[]): CliOptions | undefined {
  const values = new Map<string, string>();
  const flags: string[] = [];
  const positional: string[] = [];
  const notes: Message[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('--') || word === '--') {
      if (word !== '--') positional.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const typedName = word.slice(2, equals === -1 ? undefined : equals);
    const matches = candidates(typedName);
    const name = matches.length === 1 ? (matches[0] ?? typedName) : typedName;
    const isAmbiguous = matches.length > 1;
    if (isAmbiguous) {
      notes.push(message('importAmbiguous', `--${typedName}`, matches.map((option) => `--${option}`).join(', ')));
    }
    const next = words[index + 1];
    if (FLAGS.has(name)) flags.push(name);
    else if (equals !== -1) {
      if (!isAmbiguous) values.set(name, word.slice(equals + 1));
    } else if (next === undefined || next.startsWith('--')) notes.push(message('importNoValue', `--${typedName}`));
    else {
      index++;
      if (!isAmbiguous) values.set(name, next);
    }
  }
  const lambda = positional.findIndex((word) => !/^[$%`(]/.test(word));
  if (positional[lambda] !== 'lambda' || positional[lambda + 1] !== 'invoke') return undefined;
  // The last positional word is the output file.
  const extra = positional.slice(lambda + 2, -1).map((word) => message('importWord', shorten(word)));
  return { values, flags, leadingExpansions: positional.slice(0, lambda), notes: [...notes, ...extra] };
}
