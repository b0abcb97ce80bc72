import { bashWords } from './bashWords.ts';
import { cmdWords } from './cmdWords.ts';
import { powershellWords } from './powershellWords.ts';
import type { Shell, ShellCommand } from './shellWords.ts';
import type { Message } from '../messages/messages.ts';
import { insideSubstitution } from './balanced.ts';
import { parseCliOptions, type CliOptions } from './cliOptions.ts';
import { programName, readPrefix, readSession } from './commandPrefix.ts';
import { runAssignments, type Environment } from './environment.ts';

const WORDS: Readonly<Record<Shell, (text: string) => ShellCommand[]>> = {
  bash: bashWords,
  powershell: powershellWords,
  cmd: cmdWords,
};

/** An `aws lambda invoke` command in a text, with its environment variables. */
export interface FoundInvoke {
  /** `aws`, `awslocal` or an image of the AWS CLI. */
  readonly program: string;
  readonly options: CliOptions;
  readonly environment: Environment;
  readonly expansions: readonly string[];
  readonly isContainer: boolean;
  readonly notes: readonly Message[];
}

/** `aws` in any folder, `awslocal`, and images of the AWS CLI with a tag or digest. */
const PROGRAM =
  /^(?:\$[\w:]+=)?(?:[^\s=]*[\\/]|[A-Za-z]:\\[^=]*\\)?(?:aws(?:2|v2|cli|local)?(?:\.exe|\.cmd|\.bat)?|aws-cli(?::[\w.-]+)?(?:@[\w:]+)?)$/i;

/** Limits the work on text that repeats the program's name. */
const MAX_TRIES = 8;
const MAX_DEPTH = 4;

interface ParseContext {
  readonly shell: Shell;
  readonly depth: number;
}

function findDirect(command: ShellCommand, outerEnvironment: Environment): FoundInvoke | undefined {
  const { words, expansions } = command;
  let tries = 0;
  for (const [index, word] of words.entries()) {
    if (!PROGRAM.test(word) || tries++ > MAX_TRIES) continue;
    const options = parseCliOptions(words.slice(index + 1));
    if (options === undefined) continue;
    const environment = new Map(outerEnvironment);
    const { notes, isContainer } = readPrefix(environment, words.slice(0, index));
    const program = programName(word).replace(/^\$[\w:]+=/, '');
    return { program, options, environment, expansions, isContainer, notes };
  }
  return undefined;
}

const mentionsInvoke = (text: string) => text.includes('lambda') && text.includes('invoke');

/** The shell that runs a nested command, judging by the program before it: `cmd /c "…"`, `pwsh -Command "…"`. */
function shellOf(words: readonly string[], shell: Shell): Shell {
  const names = words.map(programName);
  if (names.includes('cmd')) return 'cmd';
  if (names.includes('pwsh') || names.includes('powershell')) return 'powershell';
  return names.some((name) => /^(?:ba|z|da|k|fi)?sh$/.test(name)) ? 'bash' : shell;
}

/** Finds nested commands: `OUT=$(aws …)`, `bash -c 'aws …'`, `assume dev --exec "aws …"`. */
function findNested(
  command: ShellCommand,
  outerEnvironment: Environment,
  { shell, depth }: ParseContext,
): FoundInvoke[] {
  const { words, expansions } = command;
  for (const expansion of expansions.filter(mentionsInvoke)) {
    const inside = insideSubstitution(expansion);
    const invokes = inside === undefined ? [] : findInText(inside, outerEnvironment, { shell, depth: depth + 1 });
    if (invokes.length > 0) return invokes;
  }
  for (const [index, word] of words.entries()) {
    if (!mentionsInvoke(word) || !/\s/.test(word)) continue;
    const environment = new Map(outerEnvironment);
    const [first = ''] = words;
    // In `assume --exec "aws …" dev`, arguments of `assume` follow after the command.
    const hasTrailingArguments = /^(?:\.|source|assume)$/.test(programName(first));
    const option = words[index - 1]?.startsWith('-') === true ? 1 : 0;
    const prefixWords = hasTrailingArguments ? words.toSpliced(index - option, 1 + option) : words.slice(0, index);
    const { notes, isContainer } = readPrefix(environment, prefixWords);
    const invokes = findInText(word, environment, { shell: shellOf(prefixWords, shell), depth: depth + 1 });
    if (invokes.length === 0) continue;
    return invokes.map((invoke) => ({
      ...invoke,
      notes: [...notes, ...invoke.notes],
      isContainer: isContainer || invoke.isContainer,
    }));
  }
  return [];
}

function findInText(text: string, outerEnvironment: Environment, context: ParseContext): FoundInvoke[] {
  if (context.depth > MAX_DEPTH) return [];
  const environment = new Map(outerEnvironment);
  return WORDS[context.shell](text).flatMap((command) => {
    const invoke = findDirect(command, environment);
    const invokes = invoke === undefined ? findNested(command, environment, context) : [invoke];
    if (!readSession(environment, command.words)) runAssignments(environment, command.words);
    return invokes;
  });
}

/** Finds all `aws lambda invoke` commands in a text with the syntax of one shell, in order. */
export function findInvokes(text: string, shell: Shell): FoundInvoke[] {
  return mentionsInvoke(text) ? findInText(text, new Map(), { shell, depth: 0 }) : [];
}
