import { dirname, join, resolve } from 'node:path';
import { readTemplate } from '../../core/functions/template/readTemplate.ts';
import type { TemplateFunctions } from '../../core/functions/template/templateFunction.ts';
import { readRegularFile, statRegularFile } from '../workspace/readRegularFile.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import type { Build } from './builds.ts';
import { timesOf } from './fileTimes.ts';
import { findHandler, isTypeScript } from './handlerFiles.ts';

/** The limits for templates that `sam build` has written: their size in bytes, and their number in a build. */
const MAX_BYTES = 10_000_000;
const MAX_TEMPLATES = 50;

/** The number of parsed templates to keep in memory. */
const MAX_CACHED = 20;

const parsed = new Map<string, { readonly stamp: string; readonly template: TemplateFunctions }>();

/** A template that `sam build` has written. Undefined if it can't be read. Never rejects. */
async function readBuilt(path: string): Promise<TemplateFunctions | undefined> {
  const source = { path, label: path, maxBytes: MAX_BYTES };
  const status = await statRegularFile(source);
  if (status.kind !== 'regular') return undefined;
  const cached = parsed.get(path);
  if (cached?.stamp === status.stamp) return cached.template;
  const read = await readRegularFile(source);
  if (read.kind !== 'text') return undefined;
  const template = readTemplate({ file: path, text: read.text });
  if (parsed.size >= MAX_CACHED) parsed.clear();
  parsed.set(path, { stamp: status.stamp, template });
  return template;
}

interface BuiltFunction {
  readonly folder: string;
  readonly handler: string;
}

/** The functions with a logical ID in a built template, and in those of its nested stacks. */
async function functionsIn(path: string, logicalId: string, rest = { templates: MAX_TEMPLATES }) {
  const template = rest.templates-- > 0 ? await readBuilt(path) : undefined;
  const own: BuiltFunction[] = [];
  const nested: BuiltFunction[] = [];
  if (template === undefined) return { own, nested };
  for (const { logicalId: id, fn } of template.functions)
    if (id === logicalId) own.push({ folder: resolve(dirname(path), fn.codeUri), handler: fn.handler });
  for (const stack of template.nestedStacks) {
    const below = await functionsIn(resolve(dirname(path), stack.path), logicalId, rest);
    nested.push(...below.own, ...below.nested);
  }
  return { own, nested };
}

/** The folders that may contain `.aws-sam`: that of the template, and its parents in the workspace folder. */
function projectFolders({ folder, build }: WorkspaceFunction): string[] {
  const folders: string[] = [];
  for (let current = build?.folder ?? folder; ; current = dirname(current)) {
    folders.push(current);
    if (current === folder || current === dirname(current)) return folders;
  }
}

/** The templates that `sam build` may have written for a function. */
export function samTemplates(definition: WorkspaceFunction): string[] {
  if (definition.build?.tool !== 'sam') return [];
  return projectFolders(definition).map((folder) => join(folder, '.aws-sam', 'build', 'template.yaml'));
}

/**
 * The output of `sam build` for a function. Functions with the same code share a folder, and esbuild changes the handler:
 * both are in the built template. Source: aws-sam-cli, build_context.py and bundler.py. Never rejects.
 */
export async function builtBySam(definition: WorkspaceFunction): Promise<Build[]> {
  const { fn, build, builtRoot } = definition;
  if (build?.tool !== 'sam') return [];
  const hasHandler = ({ folder, handler }: BuiltFunction) => {
    const file = findHandler(folder, { ...fn, handler });
    return file !== undefined && !isTypeScript(file);
  };
  const toBuild = ({ folder, handler }: BuiltFunction, template: string): Build => {
    const file = findHandler(folder, { ...fn, handler });
    // Copied files have the times of their sources.
    const watched = [template, ...(file === undefined ? [] : [file])];
    return { path: folder, kind: 'folder', handler, watched, times: () => timesOf(watched) };
  };
  for (const template of samTemplates(definition)) {
    const { own, nested } = await functionsIn(template, build.logicalId);
    const isRoot = dirname(dirname(dirname(template))) === build.folder;
    const candidates = [...(isRoot ? own : []), ...nested].filter(hasHandler);
    const [first] = candidates;
    // Several nested stacks can have functions of the same name.
    if (first !== undefined && (isRoot || new Set(candidates.map(({ folder }) => folder)).size === 1))
      return [toBuild(first, template)];
  }
  const plain = builtRoot === undefined ? undefined : { folder: builtRoot, handler: fn.handler };
  return plain !== undefined && hasHandler(plain) ? [toBuild(plain, builtRoot ?? '')] : [];
}
