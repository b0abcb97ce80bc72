import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../../core/json/isRecord.ts';
import { exportedPath } from './packageExports.ts';

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The fields of the folder's package.json; empty if it can't be read. */
export function packageFields(folder: string): Readonly<Record<string, unknown>> {
  try {
    const fields: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return isRecord(fields) ? fields : {};
  } catch {
    return {};
  }
}

/** Whether a specifier names a package, rather than a path, a URL, or an internal import. */
export function isBareSpecifier(specifier: string): boolean {
  return !/^[./#\\]/.test(specifier) && !specifier.includes(':');
}

/** `name` or `@scope/name`, and the rest such as `/lib/a`. */
function splitSpecifier(specifier: string): readonly [string, string] {
  const start = specifier.startsWith('@') ? specifier.indexOf('/') + 1 : 0;
  const end = specifier.indexOf('/', start);
  return end === -1 ? [specifier, ''] : [specifier.slice(0, end), specifier.slice(end)];
}

/** The files that a package without `exports` may start with. Source: Node.js documentation, "Modules: Packages". */
function mainFiles(main: unknown): string[] {
  const named =
    typeof main === 'string' ? ['', '.js', '.json', '/index.js', '/index.json'].map((end) => main + end) : [];
  return [...named, 'index.js', 'index.json'];
}

/** The file of a package, or of a module in it, in a folder such as `node_modules`. Undefined if it doesn't exist. */
export function packageEntry(folder: string, specifier: string, conditions: ReadonlySet<string>): string | undefined {
  const [name, rest] = splitSpecifier(specifier);
  const root = join(folder, name);
  const { exports, main } = packageFields(root);
  if (exports !== undefined && exports !== null) {
    const path = exportedPath(exports, `.${rest}`, conditions);
    return path === undefined ? undefined : join(root, path);
  }
  const files = rest === '' ? mainFiles(main) : [rest];
  return files.map((file) => join(root, file)).find(isFile);
}
