import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { isRecord } from '../../core/json/isRecord.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { isPoetryProject, projectListsModule } from '../../core/functions/pythonProject.ts';
import { listsModule } from '../../core/functions/pythonRequirements.ts';
import { needsBuild } from '../layers/layerNotes.ts';
import { readRegularFile } from '../workspace/readRegularFile.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';

/** The maximum size of a file that lists packages, in bytes. */
const MAX_BYTES = 1_000_000;

const IS_WINDOWS = process.platform === 'win32';

/** A file that lists a package, and the command to run in its folder. */
interface Manifest {
  readonly file: string;
  readonly lists: (text: string) => boolean;
  readonly command: (folder: string, root: string, text: string) => string;
}

/** The folders from the code up to the workspace folder. */
function foldersOf({ taskRoot, folder }: Pick<WorkspaceFunction, 'taskRoot' | 'folder'>): string[] {
  const isOutside = relative(folder, taskRoot).split(sep)[0] === '..';
  if (taskRoot === folder || isOutside || dirname(taskRoot) === taskRoot) return [taskRoot];
  return [taskRoot, ...foldersOf({ taskRoot: dirname(taskRoot), folder })];
}

/** The install commands of package managers, by their lock file. */
const LOCK_FILES = [
  ['pnpm-lock.yaml', 'pnpm install'],
  ['yarn.lock', 'yarn install'],
  ['bun.lock', 'bun install'],
  ['bun.lockb', 'bun install'],
  ['package-lock.json', 'npm install'],
] as const;

function nodeCommand(folder: string, root: string): string {
  for (const each of foldersOf({ taskRoot: folder, folder: root })) {
    const lockFile = LOCK_FILES.find(([name]) => existsSync(join(each, name)));
    if (lockFile !== undefined) return lockFile[1];
  }
  return 'npm install';
}

const DEPENDENCIES = ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'];

function listsPackage(text: string, name: string): boolean {
  try {
    const fields: unknown = JSON.parse(text);
    return DEPENDENCIES.some((key) => {
      const dependencies = isRecord(fields) ? fields[key] : undefined;
      return isRecord(dependencies) && Object.hasOwn(dependencies, name);
    });
  } catch {
    return false;
  }
}

function quoted(path: string): string {
  return path.includes(' ') ? `"${path}"` : path;
}

/** Installs into the environment of `python`, or into a new one. */
function pythonCommand(python: string | undefined, packages = '-r requirements.txt'): string {
  const install = `-m pip install ${packages}`;
  if (python !== undefined) return `${quoted(python)} ${install}`;
  return IS_WINDOWS
    ? `python -m venv .venv && .venv\\Scripts\\python ${install}`
    : `python3 -m venv .venv && .venv/bin/python ${install}`;
}

interface PythonProject {
  /** That of pyproject.toml and its parents. The lock file of a workspace is in a parent. */
  readonly folders: readonly string[];
  /** The text of pyproject.toml. */
  readonly text: string;
  readonly python: string | undefined;
}

/** By default, Poetry creates its environments outside the project, where they aren't found. */
function projectCommand({ folders, text, python }: PythonProject): string {
  const has = (name: string) => folders.some((folder) => existsSync(join(folder, name)));
  if (has('uv.lock')) return 'uv sync';
  if (has('pdm.lock')) return 'pdm install';
  if (!isPoetryProject(text) && !has('poetry.lock')) return pythonCommand(python, '.');
  const configure = 'poetry config virtualenvs.in-project true --local && ';
  return `${python === undefined ? configure : ''}poetry install --no-root`;
}

/** Pipenv creates its environments outside the project, too. */
function pipenvCommand(python: string | undefined): string {
  const inProject = IS_WINDOWS ? 'set PIPENV_VENV_IN_PROJECT=1&& ' : 'PIPENV_VENV_IN_PROJECT=1 ';
  return `${python === undefined ? inProject : ''}pipenv install`;
}

function manifestsFor({ runtime }: WorkspaceFunction['fn'], name: string, python: string | undefined): Manifest[] {
  if (!runtime.startsWith('python'))
    return [{ file: 'package.json', lists: (text) => listsPackage(text, name), command: nodeCommand }];
  const lists = (text: string) => projectListsModule(text, name);
  return [
    { file: 'requirements.txt', lists: (text) => listsModule(text, name), command: () => pythonCommand(python) },
    {
      file: 'pyproject.toml',
      lists,
      command: (folder, root, text) =>
        projectCommand({ folders: foldersOf({ taskRoot: folder, folder: root }), text, python }),
    },
    { file: 'Pipfile', lists, command: () => pipenvCommand(python) },
  ];
}

/** The text of a file that lists the package. */
async function listing(path: string, { lists }: Manifest): Promise<string | undefined> {
  const read = await readRegularFile({ path, label: path, maxBytes: MAX_BYTES });
  return read.kind === 'text' && lists(read.text) ? read.text : undefined;
}

/** Advice for a package of a layer that isn't built yet. */
async function layerAdvice(definition: WorkspaceFunction, name: string, manifests: readonly Manifest[]) {
  for (const layer of definition.layers ?? []) {
    const { source } = layer.build ?? {};
    if (source === undefined || !needsBuild(layer)) continue;
    for (const manifest of manifests) {
      const text = await listing(join(source, manifest.file), manifest);
      if (text !== undefined) return message('adviceBuildLayer', name, layer.name);
    }
  }
  return undefined;
}

/**
 * How to install a missing package. Undefined unless a file of the code or of a layer lists it, such as package.json or
 * requirements.txt. `python` is the interpreter in the project's virtual environment, if it has one. Never rejects.
 */
export async function installAdvice(
  definition: WorkspaceFunction,
  name: string,
  python: string | undefined,
): Promise<Message | undefined> {
  const manifests = manifestsFor(definition.fn, name, python);
  for (const folder of foldersOf(definition)) {
    for (const manifest of manifests) {
      const file = join(folder, manifest.file);
      const text = await listing(file, manifest);
      if (text !== undefined)
        return message('adviceInstall', name, file, manifest.command(folder, definition.folder, text));
    }
  }
  return layerAdvice(definition, name, manifests);
}
