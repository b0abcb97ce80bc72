import type { Dirent } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { listFolder } from '../workspace/listFolder.ts';

/** The modification times of the oldest and the newest of some files, in milliseconds. */
export interface FileTimes {
  readonly oldest: number;
  readonly newest: number;
}

/** The maximum number of directory entries to check, as for the state of the code. */
const MAX_ENTRIES = 20_000;

/** In a fresh clone, all files are written within this time, in milliseconds, in any order. */
const CLONE_MS = 5000;

/** Files that are compiled or packaged, without templates and documentation. */
const SOURCE = /\.([cm]?[jt]sx?|json|py|go|rs|graphql|gql|sql|html?|hbs|ejs|mustache|toml|mod)$|^Makefile$/;
const TEST = /[._-](test|spec)s?\.[^.]+$|^test_.*\.py$/;
/** Folders without the source of a function: packages, the output of tools, and tests. */
const SKIPPED =
  /^(\..*|node_modules|__pycache__|venv|env|cdk\.out|target|coverage|tests?|__tests__|__mocks__|e2e|spec|events)$/;

const isSource = (name: string) => SOURCE.test(name) && !TEST.test(name);

const NO_TIMES: FileTimes = { oldest: Infinity, newest: -Infinity };

function mergeTimes(all: readonly FileTimes[]): FileTimes {
  return {
    oldest: Math.min(...all.map(({ oldest }) => oldest)),
    newest: Math.max(...all.map(({ newest }) => newest)),
  };
}

/** The times of some files. Missing ones are skipped. Never rejects. */
export async function timesOf(files: readonly string[]): Promise<FileTimes> {
  const all = await Promise.all(files.map((file) => stat(file).catch(() => undefined)));
  const times = all.flatMap((stats) => (stats === undefined ? [] : [stats.mtimeMs]));
  return mergeTimes([NO_TIMES, ...times.map((time) => ({ oldest: time, newest: time }))]);
}

async function timesBelow(
  root: string,
  isFile: (name: string) => boolean,
  isFolder: (entry: Dirent, path: string) => boolean,
): Promise<FileTimes> {
  const folders = [root];
  let times = NO_TIMES;
  let seen = 0;
  for (let folder = folders.shift(); folder !== undefined && seen < MAX_ENTRIES; folder = folders.shift()) {
    const current = folder;
    const entries = await listFolder(current, MAX_ENTRIES - seen);
    seen += entries.length;
    const files = entries.filter((entry) => !entry.isDirectory() && isFile(entry.name));
    times = mergeTimes([times, await timesOf(files.map(({ name }) => join(current, name)))]);
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.isDirectory() && isFolder(entry, path)) folders.push(path);
    }
  }
  return times;
}

/** The times of the source files below a code folder, without those in the `excluded` folders. Never rejects. */
export function sourceTimes(root: string, excluded: readonly string[]): Promise<FileTimes> {
  return timesBelow(root, isSource, ({ name }, path) => !SKIPPED.test(name) && !excluded.includes(path));
}

/** The times of all files of a build, without its packages. Never rejects. */
export function buildTimes(root: string): Promise<FileTimes> {
  return timesBelow(
    root,
    () => true,
    ({ name }) => name !== 'node_modules',
  );
}

/** Whether a build is older than its source. False if the times of the files are those of a fresh clone. */
export function isOlder(build: FileTimes, source: FileTimes): boolean {
  if (source.newest <= build.newest) return false;
  return Math.max(build.newest, source.newest) - Math.min(build.oldest, source.oldest) > CLONE_MS;
}
