import { readFileSync, statSync } from 'node:fs';
import type { InputState } from './program.ts';

export function stateOf(path: string): InputState {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? [stats.mtimeMs, stats.size] : null;
}

/** Reads files, and records their states, so that later changes can be noticed. */
export interface Inputs {
  readonly isFile: (path: string) => boolean;
  /** The text of a file. Undefined if it doesn't exist. */
  readonly read: (path: string) => string | undefined;
  readonly states: Readonly<Record<string, InputState>>;
}

/** The state of a file. Null also if a parent of the path is a file. */
function safeState(path: string): InputState {
  try {
    return stateOf(path);
  } catch {
    return null;
  }
}

export function createInputs(): Inputs {
  const states: Record<string, InputState> = {};
  const stateFor = (path: string) => (states[path] ??= safeState(path));
  return {
    states,
    isFile: (path) => stateFor(path) !== null,
    read: (path) => (stateFor(path) === null ? undefined : readFileSync(path, 'utf8')),
  };
}
