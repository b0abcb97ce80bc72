import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isRecord } from '../../core/json/isRecord.ts';
import { inputStates, isUnchanged, type InputState } from './inputStates.ts';
import { cacheFolder } from './cacheFolder.ts';
import { findEsbuild, runEsbuild } from './runEsbuild.ts';
import { createSharedRuns } from './sharedRuns.ts';

/** The number of builds to keep for a function. Its running processes may still load files of the previous ones. */
const KEPT_BUILDS = 3;

/** File systems round times: a change up to this long before a build, in milliseconds, might be a change after it. */
const CLOCK_MARGIN_MS = 20;

export interface EsbuildRequest {
  /** The folder that esbuild runs in. */
  readonly folder: string;
  /** The workspace folder. The configuration files up to this folder are watched. */
  readonly root: string;
  /** Relative to `folder`. */
  readonly entryPoints: readonly string[];
  /** See `esbuildArguments`. The output folder is added. */
  readonly args: readonly string[];
  /** Folders with packages in addition to the `node_modules` of the parent folders, as NODE_PATH. */
  readonly nodePath?: string;
}

export interface Built {
  readonly kind: 'built';
  /** The output folder. Its files never change. */
  readonly folder: string;
  /** The paths of the files that the output was built from. */
  readonly inputs: readonly string[];
}

/** A build, why it failed, or that there is no esbuild. */
export type EsbuildResult =
  Built | { readonly kind: 'failed'; readonly message: string } | { readonly kind: 'missing' };

/** The cached description of the last build of a request. */
interface BuildRecord {
  readonly folder: string;
  readonly inputs: readonly string[];
  readonly states: readonly InputState[];
}

async function readRecord(path: string): Promise<BuildRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as BuildRecord; // only this user can write it
  } catch {
    return undefined;
  }
}

/** The input files in esbuild's metafile, whose paths are relative to the folder it ran in. */
async function readInputs(metafile: string, folder: string): Promise<string[]> {
  const content: unknown = JSON.parse(await readFile(metafile, 'utf8'));
  const inputs = isRecord(content) && isRecord(content['inputs']) ? content['inputs'] : {};
  return Object.keys(inputs).map((path) => resolve(folder, path));
}

/** Whether the cached build is that of the current files. Marks it as used. */
async function isCurrent({ folder, states }: BuildRecord, recordFile: string): Promise<boolean> {
  if (!(await isUnchanged(states))) return false;
  const now = new Date();
  return Promise.all([utimes(folder, now, now), utimes(recordFile, now, now)]).then(
    () => true,
    () => false, // removed
  );
}

async function removePrevious(cache: string, key: string): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.startsWith(`${key}-`)).toSorted();
  for (const name of names.slice(0, -KEPT_BUILDS)) await rm(join(cache, name), { recursive: true, force: true });
}

async function build(program: string, request: EsbuildRequest, key: string): Promise<EsbuildResult> {
  const cache = await cacheFolder('esbuild');
  const recordFile = join(cache, `${key}.json`);
  const cached = await readRecord(recordFile);
  if (cached !== undefined && (await isCurrent(cached, recordFile)))
    return { kind: 'built', folder: cached.folder, inputs: cached.inputs };
  const startedAt = Date.now();
  const folder = join(cache, `${key}-${startedAt}-${randomUUID().slice(0, 8)}`); // sorted by time
  const metafile = `${folder}.meta.json`;
  const output = [`--outdir=${folder}`, `--metafile=${metafile}`, '--log-level=error', '--color=false'];
  const args = [...request.entryPoints, ...request.args, ...output];
  const message = await runEsbuild({ ...request, program, args });
  if (message !== undefined) {
    await rm(folder, { recursive: true, force: true });
    return { kind: 'failed', message };
  }
  const inputs = await readInputs(metafile, request.folder);
  await rm(metafile, { force: true });
  const states = await inputStates(inputs, request.root);
  // Something that changed during the build may be missing from it: the next cold start builds again.
  if (states.every(([, mtimeMs]) => mtimeMs < startedAt - CLOCK_MARGIN_MS)) {
    const record: BuildRecord = { folder, inputs, states };
    await writeFile(`${folder}.json`, JSON.stringify(record), { mode: 0o600 });
    await rename(`${folder}.json`, recordFile);
  }
  await removePrevious(cache, key).catch(() => undefined);
  return { kind: 'built', folder, inputs };
}

const share = createSharedRuns<EsbuildResult>();

/**
 * Bundles entry points with the project's esbuild, or the one on the PATH, into a folder of this user's cache. Reuses the
 * last build while its input files are unchanged. Simultaneous calls share a build. Rejects if the cache can't be written.
 */
export async function buildWithEsbuild(request: EsbuildRequest): Promise<EsbuildResult> {
  const program = await findEsbuild(request.folder);
  if (program === undefined) return { kind: 'missing' };
  const { folder, entryPoints, args, nodePath } = request;
  const text = JSON.stringify([program, folder, entryPoints, args, nodePath]);
  const key = createHash('sha256').update(text).digest('hex').slice(0, 32);
  return share(key, () => build(program, request, key));
}
