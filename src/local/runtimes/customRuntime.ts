import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { notBuilt } from '../code/buildCommand.ts';
import { toSentence } from '../../core/messages/messages.ts';
import { optPaths } from '../layers/optFolders.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { isExecutable, onPath } from './executables.ts';
import { LaunchError } from './launchError.ts';

/** The maximum length of the line that names an interpreter, in bytes. Source: execve(2). */
const MAX_FIRST_LINE = 256;

/** A program and its arguments. */
interface Program {
  readonly program: string;
  readonly args: readonly string[];
}

/** The options that the first line of a script passes to `sh`. Undefined for other scripts and for programs. */
async function shellOptions(path: string): Promise<string[] | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MAX_FIRST_LINE), 0, MAX_FIRST_LINE, 0);
    const [line = ''] = buffer.toString('latin1', 0, bytesRead).split('\n', 1);
    if (!line.startsWith('#!')) return undefined;
    const words = line.slice(2).trim().split(' ');
    const [shell = '', ...options] = basename(words[0] ?? '') === 'env' ? words.slice(1) : words;
    return basename(shell) === 'sh' ? options : undefined;
  } finally {
    await file.close();
  }
}

/** The command for a `bootstrap`. A script for `sh` runs in Bash, which is the `sh` of Amazon Linux. */
async function commandFor(path: string): Promise<Program> {
  // A program that can be executed can't always be read.
  const options = await shellOptions(path).catch(() => undefined);
  const bash = options === undefined ? undefined : await onPath(['bash']);
  if (options === undefined || bash === undefined) return { program: path, args: [] };
  return { program: bash, args: ['--posix', ...options, path] };
}

/**
 * The command for a function with a custom runtime: the `bootstrap` in its code or in a layer. Rejects with LaunchError if
 * there is none. Source: Lambda developer guide, "Building a custom runtime for AWS Lambda".
 */
export async function customRuntime(definition: WorkspaceFunction, taskRoot: string): Promise<Program> {
  const own = join(taskRoot, 'bootstrap');
  const inLayers = optPaths(definition.layers ?? [], 'bootstrap');
  for (const path of [own, ...inLayers]) if (await isExecutable(path)) return commandFor(path);
  const advice = toSentence(notBuilt(own, definition));
  throw new LaunchError(`Couldn't find valid bootstrap(s): [${own}]. ${advice}`);
}
