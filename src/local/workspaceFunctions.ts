import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalFunction } from '../core/localFunctions.ts';
import { toSentence } from '../core/messages.ts';
import { EMPTY_PRESETS_FILE, parsePresetsFile, type PresetsFile } from '../core/presets/presetsFile.ts';

/** A function and the workspace folder its handler lies in. */
export interface WorkspaceFunction {
  readonly fn: LocalFunction;
  readonly folder: string;
}

/** The functions could not be read: the message names the file, line and column. */
class FunctionsUnreadable extends Error {}

const PRESETS_FILE = join('.vscode', 'lambda-invoke.json');

/** Reads `localFunctions` of the workspace's folders; a file is read again when its time or size has changed. */
export function createWorkspaceFunctions(folders: readonly string[]) {
  const read = new Map<string, { stamp: string; file: PresetsFile }>();

  async function presetsFile(folder: string): Promise<PresetsFile> {
    const path = join(folder, PRESETS_FILE);
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined) return EMPTY_PRESETS_FILE;
    const stamp = `${stats.mtimeMs} ${stats.size}`;
    const known = read.get(folder);
    if (known?.stamp === stamp) return known.file;
    const file = parsePresetsFile(await readFile(path, 'utf8'), PRESETS_FILE);
    read.set(folder, { stamp, file });
    return file;
  }

  /** The function of a name, in the first folder that has one. Rejects with FunctionsUnreadable for a broken file. */
  return async function find(name: string): Promise<WorkspaceFunction | undefined> {
    let broken: FunctionsUnreadable | undefined;
    for (const folder of folders) {
      const { localFunctions, problems } = await presetsFile(folder);
      const fn = Object.hasOwn(localFunctions, name) ? localFunctions[name] : undefined;
      if (fn !== undefined) return { fn, folder };
      const [problem] = problems;
      if (problem !== undefined && problem.code !== 'presetInvalid')
        broken ??= new FunctionsUnreadable(toSentence(problem));
    }
    if (broken !== undefined) throw broken;
    return undefined;
  };
}
