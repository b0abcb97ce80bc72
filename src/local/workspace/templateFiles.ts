import { dirname, join, relative } from 'node:path';
import { message, type Message } from '../../core/messages/messages.ts';
import { readTemplate } from '../../core/functions/template/readTemplate.ts';
import { isTemplateName } from '../../core/functions/template/templateContent.ts';
import type { TemplateFunctions } from '../../core/functions/template/templateFunction.ts';
import { listFolder } from './listFolder.ts';
import { statRegularFile, readRegularFile } from './readRegularFile.ts';
import { createEntryFilter } from './watching/entryFilter.ts';
import { watchPath } from './watching/watchPath.ts';
import type { WatchFolder } from './watching/watchSet.ts';

/** A parsed template of the workspace. The same object as long as the file is unchanged. */
export interface TemplateFile extends TemplateFunctions {
  /** The file system path. */
  readonly path: string;
  readonly folder: string;
}

/** Search depth below a workspace folder, and the number of entries after which the search goes no deeper. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 3000;
/** The maximum number of directory entries to list. */
const MAX_LISTED = 100_000;
/** The maximum size of a template in bytes. */
const MAX_BYTES = 10_000_000;
/** The maximum number of templates per workspace folder. */
const MAX_TEMPLATES = 500;
/** The timeout for parsing one template in milliseconds, in addition to the parser's own limits. */
const MAX_READ_MS = 20_000;
/** Folders with build output or third-party code. */
const SKIPPED = new Set(['node_modules', 'dist', 'out', 'build', 'target', 'venv', '__pycache__']);

const isSkipped = (name: string) => SKIPPED.has(name) || name.startsWith('.');

async function findTemplates(root: string, watch: WatchFolder): Promise<string[]> {
  const paths: string[] = [];
  let folders = [root];
  let seen = 0;
  for (let depth = 0; depth <= MAX_DEPTH && seen < MAX_ENTRIES; depth++) {
    const subfolders: string[] = [];
    const filters = folders.map((folder) => createEntryFilter(folder, { isFile: isTemplateName, isSkipped }));
    await Promise.all(filters.map(({ folder, isRelevant }) => watch(folder, isRelevant)));
    for (const { folder, setFolders } of filters) {
      const entries = await listFolder(folder, MAX_LISTED - seen);
      seen += entries.length;
      const folderNames: string[] = [];
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (!isSkipped(entry.name)) folderNames.push(entry.name);
        } else if (isTemplateName(entry.name)) {
          paths.push(path);
          if (entry.isSymbolicLink()) await watchPath(path, folder, watch);
        }
      }
      setFolders(folderNames);
      subfolders.push(...folderNames.map((name) => join(folder, name)));
    }
    folders = subfolders;
  }
  return paths;
}

const NONE = { functions: [], nestedStacks: [], neededFiles: [] };

interface CachedTemplate {
  readonly stamp: string;
  readonly file: TemplateFile;
}

/** Reads one template, or returns the cached one if its stamp is unchanged. Undefined if the file doesn't exist. */
async function readFile(
  root: string,
  path: string,
  cached: CachedTemplate | undefined,
): Promise<CachedTemplate | undefined> {
  const source = { path, label: relative(root, path), maxBytes: MAX_BYTES };
  const location = { path, folder: dirname(path) };
  const withProblem = (problem: Message) => ({ stamp: '', file: { ...location, ...NONE, problems: [problem] } });
  const status = await statRegularFile(source);
  if (status.kind === 'missing') return undefined;
  if (status.kind === 'problem') return withProblem(status.problem);
  if (cached?.stamp === status.stamp) return cached;
  const read = await readRegularFile(source);
  if (read.kind === 'missing') return undefined;
  if (read.kind === 'problem') return withProblem(read.problem);
  const now = () => performance.now();
  const deadline = { now, at: now() + MAX_READ_MS };
  const functions = readTemplate({ file: source.label, text: read.text, deadline });
  return { stamp: status.stamp, file: { ...location, ...functions } };
}

/** The templates in and below a folder, and problems that affect the search as a whole. */
export interface TemplateFiles {
  readonly files: readonly TemplateFile[];
  readonly problems: readonly Message[];
}

/**
 * Returns a function that reads the templates in and below a folder (up to 3 levels and 500 templates) and caches
 * unchanged ones. Watches what it visits. Problems of a template are reported with that template. It never rejects.
 */
export function createTemplateReader(root: string): (watch: WatchFolder) => Promise<TemplateFiles> {
  let cached = new Map<string, CachedTemplate>();
  return async (watch) => {
    const paths = await findTemplates(root, watch);
    const read = new Map<string, CachedTemplate>();
    for (const path of paths.slice(0, MAX_TEMPLATES)) {
      const file = await readFile(root, path, cached.get(path));
      if (file !== undefined) read.set(path, file);
    }
    cached = read;
    const isCut = paths.length > MAX_TEMPLATES;
    return {
      files: [...read.values()].map(({ file }) => file),
      problems: isCut ? [message('tooManyTemplates', MAX_TEMPLATES, root)] : [],
    };
  };
}
