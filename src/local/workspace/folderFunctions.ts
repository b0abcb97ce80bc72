import { join, relative, resolve, sep } from 'node:path';
import { EMPTY_PRESETS_FILE, type PresetsFile } from '../../core/presets/presetsFile.ts';
import type { SamEnvironment } from '../../core/functions/samEnvironment.ts';
import { overrideEnvironment } from './overrideEnvironment.ts';
import { readPresetsFile } from '../../core/presets/readPresetsFile.ts';
import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { runtimeObstacle, type TemplateFunction } from '../../core/functions/template/templateFunction.ts';
import { workspaceLayers, type LayerFolders } from '../layers/workspaceLayers.ts';
import type { TemplateFile } from './readTemplateFile.ts';
import { statRegularFile, readRegularBytes } from './readRegularFile.ts';
import type { SearchedFolder } from './search/templateSearch.ts';
import { createTemplateFiles } from './templateFiles.ts';
import type { ChangeWatcher } from './watching/changeWatcher.ts';
import type { UseCache } from './watching/watchedCache.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';
import type { DefinedFunction } from './workspaceFunctions.ts';
import type { Message } from '../../core/messages/messages.ts';

const PRESETS_LABEL = '.vscode/lambda-invoke.json';
const PRESETS_FILE = join('.vscode', 'lambda-invoke.json');

/** The maximum size of a presets file in bytes. */
const MAX_PRESETS_BYTES = 10_000_000;

/** Returns the same object as long as the file is unchanged. */
function createPresetsReader(folder: string): () => Promise<PresetsFile> {
  const source = { path: join(folder, PRESETS_FILE), label: PRESETS_LABEL, maxBytes: MAX_PRESETS_BYTES };
  let cached: { readonly stamp: string; readonly file: PresetsFile } | undefined;
  return async () => {
    const item = await statRegularFile(source);
    if (item.kind === 'missing') return EMPTY_PRESETS_FILE;
    if (item.kind === 'problem') return { ...EMPTY_PRESETS_FILE, problems: [item.problem] };
    if (cached?.stamp === item.stamp) return cached.file;
    const read = await readRegularBytes(source);
    if (read.kind === 'missing') return EMPTY_PRESETS_FILE;
    if (read.kind === 'problem') return { ...EMPTY_PRESETS_FILE, problems: [read.problem] };
    cached = { stamp: item.stamp, file: readPresetsFile(read.bytes, PRESETS_LABEL) };
    return cached.file;
  };
}

/** The layers of a function. Their paths are relative to `base`. */
function layersOf(
  { layers }: Pick<LocalFunction, 'layers'>,
  base: string,
  rest: { readonly root: string; readonly folders: LayerFolders },
) {
  return layers === undefined ? {} : { layers: workspaceLayers(layers, { base, ...rest }) };
}

function configuredFunctions(
  { localFunctions }: PresetsFile,
  { root: folder, label }: SearchedFolder,
  layerFolders: LayerFolders,
): DefinedFunction[] {
  const definition = { workspaceFolder: label, file: PRESETS_LABEL };
  return Object.entries(localFunctions).map(([plainName, fn]) => {
    const obstacle = runtimeObstacle(fn.runtime);
    return {
      definition: { ...definition, plainName },
      plainName,
      otherNames: [],
      fn,
      taskRoot: join(folder, fn.codeUri),
      ...layersOf(fn, folder, { root: folder, folders: layerFolders }),
      folder,
      file: join(folder, PRESETS_FILE),
      ...(obstacle !== undefined && { obstacle }),
      notes: [],
    };
  });
}

/** The location of a function's definition: its template, or a file that the template includes. */
function definedAt({ line, includedFrom }: TemplateFunction, { path, folder }: TemplateFile) {
  return includedFrom === undefined
    ? { file: path, line }
    : { file: resolve(folder, includedFrom.file), line: includedFrom.line };
}

function templateFunctions(
  file: TemplateFile,
  { root: folder, label }: SearchedFolder,
  layerFolders: LayerFolders,
): DefinedFunction[] {
  const definition = {
    workspaceFolder: label,
    file: relative(folder, file.path).split(sep).join('/'),
  };
  return file.functions.map((item) => ({
    definition: {
      ...definition,
      plainName: item.name,
      logicalId: item.logicalId,
      isSecondary: item.obstacle?.code === 'codeNotHere' || item.notes.some(({ code }) => code === 'notDeployed'),
    },
    plainName: item.name,
    otherNames: item.otherNames,
    fn: item.fn,
    taskRoot: resolve(file.folder, item.fn.codeUri),
    ...(item.builtUri !== undefined && { builtRoot: resolve(file.folder, item.builtUri) }),
    ...(item.build !== undefined && { build: { ...item.build, folder: file.folder } }),
    ...layersOf(item.fn, file.folder, { root: folder, folders: layerFolders }),
    ...(item.packageUris !== undefined && {
      packageFolders: item.packageUris.map((uri) => resolve(file.folder, uri)),
    }),
    folder,
    ...definedAt(item, file),
    ...(item.obstacle !== undefined && { obstacle: item.obstacle }),
    notes: item.notes,
    ...(item.placeholders.length > 0 && { placeholders: item.placeholders }),
    ...(item.events !== undefined && { events: item.events }),
  }));
}

/** Remembers the result for an object. */
function memoized<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const results = new WeakMap<K, V>();
  return (key) => {
    const result = results.get(key) ?? compute(key);
    results.set(key, result);
    return result;
  };
}

/** Returns a function that overrides variables. Its results are the same objects as long as the values are unchanged. */
function createOverriding() {
  let last: { readonly key: string; readonly override: (definition: DefinedFunction) => DefinedFunction } | undefined;
  return (localFunctions: PresetsFile['environments'], files: readonly SamEnvironment[]) => {
    const overrides = { files, localFunctions };
    const key = JSON.stringify(overrides);
    if (last?.key !== key) {
      last = { key, override: memoized((definition: DefinedFunction) => overrideEnvironment(definition, overrides)) };
    }
    return last.override;
  };
}

/** The functions of a workspace folder, without unique names, and the problems with its files. */
export interface FolderListing {
  readonly functions: readonly DefinedFunction[];
  readonly problems: readonly Message[];
  /** The paths of the files that the list depends on, except presets files. Some may not exist. */
  readonly files: readonly string[];
}

/** Returns a function that reads the functions of a workspace folder and watches what it visits. It never rejects. */
export function createFolderReader(
  searched: SearchedFolder,
  watcher: ChangeWatcher,
  layerFolders: LayerFolders,
): (watch: WatchFolder, use: UseCache, environments?: readonly SamEnvironment[]) => Promise<FolderListing> {
  const { root: folder } = searched;
  const readPresets = createPresetsReader(folder);
  const readTemplates = createTemplateFiles(searched, watcher);
  const configured = memoized((file: PresetsFile) => configuredFunctions(file, searched, layerFolders));
  const defined = memoized((file: TemplateFile) => templateFunctions(file, searched, layerFolders));
  const overriding = createOverriding();
  return async (watch, use, environments = []) => {
    await watchPath(join(folder, PRESETS_FILE), folder, watch);
    const [presets, { files, problems }] = await Promise.all([readPresets(), readTemplates(use)]);
    const fileProblems = presets.problems.filter(({ code }) => code !== 'presetInvalid');
    return {
      functions: [...configured(presets), ...files.flatMap(defined)].map(
        overriding(presets.environments, environments),
      ),
      problems: [...fileProblems, ...files.flatMap((file) => file.problems), ...problems],
      files: files.flatMap((file) => file.files),
    };
  };
}
