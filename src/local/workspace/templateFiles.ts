import { dirname, join, relative } from 'node:path';
import { message, type Message } from '../../core/messages/messages.ts';
import { isTemplateName, readTemplate } from '../../core/functions/template/readTemplate.ts';
import type { TemplateFunctions } from '../../core/functions/template/templateFunction.ts';
import { listFolder } from './listFolder.ts';
import { statRegularFile, readRegularFile } from './readRegularFile.ts';

/** A template of the workspace, as read. */
interface TemplateFile extends TemplateFunctions {
  /** Its path on the disk. */
  readonly path: string;
  readonly folder: string;
}

/** Templates are looked for this deep below a workspace folder, and no deeper once so many entries were seen. */
const MAX_DEPTH = 3;
const MAX_ENTRIES = 3000;
/** Folders are listed up to so many entries in all. */
const MAX_LISTED = 100_000;
/** A template larger than this is not read. In bytes. */
const MAX_BYTES = 10_000_000;
/** More templates than this in one workspace folder aren't read. */
const MAX_TEMPLATES = 500;
/** Reading one template ends here, whatever its counters say. In milliseconds. */
const MAX_READ_MS = 20_000;
/** Where the tools put copies, and where others' code lies. */
const SKIPPED = new Set(['node_modules', 'dist', 'out', 'build', 'target', 'venv', '__pycache__']);

async function findTemplates(root: string): Promise<string[]> {
  const found: string[] = [];
  let folders = [root];
  let seen = 0;
  for (let depth = 0; depth <= MAX_DEPTH && seen < MAX_ENTRIES; depth++) {
    const subfolders: string[] = [];
    for (const folder of folders) {
      const entries = await listFolder(folder, MAX_LISTED - seen);
      seen += entries.length;
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (!entry.isDirectory()) {
          if (isTemplateName(entry.name)) found.push(path);
        } else if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) subfolders.push(path);
      }
    }
    folders = subfolders;
  }
  return found;
}

interface CachedTemplate {
  readonly stamp: string;
  readonly file: TemplateFile;
}

/** Reads one template, unless it is known under the same stamp; undefined where it is gone. */
async function readFile(
  root: string,
  path: string,
  cached: CachedTemplate | undefined,
): Promise<CachedTemplate | undefined> {
  const source = { path, label: relative(root, path), maxBytes: MAX_BYTES };
  const location = { path, folder: dirname(path) };
  const withProblem = (problem: Message) => ({ stamp: '', file: { ...location, functions: [], problems: [problem] } });
  const found = await statRegularFile(source);
  if (found.kind === 'missing') return undefined;
  if (found.kind === 'problem') return withProblem(found.problem);
  if (cached?.stamp === found.stamp) return cached;
  const read = await readRegularFile(source);
  if (read.kind === 'missing') return undefined;
  if (read.kind === 'problem') return withProblem(read.problem);
  const now = () => performance.now();
  const functions = readTemplate(source.label, read.text, { now, at: now() + MAX_READ_MS });
  return { stamp: found.stamp, file: { ...location, ...functions } };
}

/** The templates of a folder and below, and what keeps some from being read. */
export interface TemplateFiles {
  readonly files: readonly TemplateFile[];
  readonly problems: readonly Message[];
}

/**
 * Reads the templates of a folder and below; one is parsed again when it has changed. What is wrong with one is its own
 * problem. Never rejects.
 */
export function createTemplateReader(root: string): () => Promise<TemplateFiles> {
  let cached = new Map<string, CachedTemplate>();
  return async () => {
    const paths = await findTemplates(root);
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
