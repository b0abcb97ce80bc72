import { message, type Message } from '../messages/messages.ts';
import { assignmentOf, setVariable, type Environment } from './environment.ts';
import { CONTAINER_VALUES, CONTAINERS, SESSION_WRAPPERS, WRAPPERS, type Wrapper } from './wrappers.ts';

/** The name of an executable, without folder and extension. */
export function programName(word: string): string {
  return (word.split(/[\\/]/).at(-1) ?? '').replace(/\.(?:exe|cmd|bat)$/i, '').toLowerCase();
}

interface WrapperArguments {
  readonly options: readonly (readonly [name: string, value: string])[];
  readonly positionals: readonly string[];
  /** The index of the first word that belongs to the wrapped program. */
  readonly end: number;
}

/** Reads the arguments of a wrapper program, up to the wrapped program or `--`. */
function readArguments(
  words: readonly string[],
  start: number,
  { values, positionals: maxPositionals }: Wrapper,
): WrapperArguments {
  const options: [string, string][] = [];
  const positionals: string[] = [];
  let at = start;
  for (; at < words.length; at++) {
    const word = words[at] ?? '';
    if (word === '--') return { options, positionals, end: at + 1 };
    const equals = word.indexOf('=');
    if (/^-.|^\/\w+$/.test(word)) {
      if (values.includes(word)) options.push([word, words[++at] ?? '']);
      else if (equals === -1) options.push([word, '']);
      else options.push([word.slice(0, equals), word.slice(equals + 1)]);
    } else if (positionals.length < maxPositionals) positionals.push(word);
    else break;
  }
  return { options, positionals, end: at };
}

function optionOf({ options }: WrapperArguments, names: readonly string[] | undefined): string | undefined {
  // `names` is in order of priority.
  const matches = names?.flatMap((name) => options.filter((option) => option[0] === name));
  return matches?.find(([, value]) => value !== '')?.[1];
}

function readWrapper(environment: Environment, name: string, wrapper: Wrapper, args: WrapperArguments): Message[] {
  const region = optionOf(args, wrapper.regionOptions);
  if (region !== undefined) setVariable(environment, 'AWS_REGION', region);
  const credentialsNote = [message('importCredentials', name)];
  if (wrapper.hasCredentials === true) return credentialsNote;
  if (wrapper.profile === undefined) return [];
  const word = wrapper.profile.isWord === true ? args.positionals.find((text) => text !== 'exec') : undefined;
  const profile = optionOf(args, wrapper.profile.options) ?? word;
  const account = optionOf(args, wrapper.accountOptions);
  if (profile !== undefined || account !== undefined) setVariable(environment, 'AWS_PROFILE', profile ?? account ?? '');
  if (profile !== undefined) return [];
  return account === undefined ? credentialsNote : [message('importAccount', account, name)];
}

/** A container gets only the variables passed to it, and has profiles only if a `.aws` folder is mounted. */
function readContainer(environment: Environment, name: string, args: WrapperArguments): Message[] {
  const outerEnvironment = new Map(environment);
  environment.clear();
  for (const [option, value] of args.options) {
    if (option !== '-e' && option !== '--env') continue;
    const [variable, text] = assignmentOf(value) ?? [value, outerEnvironment.get(value) ?? ''];
    setVariable(environment, variable, text);
  }
  const hasProfiles = args.options.some(([, value]) => /[\\/]\.aws\b/.test(value));
  return hasProfiles || environment.has('AWS_ACCESS_KEY_ID') ? [] : [message('importCredentials', name)];
}

function readEnv(environment: Environment, words: readonly string[], start: number): number {
  const args = readArguments(words, start, { values: ['-u', '--unset', '-C', '--chdir'], positionals: 0 });
  for (const [option, value] of args.options) {
    if (option === '-i' || option === '--ignore-environment') environment.clear();
    else if (option === '-u' || option === '--unset') environment.delete(value);
  }
  return args.end;
}

export interface CommandPrefix {
  readonly notes: readonly Message[];
  /** Paths are inside a container, not on this machine. */
  readonly isContainer: boolean;
}

/**
 * Reads the words before `aws` in order and applies their effect to `environment`: assignments, and wrapper programs
 * that select a profile or change nothing. Unknown words are reported.
 */
export function readPrefix(environment: Environment, words: readonly string[]): CommandPrefix {
  const notes: Message[] = [];
  const unknown: string[] = [];
  let isContainer = false;
  // PowerShell's `$out = aws …`.
  let at = words[1] === '=' && words[0]?.startsWith('$') === true ? 2 : 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    const name = programName(word);
    const wrapper = WRAPPERS.get(name);
    const assignment = assignmentOf(word);
    at++;
    if (assignment !== undefined) setVariable(environment, ...assignment);
    else if (name === 'env') at = readEnv(environment, words, at);
    else if (CONTAINERS.has(name)) {
      isContainer = true;
      notes.push(
        ...readContainer(
          environment,
          name,
          readArguments(words, at, { values: CONTAINER_VALUES, positionals: Infinity }),
        ),
      );
      at = words.length;
    } else if (wrapper !== undefined) {
      const args = readArguments(words, at, wrapper);
      notes.push(...readWrapper(environment, name, wrapper, args));
      at = args.end;
    } else if (/^python[\d.]*$/.test(name) && words[at] === '-m' && at === words.length - 1) at++;
    else if (word !== '--' && word !== '.' && word !== 'source') unknown.push(word);
  }
  if (unknown.length > 0) notes.push(message('importPrefix', unknown.join(' ')));
  return { notes, isContainer };
}

/**
 * Applies an earlier command that selects a profile for the following ones: `assume dev && aws …`. Returns false for
 * any other command.
 */
export function readSession(environment: Environment, words: readonly string[]): boolean {
  const command = words[0] === '.' || words[0] === 'source' ? words.slice(1) : words;
  if (!SESSION_WRAPPERS.has(programName(command[0] ?? ''))) return false;
  readPrefix(environment, command);
  return true;
}
