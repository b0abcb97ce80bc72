import { isRecord } from '../../../core/json/isRecord.ts';

/** The targets of a key with `*`, or of the exact key. The longest prefix takes precedence. */
function matchOf(exports: Readonly<Record<string, unknown>>, subpath: string): { target: unknown; rest: string } {
  if (subpath in exports && !subpath.includes('*')) return { target: exports[subpath], rest: '' };
  let best: { key: string; prefix: string; rest: string } | undefined;
  for (const key of Object.keys(exports)) {
    const star = key.indexOf('*');
    if (star === -1) continue;
    const [prefix, suffix] = [key.slice(0, star), key.slice(star + 1)];
    if (!subpath.startsWith(prefix) || !subpath.endsWith(suffix) || subpath.length < key.length) continue;
    const rest = subpath.slice(prefix.length, subpath.length - suffix.length);
    if (best === undefined || prefix.length > best.prefix.length) best = { key, prefix, rest };
  }
  return best === undefined ? { target: undefined, rest: '' } : { target: exports[best.key], rest: best.rest };
}

/** The first path for these conditions. Null excludes a path; undefined means that there is none. */
function pathOf(target: unknown, conditions: ReadonlySet<string>): string | null | undefined {
  if (target === null || typeof target === 'string') return target;
  if (Array.isArray(target)) {
    const paths = target.map((each: unknown) => pathOf(each, conditions));
    return paths.find((path) => typeof path === 'string') ?? paths[0];
  }
  if (!isRecord(target)) return undefined;
  for (const [condition, value] of Object.entries(target)) {
    if (condition !== 'default' && !conditions.has(condition)) continue;
    const path = pathOf(value, conditions);
    if (path !== undefined) return path;
  }
  return undefined;
}

function mappedPath(
  map: Readonly<Record<string, unknown>>,
  name: string,
  conditions: ReadonlySet<string>,
): string | undefined {
  const { target, rest } = matchOf(map, name);
  const path = pathOf(target, conditions);
  return typeof path === 'string' && path.startsWith('./') ? path.replaceAll('*', () => rest) : undefined;
}

/**
 * The path that the `exports` of a package.json have for a subpath such as `.` or `./lib/a`, or undefined. Source: Node.js
 * documentation, "Modules: Packages".
 */
export function exportedPath(exports: unknown, subpath: string, conditions: ReadonlySet<string>): string | undefined {
  const isMap = isRecord(exports) && Object.keys(exports).some((key) => key.startsWith('.'));
  return mappedPath(isMap ? exports : { '.': exports }, subpath, conditions);
}

/**
 * The path that the `imports` of a package.json have for a specifier such as `#lib/a`. Undefined if there is none, or if
 * it's another package. Source: Node.js documentation, "Subpath imports".
 */
export function subpathImport(
  imports: unknown,
  specifier: string,
  conditions: ReadonlySet<string>,
): string | undefined {
  return isRecord(imports) ? mappedPath(imports, specifier, conditions) : undefined;
}
