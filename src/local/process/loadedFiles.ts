import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { isAbsolute, relative, sep } from 'node:path';

type FileState = string | undefined;

function isBelow(folder: string, path: string): boolean {
  const below = relative(folder, path);
  return !isAbsolute(below) && below.split(sep)[0] !== '..';
}

/**
 * The files outside the code folder that a process has loaded. Once one of them has changed, the process is outdated.
 */
export class LoadedFiles {
  readonly #start = Date.now();
  readonly #states = new Map<string, Promise<FileState>>();
  /** Whether files in the temporary folder are ignored, because the function may have written them. */
  readonly #ignoresTemporary: boolean;

  constructor(taskRoot: string) {
    this.#ignoresTemporary = !isBelow(tmpdir(), taskRoot);
  }

  get isEmpty(): boolean {
    return this.#states.size === 0;
  }

  add(paths: readonly string[]): void {
    for (const path of paths) {
      if (this.#ignoresTemporary && isBelow(tmpdir(), path)) continue;
      if (!this.#states.has(path)) this.#states.set(path, this.#firstState(path));
    }
  }

  /** Whether no file has changed since the process was started. */
  async isCurrent(): Promise<boolean> {
    const same = await Promise.all(
      [...this.#states].map(async ([path, before]) => {
        const state = await before;
        return state !== undefined && state === (await stateOf(path))?.text;
      }),
    );
    return same.every(Boolean);
  }

  /** Undefined if the file has changed since the start of the process, which may have loaded the previous content. */
  async #firstState(path: string): Promise<FileState> {
    const state = await stateOf(path);
    return state !== undefined && state.mtimeMs <= this.#start ? state.text : undefined;
  }
}

async function stateOf(path: string): Promise<{ readonly text: string; readonly mtimeMs: number } | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    return { text: `${mtimeMs} ${size} ${ino}`, mtimeMs };
  } catch {
    return undefined;
  }
}
