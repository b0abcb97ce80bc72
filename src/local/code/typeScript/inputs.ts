import { readFileSync, statSync } from 'node:fs';
import type { InputState } from './program.ts';

export function stateOf(path: string): InputState {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? [stats.mtimeMs, stats.size] : null;
}

/** Reads files, and records their states, so that later changes can be noticed. */
export interface Inputs {
  readonly isFile: (path: string) => boolean;
  /** The text of a file; undefined if there is none. */
  readonly read: (path: string) => string | undefined;
  readonly states: Readonly<Record<string, InputState>>;
}

/** A folder in the place of a file, or of one of its parents, is the same as no file. */
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
