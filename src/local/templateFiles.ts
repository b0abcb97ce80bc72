import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { isTemplateName, readTemplate } from '../core/template/readTemplate.ts';
import type { TemplateFunctions } from '../core/template/templateFunction.ts';

/** A template of the workspace, as read. */
export interface TemplateFile extends TemplateFunctions {
  /** Its path on the disk. */
  readonly path: string;
  readonly folder: string;
}

/** Templates are looked for this deep below a workspace folder, and no further than so many entries. */
const MOST_DEPTH = 3;
const MOST_ENTRIES = 3000;
/** A template larger than this is not read. In bytes. */
const MOST_BYTES = 10_000_000;
/** Where the tools put copies, and where others' code lies. */
const SKIPPED = new Set(['node_modules', 'dist', 'out', 'build', 'target', 'venv', '__pycache__']);

async function findTemplates(root: string): Promise<string[]> {
  const found: string[] = [];
  let folders = [root];
  let seen = 0;
  for (let depth = 0; depth <= MOST_DEPTH && seen < MOST_ENTRIES; depth++) {
    const below: string[] = [];
    for (const folder of folders) {
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      seen += entries.length;
      for (const entry of entries) {
        const path = join(folder, entry.name);
        if (!entry.isDirectory()) {
          if (isTemplateName(entry.name)) found.push(path);
        } else if (!SKIPPED.has(entry.name) && !entry.name.startsWith('.')) below.push(path);
      }
    }
    folders = below;
  }
  return found;
}

/** Reads the templates of a folder and below; one is parsed again when its time or size has changed. */
export function createTemplateReader(root: string): () => Promise<TemplateFile[]> {
  const read = new Map<string, { readonly stamp: string; readonly file: TemplateFile }>();
  return async () => {
    const files: TemplateFile[] = [];
    for (const path of await findTemplates(root)) {
      const stats = await stat(path).catch(() => undefined);
      if (stats === undefined || stats.size > MOST_BYTES) continue;
      const stamp = `${stats.mtimeMs} ${stats.size}`;
      const known = read.get(path);
      if (known?.stamp === stamp) {
        files.push(known.file);
        continue;
      }
      const text = await readFile(path, 'utf8').catch(() => '');
      const file = { path, folder: dirname(path), ...readTemplate(relative(root, path), text) };
      read.set(path, { stamp, file });
      files.push(file);
    }
    return files;
  };
}
