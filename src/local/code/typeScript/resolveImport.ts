import { realpathSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { packageFields } from '../../runtimes/hooks/packageEntry.ts';
import { exportedPath, subpathImport } from '../../runtimes/hooks/packageExports.ts';
import type { Inputs } from './inputs.ts';
import { TYPESCRIPT_FILE } from './program.ts';
import type { TypeScriptOptions } from './tsconfig.ts';

/** In the order of esbuild and TypeScript. */
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json'];

/** The sources that imports of JavaScript files refer to, as in `import './a.js'`. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};

const CONDITIONS = new Set(['node', 'import', 'module-sync']);

/** The fields of a package.json that can name a source, in order of precedence. */
const ENTRY_FIELDS = ['source', 'module', 'main', 'types', 'typings'];

export function isInstalled(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

/** The file for a path without its extension, of the JavaScript that a source is compiled to, or of a folder. */
function fileFor(path: string, { isFile }: Inputs): string | undefined {
  if (isFile(path)) return path;
  const dot = path.lastIndexOf('.');
  const sources = (SOURCES[path.slice(dot)] ?? []).map((extension) => path.slice(0, dot) + extension);
  const added = EXTENSIONS.map((extension) => path + extension);
  const indexes = EXTENSIONS.map((extension) => join(path, `index${extension}`));
  return [...sources, ...added, ...indexes].find(isFile);
}

/** The paths for an import that matches one of `paths`. The longest prefix takes precedence. */
function mappedPaths(specifier: string, { paths }: TypeScriptOptions): string[] {
  let best: { prefix: string; rest: string; targets: readonly string[] } | undefined;
  for (const [pattern, targets] of Object.entries(paths)) {
    const star = pattern.indexOf('*');
    if (star === -1) {
      if (pattern === specifier) return [...targets];
      continue;
    }
    const [prefix, suffix] = [pattern.slice(0, star), pattern.slice(star + 1)];
    if (!specifier.startsWith(prefix) || !specifier.endsWith(suffix)) continue;
    const rest = specifier.slice(prefix.length, specifier.length - suffix.length);
    if (best === undefined || prefix.length > best.prefix.length) best = { prefix, rest, targets };
  }
  const { targets = [], rest = '' } = best ?? {};
  return targets.map((target) => target.replace('*', () => rest));
}

function nodeFile(specifier: string, from: string): string | undefined {
  try {
    const file = createRequire(from).resolve(specifier);
    return isAbsolute(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

/** The real folder of a package that is linked from the workspace, rather than installed. */
function linkedFolder(name: string, from: string): string | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    try {
      const real = realpathSync(join(folder, 'node_modules', name));
      return isInstalled(real) ? undefined : real;
    } catch {
      if (dirname(folder) === folder) return undefined;
    }
  }
}

/** The source of a package of the workspace that hasn't been built. */
function linkedFile(specifier: string, from: string, inputs: Inputs): string | undefined {
  const parts = specifier.split('/');
  const nameLength = specifier.startsWith('@') ? 2 : 1;
  const root = linkedFolder(parts.slice(0, nameLength).join('/'), from);
  if (root === undefined) return undefined;
  const rest = parts.slice(nameLength).join('/');
  const fields = packageFields(root);
  const exported = exportedPath(fields['exports'], rest === '' ? '.' : `./${rest}`, CONDITIONS);
  const named = rest === '' ? ENTRY_FIELDS.map((field) => fields[field]) : [rest, `src/${rest}`];
  const candidates = [exported, ...named, ...(rest === '' ? ['index', 'src/index'] : [])];
  for (const candidate of candidates) {
    const file = typeof candidate === 'string' ? fileFor(join(root, candidate), inputs) : undefined;
    if (file !== undefined && !file.endsWith('.d.ts')) return file;
  }
  return undefined;
}

/** The folder of the package that a file belongs to, and its package.json. */
function packageScope(
  from: string,
  inputs: Inputs,
): { folder: string; fields: Readonly<Record<string, unknown>> } | undefined {
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    if (inputs.isFile(join(folder, 'package.json'))) return { folder, fields: packageFields(folder) };
    if (dirname(folder) === folder) return undefined;
  }
}

/** The source for a subpath import such as `#lib/a`, whose JavaScript file doesn't exist. */
function subpathFile(specifier: string, from: string, inputs: Inputs): string | undefined {
  const scope = specifier.startsWith('#') ? packageScope(from, inputs) : undefined;
  if (scope === undefined) return undefined;
  const path = subpathImport(scope.fields['imports'], specifier, CONDITIONS);
  return path === undefined ? undefined : fileFor(join(scope.folder, path), inputs);
}

/**
 * The file that an import of a TypeScript file refers to. Undefined for missing files, and for those that Node.js finds
 * without help, such as installed packages. Source: TypeScript handbook, "Modules - Reference".
 */
export function resolveImport(
  specifier: string,
  { from, options, inputs }: { from: string; options: TypeScriptOptions; inputs: Inputs },
): string | undefined {
  const real = (path: string | undefined) => (path === undefined ? undefined : realpathSync(path));
  if (specifier.startsWith('.')) return real(fileFor(resolve(dirname(from), specifier), inputs));
  for (const path of mappedPaths(specifier, options)) {
    const file = fileFor(path, inputs);
    if (file !== undefined && !file.endsWith('.d.ts')) return real(file);
  }
  if (isAbsolute(specifier)) return real(fileFor(specifier, inputs));
  if (isBuiltin(specifier)) return undefined;
  const file = nodeFile(specifier, from);
  if (file !== undefined) return TYPESCRIPT_FILE.test(file) && !isInstalled(file) ? file : undefined;
  const { baseUrl } = options;
  const based = baseUrl === undefined ? undefined : fileFor(join(baseUrl, specifier), inputs);
  return real(based ?? subpathFile(specifier, from, inputs) ?? linkedFile(specifier, from, inputs));
}
