import { message, type Message } from '../messages/messages.ts';

/** The environment variables of a command. An empty variable is treated as unset. */
export type Environment = Map<string, string>;

const KEYS = new Set(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_SECURITY_TOKEN']);

/** Variables that connectionOf reads, or that don't affect the invocation. */
const SUPPORTED_NAMES =
  /^AWS_(?:(?:DEFAULT_)?(?:PROFILE|REGION)|ENDPOINT_URL(?:_\w+)?|IGNORE_CONFIGURED_ENDPOINT_URLS|MAX_ATTEMPTS|RETRY_MODE|PAGER|DEFAULT_OUTPUT|CLI_\w+|SDK_LOAD_CONFIG|VAULT\w*|ASSUME_\w+)$/;

export function setVariable(environment: Environment, name: string, value: string): void {
  if (value === '') environment.delete(name);
  else environment.set(name, value);
}

/** Parses `NAME=value`. Undefined for any other word. */
export function assignmentOf(word: string): readonly [name: string, value: string] | undefined {
  const match = /^(\w+)=([^]*)$/.exec(word);
  return match === null ? undefined : [match[1] ?? '', match[2] ?? ''];
}

function readAssignments(environment: Environment, words: readonly string[]): void {
  const pairs = words.map(assignmentOf);
  if (!pairs.every((pair) => pair !== undefined)) return;
  // Variable names are case-insensitive on Windows.
  for (const [name, value] of pairs) setVariable(environment, /^aws_/i.test(name) ? name.toUpperCase() : name, value);
}

/** `$env:NAME = 'value'`, with or without spaces. */
function readPowerShell(environment: Environment, words: readonly string[]): boolean {
  const match = /^\$(?:env:(\w+)|\{env:(\w+)\})(?:=([^]*))?$/i.exec(words[0] ?? '');
  if (match === null) return false;
  const name = (match[1] ?? match[2] ?? '').toUpperCase();
  if (match[3] !== undefined && match[3] !== '') setVariable(environment, name, match[3]);
  else if (match[3] === '') setVariable(environment, name, words[1] ?? '');
  else if (words[1]?.startsWith('=') === true) setVariable(environment, name, words[1].slice(1) || (words[2] ?? ''));
  return true;
}

const envName = (word: string | undefined) => (word ?? '').replace(/^env:[\\/]?/i, '').toUpperCase();

/** Applies a command that changes variables: `export A=b`, `set A=b`, `$env:A = 'b'`, `unset A`. */
export function runAssignments(environment: Environment, words: readonly string[]): void {
  if (readPowerShell(environment, words)) return;
  const [first = '', ...rest] = words;
  const args = rest.filter((word) => !word.startsWith('-'));
  switch (first.toLowerCase()) {
    case 'unset':
    case 'unsetenv':
      for (const name of args) environment.delete(name);
      return;
    case 'remove-item':
      environment.delete(envName(args[0]));
      return;
    case 'set-item':
      setVariable(environment, envName(args[0]), args[1] ?? '');
      return;
    case 'setenv':
      setVariable(environment, args[0] ?? '', args[1] ?? '');
      return;
    case 'export':
    case 'set':
    case 'declare':
    case 'typeset':
    case 'local':
    case 'readonly':
      // fish has `set -x NAME value`.
      if (args.length === 2 && args.every((word) => !word.includes('='))) {
        setVariable(environment, args[0] ?? '', args[1] ?? '');
      } else readAssignments(environment, args);
      return;
    default:
      readAssignments(environment, words);
  }
}

/**
 * The connection settings in environment variables. Never show the endpoint in a message, because it may contain a
 * password.
 */
export function connectionOf(environment: Environment) {
  const ignores = environment.get('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS')?.toLowerCase() === 'true';
  const endpoint = environment.get('AWS_ENDPOINT_URL_LAMBDA') ?? environment.get('AWS_ENDPOINT_URL');
  return {
    profile: environment.get('AWS_PROFILE') ?? environment.get('AWS_DEFAULT_PROFILE'),
    region: environment.get('AWS_REGION') ?? environment.get('AWS_DEFAULT_REGION'),
    endpoint: ignores ? undefined : endpoint,
  };
}

/** Notes about variables that affect the AWS CLI but aren't imported. Contains names only, never values. */
export function variableNotes(environment: Environment): Message[] {
  const names = [...environment.keys()];
  const others = names.filter((name) => !KEYS.has(name) && !SUPPORTED_NAMES.test(name));
  return [
    ...(names.some((name) => KEYS.has(name)) ? [message('importKeys')] : []),
    ...others.filter((name) => /^AWS_|^HTTPS?_PROXY$/i.test(name)).map((name) => message('importVariable', name)),
  ];
}
