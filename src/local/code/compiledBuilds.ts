import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, parse, relative, resolve, sep } from 'node:path';
import { isRecord } from '../../core/json/isRecord.ts';
import { parseJsonc } from '../../core/json/parseJsonc.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import type { Build } from './builds.ts';
import { buildTimes } from './fileTimes.ts';
import { findHandler, isTypeScript, modulePathOf } from './handlerFiles.ts';

/** Common names of output folders. */
const COMMON_NAMES = ['dist', 'build', 'lib', 'out'];

const EXTENSIONS = ['.js', '.mjs', '.cjs'];

/** A JSON file with comments as an object; empty if it can't be read. */
async function readObject(path: string): Promise<Readonly<Record<string, unknown>>> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const value: unknown = parseJsonc(text);
  return isRecord(value) ? value : {};
}

/** The nearest folder with one of these files: `from` or one of its parents up to `root`. */
function nearestFolder(from: string, root: string, names: readonly string[]): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (names.some((name) => existsSync(join(folder, name)))) return folder;
    if (folder === root || folder === dirname(folder)) return undefined;
  }
}

interface Output {
  readonly folder: string;
  /** The folder whose structure the output has, if configured. */
  readonly sourceRoot?: string;
}

const isBelow = (folder: string, path: string) => {
  const below = relative(folder, path);
  return below !== '' && !isAbsolute(below) && below.split(sep)[0] !== '..';
};

/** The output folders of the project that a folder belongs to, by its configuration and by common names. */
async function outputsOf(project: string): Promise<Output[]> {
  const { compilerOptions } = await readObject(join(project, 'tsconfig.json'));
  const { outDir, rootDir } = isRecord(compilerOptions) ? compilerOptions : {};
  const { main } = await readObject(join(project, 'package.json'));
  const named = typeof main === 'string' ? dirname(main) : '.';
  const [mainFolder = ''] = named.split('/').filter((part) => part !== '.');
  const isConfigured = typeof outDir === 'string' && outDir !== '';
  return [
    ...(isConfigured
      ? [
          {
            folder: resolve(project, outDir),
            ...(typeof rootDir === 'string' && { sourceRoot: resolve(project, rootDir) }),
          },
        ]
      : []),
    ...[mainFolder, ...COMMON_NAMES].filter((name) => name !== '').map((name) => ({ folder: join(project, name) })),
  ].filter(({ folder }) => isBelow(project, folder));
}

/** The compiled file of a source file. Undefined if it doesn't exist or belongs to another source. */
function compiledFile(source: string, project: string, { folder, sourceRoot }: Output): string | undefined {
  const { dir, name } = parse(source);
  const parts = [
    ...relative(sourceRoot ?? project, dir)
      .split(sep)
      .filter(Boolean),
    name,
  ];
  // Without rootDir, compilers leave out the folders that all sources have in common.
  const maxDropped = sourceRoot === undefined ? parts.length - 1 : 0;
  for (let dropped = 0; dropped <= maxDropped; dropped++) {
    const rest = parts.slice(dropped);
    const others = parts.slice(0, dropped).map((_, index) => join(project, ...parts.slice(0, index), ...rest));
    if (others.some((other) => existsSync(`${other}.ts`) || existsSync(`${other}.tsx`))) return undefined;
    const file = EXTENSIONS.map((extension) => join(folder, ...rest) + extension).find((each) => existsSync(each));
    if (file !== undefined) return file;
  }
  return undefined;
}

/** The output folders that may contain a handler in TypeScript in its compiled form. */
export async function compiledPaths(definition: WorkspaceFunction): Promise<string[]> {
  const source = findHandler(definition.taskRoot, definition.fn);
  if (!isTypeScript(source) || source === undefined) return [];
  const project = nearestFolder(dirname(source), definition.folder, ['tsconfig.json', 'package.json']);
  if (project === undefined) return [];
  return (await outputsOf(project)).map(({ folder }) => folder);
}

/** The compiled form of a handler in TypeScript, in the output folder of its project. Never rejects. */
export async function compiledBuilds({ fn, taskRoot, folder }: WorkspaceFunction): Promise<Build[]> {
  if (!fn.runtime.startsWith('nodejs')) return [];
  const source = findHandler(taskRoot, fn);
  if (source === undefined || !isTypeScript(source)) return [];
  const project = nearestFolder(dirname(source), folder, ['tsconfig.json', 'package.json']);
  if (project === undefined) return [];
  const exportPath = fn.handler.slice(modulePathOf(fn).length);
  for (const output of await outputsOf(project)) {
    const file = compiledFile(source, project, output);
    if (file === undefined) continue;
    // Run in the code folder, so that relative paths to files next to the source work.
    const root = isBelow(taskRoot, file) ? taskRoot : output.folder;
    const { dir, name } = parse(relative(root, file));
    const handler = `${[...dir.split(sep).filter(Boolean), name].join('/')}${exportPath}`;
    const path = output.folder;
    return [{ path, kind: 'folder', taskRoot: root, handler, watched: [path], times: () => buildTimes(path) }];
  }
  return [];
}
