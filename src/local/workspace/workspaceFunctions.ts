import { join } from 'node:path';
import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { toSentence, type Message } from '../../core/messages/messages.ts';
import { EMPTY_PRESETS_FILE, type PresetsFile } from '../../core/presets/presetsFile.ts';
import { readPresetsFile } from '../../core/presets/readPresetsFile.ts';
import { runtimeObstacle } from '../../core/functions/template/templateFunction.ts';
import { createTimedCache } from './timedCache.ts';
import { createTemplateReader } from './templateFiles.ts';
import { statRegularFile, readRegularBytes } from './readRegularFile.ts';

/** A function of the workspace and the location of its code. */
export interface WorkspaceFunction {
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly fn: LocalFunction;
  /** The code folder (LAMBDA_TASK_ROOT), and the output folder of `sam build`. */
  readonly taskRoot: string;
  readonly builtRoot?: string;
  /** The workspace folder, which is searched for a virtual environment. */
  readonly folder: string;
  /** The file that defines the function, and the 1-based line if known. */
  readonly file: string;
  readonly line?: number;
  /** Why the function can't run locally, and how it differs from Lambda. */
  readonly obstacle?: Message;
  readonly notes: readonly Message[];
}

/** The functions of the workspace, and the problems with the files that define them. */
export interface WorkspaceListing {
  readonly functions: readonly WorkspaceFunction[];
  readonly problems: readonly Message[];
}

/** A file that defines functions is invalid; the message has its name, line and column. */
class FunctionsUnreadable extends Error {}

const PRESETS_LABEL = '.vscode/lambda-invoke.json';
const PRESETS_FILE = join('.vscode', 'lambda-invoke.json');

/** The maximum size of a presets file in bytes. */
const MAX_PRESETS_BYTES = 10_000_000;

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

function createFolderReader(folder: string): () => Promise<WorkspaceListing> {
  const presets = createPresetsReader(folder);
  const templates = createTemplateReader(folder);
  return async () => {
    const [{ localFunctions, problems }, { files, problems: templateProblems }] = await Promise.all([
      presets(),
      templates(),
    ]);
    const configured = Object.entries(localFunctions).map(([name, fn]): WorkspaceFunction => {
      const obstacle = runtimeObstacle(fn.runtime);
      return {
        name,
        otherNames: [],
        fn,
        taskRoot: join(folder, fn.codeUri),
        folder,
        file: join(folder, PRESETS_FILE),
        ...(obstacle !== undefined && { obstacle }),
        notes: [],
      };
    });
    const fromTemplates = files.flatMap((file) =>
      file.functions.map((item): WorkspaceFunction => ({
        name: item.name,
        otherNames: item.otherNames,
        fn: item.fn,
        taskRoot: join(file.folder, item.fn.codeUri),
        ...(item.builtUri !== undefined && { builtRoot: join(file.folder, item.builtUri) }),
        folder,
        file: file.path,
        line: item.line,
        ...(item.obstacle !== undefined && { obstacle: item.obstacle }),
        notes: item.notes,
      })),
    );
    const fileProblems = problems.filter(({ code }) => code !== 'presetInvalid');
    const unreadableTemplates = files.flatMap((file) => file.problems);
    return {
      functions: [...configured, ...fromTemplates],
      problems: [...fileProblems, ...unreadableTemplates, ...templateProblems],
    };
  };
}

function findIn({ functions }: WorkspaceListing, name: string): WorkspaceFunction | undefined {
  const hasName = ({ otherNames }: WorkspaceFunction) => otherNames.includes(name);
  return functions.find((each) => each.name === name) ?? functions.find(hasName);
}

export type WorkspaceFunctions = ReturnType<typeof createWorkspaceFunctions>;

/**
 * The functions of the workspace folders: `localFunctions` of the presets file first, then those of the templates in
 * and below each folder. Cached for 320 ms.
 */
export function createWorkspaceFunctions(folders: readonly string[]) {
  const readers = folders.map(createFolderReader);
  const { get: list, refresh } = createTimedCache(async (): Promise<WorkspaceListing> => {
    const all = await Promise.all(readers.map((read) => read()));
    return { functions: all.flatMap(({ functions }) => functions), problems: all.flatMap(({ problems }) => problems) };
  });
  return {
    list,
    /**
     * Finds a function by its name or one of its other names. Undefined if there is none; rejects with Error if it may
     * be defined in an invalid file.
     */
    async find(name: string): Promise<WorkspaceFunction | undefined> {
      const cached = findIn(await list(), name);
      if (cached !== undefined) return cached;
      const listing = await refresh(); // it may have just been added
      const item = findIn(listing, name);
      const [problem] = listing.problems;
      if (item === undefined && problem !== undefined) throw new FunctionsUnreadable(toSentence(problem));
      return item;
    },
  };
}
