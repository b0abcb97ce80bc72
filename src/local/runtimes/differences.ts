import { layerNotes } from '../layers/layerNotes.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** Whether the local interpreter has the version of the runtime, such as Node.js v20 for `nodejs20.x`. */
function isSameVersion(runtime: string, localVersion: string): boolean {
  const required = /^(?:nodejs(\d+)|python(\d+\.\d+))/.exec(runtime);
  const version = required?.[1] ?? required?.[2];
  const actual = /[v ](\d+(?:\.\d+)*)/.exec(localVersion)?.[1];
  return version !== undefined && actual !== undefined && `${actual}.`.startsWith(`${version}.`);
}

/** Node.js's names for Lambda's architectures. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'x64', arm64: 'arm64' };

/** A note about a wrapper script, which Lambda starts instead of the runtime. */
function wrapperNote({ runtime, environment }: LocalFunction): Message[] {
  const wrapper = environment['AWS_LAMBDA_EXEC_WRAPPER'];
  return wrapper === undefined || runtime.startsWith('provided') ? [] : [message('wrapperNotRun')];
}

/**
 * Messages about how a function differs from its deployed version: the notes of its template, its layers, placeholders,
 * the version of the local interpreter, the architecture of this machine, managed instances, and an unused wrapper
 * script. Source: Lambda developer guide, "Lambda runtimes", "Selecting and configuring an instruction set architecture", and "Modifying the
 * runtime environment".
 */
export function differencesOf(
  { fn, layers = [], obstacle, notes, placeholders }: WorkspaceFunction,
  localVersion: string | undefined,
): Message[] {
  const { runtime, architecture } = fn;
  const local = architecture === undefined ? undefined : ARCHITECTURES[architecture];
  return [
    ...notes,
    ...(obstacle === undefined ? layerNotes(layers) : []),
    ...(placeholders === undefined ? [] : [message('placeholderValues', placeholders.join(', '))]),
    ...(localVersion === undefined || isSameVersion(runtime, localVersion)
      ? []
      : [message('runsOn', runtime, localVersion)]),
    ...(architecture === undefined || local === process.arch
      ? []
      : [message('runsOnArchitecture', architecture, process.arch)]),
    ...(fn.isManaged === true ? [message('managedNotHere')] : []),
    ...wrapperNote(fn),
  ];
}
