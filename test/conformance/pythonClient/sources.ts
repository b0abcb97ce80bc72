import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../host/command.ts';
import { CACHE } from '../peers.ts';

/** A package whose source is public, at a tag. */
interface Source {
  readonly repository: string;
  readonly tag: string;
  /** The folder to import from. */
  readonly module: string;
  /** The environment variable that names a clone to use instead of the public repository. */
  readonly variable: string;
}

/** AWS's runtime interface client for Python, and the only package that it needs without SnapStart. */
const SOURCES: readonly Source[] = [
  {
    repository: 'https://github.com/aws/aws-lambda-python-runtime-interface-client',
    tag: '4.0.1',
    module: 'awslambdaric',
    variable: 'PYTHON_CLIENT_CLONE',
  },
  {
    repository: 'https://github.com/simplejson/simplejson',
    tag: 'v3.20.1',
    module: 'simplejson',
    variable: 'SIMPLEJSON_CLONE',
  },
];

const FOLDER = join(CACHE, 'python-client');

/** Fetches one package's source into the cache. Rejects if its repository can't be reached. */
async function fetchSource({ repository, tag, module, variable }: Source): Promise<string> {
  const folder = join(FOLDER, `${module}-${tag}`);
  const clone = join(FOLDER, `${module}.git`);
  for (const each of [folder, clone]) await rm(each, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const local = process.env[variable];
  if (local === undefined)
    await mustRun('git', ['clone', '--quiet', '--bare', '--depth', '1', '--branch', tag, repository, clone]);
  const archive = join(folder, 'source.tar');
  await mustRun('git', ['-C', local ?? clone, 'archive', '--output', archive, tag, module]);
  await mustRun('tar', ['-xf', archive, '-C', folder]);
  return folder;
}

/** The name and version of the client. */
export const CLIENT = `awslambdaric ${SOURCES[0]?.tag}`;

/** Fetches the client's source. Resolves with the folders to import from. Nothing of it is committed or packaged. */
export async function fetchSources(): Promise<readonly string[]> {
  const folders: string[] = [];
  for (const source of SOURCES) folders.push(await fetchSource(source));
  return folders;
}
