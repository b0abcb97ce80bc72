import type { LocalFunctionView } from '../functions/localFunctionView.ts';

type Source = Pick<LocalFunctionView, 'name' | 'source'>;

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** The files that a handler can load as code: those of its language. A handler without an extension can load any. */
const SCRIPTS: ReadonlySet<string> = new Set(['js', 'cjs', 'mjs', 'jsx', 'ts', 'cts', 'mts', 'tsx']);

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
}

function isSameLanguage(saved: string, source: string): boolean {
  const [own, other] = [extensionOf(source), extensionOf(saved)];
  return own === '' || own === other || (SCRIPTS.has(own) && SCRIPTS.has(other));
}

const withSlashes = (path: string) => path.replaceAll('\\', '/');

/**
 * The local functions that a saved file belongs to: those whose handler it is, or else those whose handler is in the same
 * folder or above it, because they can import it. Not other files, such as events. Paths of the file system. Other folders
 * than `node_modules` only.
 */
export function affectedFunctions<Fn extends Source>(savedPath: string, functions: readonly Fn[]): Fn[] {
  const saved = withSlashes(savedPath);
  if (saved.includes('/node_modules/') || saved.includes('/.vscode/')) return [];
  const withSource = functions.flatMap((fn) =>
    fn.source === undefined ? [] : [{ fn, source: withSlashes(fn.source) }],
  );
  const handlers = withSource.filter(({ source }) => source === saved);
  const affected =
    handlers.length > 0
      ? handlers
      : withSource.filter(({ source }) => saved.startsWith(folderOf(source)) && isSameLanguage(saved, source));
  return affected.map(({ fn }) => fn);
}
