import { execFile } from 'node:child_process';
import { access, constants, open } from 'node:fs/promises';
import { dirname, isAbsolute } from 'node:path';
import which from 'which';

const IS_WINDOWS = process.platform === 'win32';

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Excludes the current folder, whose programs aren't trusted: relative PATH entries, and the default folder on Windows.
 */
function isOnPath(path: string): boolean {
  return isAbsolute(path) && !(IS_WINDOWS && dirname(path) === process.cwd());
}

/** The first executable with one of these names on the PATH, with an extension of PATHEXT on Windows. */
export async function onPath(names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const paths = (await which(name, { all: true, nothrow: true })) ?? [];
    const path = paths.find(isOnPath);
    if (path !== undefined) return path;
  }
  return undefined;
}

interface OutputOptions {
  /** Runs the program through a shell, the only way to start a batch file. */
  readonly isBatchFile?: boolean;
}

function output(
  program: string,
  args: readonly string[],
  { isBatchFile = false }: OutputOptions = {},
): Promise<string | undefined> {
  const [file = program, ...rest] = isBatchFile ? [program, ...args].map((part) => `"${part}"`) : [program, ...args];
  return new Promise((resolve) => {
    execFile(file, rest, { timeout: 10_000, shell: isBatchFile }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : undefined),
    );
  });
}

/**
 * Resolves a version manager's shim script, which would otherwise search for the real program on every start. Undefined
 * if a batch file fails.
 */
async function resolveShim(path: string, args: readonly string[]): Promise<string | undefined> {
  if (IS_WINDOWS && /\.(?:bat|cmd)$/i.test(path)) return output(path, args, { isBatchFile: true });
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    if (buffer.toString('latin1') !== '#!') return path;
  } finally {
    await file.close();
  }
  return (await output(path, args)) ?? path;
}

/**
 * Caches results by key and shares concurrent searches. Undefined results aren't cached: a program may be installed
 * later.
 */
function memoize<T>(find: (key: string) => Promise<T>): (key?: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key = '') => {
    const search = known.get(key) ?? find(key);
    known.set(key, search);
    const forget = () => known.delete(key);
    search.then((path) => path === undefined && forget(), forget);
    return search;
  };
}

/** Node.js on the PATH, or else the executable of this process. Cached. */
export const nodeOnPath = memoize(async () => {
  const path = await onPath(['node']);
  const program = path === undefined ? undefined : await resolveShim(path, ['-p', 'process.execPath']);
  return program ?? process.execPath;
});

/** Python 3 on the PATH; undefined if there is none. Cached. */
export const pythonOnPath = memoize(async () => {
  const path = await onPath(['python3', 'python']);
  return path === undefined ? undefined : resolveShim(path, ['-c', 'import sys; print(sys.executable)']);
});

/** The output of `--version` (`v20.20.2`, `Python 3.11.2`); undefined if the program doesn't start. Cached. */
export const versionOfProgram = memoize((program) =>
  program === process.execPath ? Promise.resolve(process.version) : output(program, ['--version']),
);
