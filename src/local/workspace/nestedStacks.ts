import { relative, resolve } from 'node:path';
import { PlaceholderParameter } from '../../core/functions/template/placeholderParameter.ts';
import { message, type Message } from '../../core/messages/messages.ts';
import { containedPath } from './containedPath.ts';
import type { TemplateFile } from './readTemplateFile.ts';

/** Reads a template with the parameters of the stack that includes it. Undefined if there is no such file. */
type ReadNested = (
  path: string,
  parameters: Readonly<Record<string, unknown>>,
) => TemplateFile | undefined | Promise<TemplateFile | undefined>;

/** The maximum number of templates of nested stacks. Limits the work for a long chain of them. */
const MAX_NESTED = 2000;

/** The parameters with the layers of the including template, whose paths are relative to its folder. */
function withLayersOf(
  folder: string,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(folder, path));
  const entries = Object.entries(parameters).map(([name, value]) => {
    if (!(value instanceof PlaceholderParameter) || value.layer === undefined) return [name, value] as const;
    const [contentUri, builtUri] = [absolute(value.layer.contentUri), absolute(value.layer.builtUri)];
    const layer = { ...value.layer, ...(contentUri && { contentUri }), ...(builtUri && { builtUri }) };
    return [name, new PlaceholderParameter(value.placeholder, layer)] as const;
  });
  return Object.fromEntries(entries);
}

interface Nested {
  readonly files: readonly TemplateFile[];
  /** Templates of nested stacks that can't be read. */
  readonly problems: readonly Message[];
}

/**
 * Adds the templates of nested stacks. Each template is listed once, with the parameters of the first stack that includes
 * it, even if templates include each other.
 */
export async function withNestedStacks(
  root: string,
  files: readonly TemplateFile[],
  read: ReadNested,
): Promise<Nested> {
  if (files.every(({ nestedStacks }) => nestedStacks.length === 0)) return { files, problems: [] };
  const problems: Message[] = [];
  const nested = new Map<string, TemplateFile>();
  const visited = new Set<string>();

  async function visit(file: TemplateFile): Promise<void> {
    for (const { logicalId, path: name, parameters } of file.nestedStacks) {
      const label = relative(root, file.path);
      const path = await containedPath(root, file.folder, name);
      if (path === undefined) {
        problems.push(message('nestedStackOutside', label, name, logicalId));
        continue;
      }
      if (visited.has(path) || nested.size >= MAX_NESTED) continue;
      visited.add(path);
      const child = await read(path, withLayersOf(file.folder, parameters));
      if (child === undefined) {
        problems.push(message('nestedStackMissing', label, name, logicalId));
        continue;
      }
      nested.set(path, child);
      await visit(child);
    }
  }

  const included = await includedPaths(root, files);
  for (const file of files) if (!included.has(file.path)) await visitRoot(file);
  // Templates that only include each other have no root.
  for (const file of files) if (!visited.has(file.path)) await visitRoot(file);

  async function visitRoot(file: TemplateFile): Promise<void> {
    visited.add(file.path);
    await visit(file);
  }

  const own = new Set(files.map(({ path }) => path));
  const added = [...nested].flatMap(([path, file]) => (own.has(path) ? [] : [file]));
  return { files: [...files.map((file) => nested.get(file.path) ?? file), ...added], problems };
}

/** The templates that other templates include. */
async function includedPaths(root: string, files: readonly TemplateFile[]): Promise<ReadonlySet<string>> {
  const names = files.flatMap(({ folder, nestedStacks }) => nestedStacks.map(({ path }) => ({ folder, path })));
  const paths = await Promise.all(names.map(({ folder, path }) => containedPath(root, folder, path)));
  return new Set(paths.filter((path) => path !== undefined));
}
