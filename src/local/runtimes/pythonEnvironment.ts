import { access } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { message, type Message } from '../../core/messages/messages.ts';
import { isExecutable, pythonOnPath, versionOfProgram } from './executables.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The usual names of virtual environments, in order of precedence. Poetry, Pipenv, and uv use the first one. */
const NAMES = ['.venv', 'venv', 'env'];

/** The interpreter in a virtual environment. */
const INTERPRETER = process.platform === 'win32' ? join('Scripts', 'python.exe') : join('bin', 'python');

/** The Python of a function. */
export interface PythonProgram {
  /** Undefined if there is no Python 3. */
  readonly program?: string;
  /** Whether the program belongs to a virtual environment of the project. */
  readonly isVirtual: boolean;
  /** Notes about virtual environments that don't work. */
  readonly notes: readonly Message[];
}

/** A folder and its parents up to `root`. Only the folder itself if it isn't in `root`. */
function upTo(folder: string, root: string): string[] {
  const below = relative(root, folder);
  if (below === '') return [folder];
  const isInside = below.split(sep)[0] !== '..' && !below.includes(':');
  return isInside ? [folder, ...upTo(dirname(folder), root)] : [folder];
}

/** The folders that can contain a function's virtual environment: those of its code, then of its template. */
function environmentFolders({ taskRoot, file, folder }: WorkspaceFunction): string[] {
  const ofTemplate = upTo(dirname(file), folder);
  const ofCode = upTo(taskRoot, folder).filter((each) => !ofTemplate.includes(each));
  return [...new Set([...ofCode, ...ofTemplate, folder])];
}

type Environment = { readonly kind: 'works' | 'broken'; readonly path: string };

async function findEnvironment(folder: string): Promise<readonly Environment[]> {
  const environments: Environment[] = [];
  for (const name of NAMES) {
    const path = join(folder, name);
    const exists = await access(join(path, 'pyvenv.cfg')).then(
      () => true,
      () => false,
    );
    if (!exists) continue;
    const interpreter = join(path, INTERPRETER);
    // The interpreter can be missing or broken, for example after an update of Python or in a copied folder.
    if ((await isExecutable(interpreter)) && (await versionOfProgram(interpreter)) !== undefined)
      return [...environments, { kind: 'works', path: interpreter }];
    environments.push({ kind: 'broken', path });
  }
  return environments;
}

/** Concurrent searches of a folder are shared: the Functions view lists all functions at the same time. */
const searches = new Map<string, Promise<readonly Environment[]>>();

function search(folder: string): Promise<readonly Environment[]> {
  const current = searches.get(folder) ?? findEnvironment(folder).finally(() => searches.delete(folder));
  searches.set(folder, current);
  return current;
}

/**
 * Python 3 of the virtual environment that is nearest to a function's code, up to the workspace folder, or else on the
 * PATH. Skips environments that don't work. Never rejects. Source: Python documentation, venv.
 */
export async function findPython(definition: WorkspaceFunction): Promise<PythonProgram> {
  const notes: Message[] = [];
  for (const folder of environmentFolders(definition)) {
    for (const { kind, path } of await search(folder)) {
      if (kind === 'works') return { program: path, isVirtual: true, notes };
      notes.push(message('virtualEnvironmentBroken', path));
    }
  }
  const program = await pythonOnPath();
  return { ...(program !== undefined && { program }), isVirtual: false, notes };
}
