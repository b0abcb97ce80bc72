import { execFile } from 'node:child_process';
import { access, constants, open } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import which from 'which';

const IS_WINDOWS = process.platform === 'win32';

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** On Windows the search starts in the current folder. A program there may be anybody's, so only the PATH is trusted. */
function isOnPath(path: string): boolean {
  return isAbsolute(path) && !(IS_WINDOWS && dirname(path) === process.cwd());
}

/** The first program with one of these names on the PATH. On Windows, PATHEXT lists the extensions. */
async function onPath(names: readonly string[]): Promise<string | undefined> {
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

/** Version managers put scripts on the PATH that look for the program on every call. They are asked once. */
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

/** Remembers what was found, by what it was looked for with. Calls at the same time share one search; what is missing may come. */
function memoize<T>(find: (key: string) => Promise<T>): (key?: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key = '') => {
    const search = known.get(key) ?? find(key);
    known.set(key, search);
    const forget = () => known.delete(key);
    search.then((found) => found === undefined && forget(), forget);
    return search;
  };
}

/** Node on the PATH, looked for once; what runs this process where there is none. */
export const nodeOnPath = memoize(async () => {
  const found = await onPath(['node']);
  const program = found === undefined ? undefined : await resolveShim(found, ['-p', 'process.execPath']);
  return program ?? process.execPath;
});

const pythonOnPath = memoize(async () => {
  const found = await onPath(['python3', 'python']);
  return found === undefined ? undefined : resolveShim(found, ['-c', 'import sys; print(sys.executable)']);
});

/** Python 3 of a folder's virtual environment, which may come at any time, else of the PATH; undefined where there is none. */
export async function pythonOf(folder: string): Promise<string | undefined> {
  const executable = IS_WINDOWS ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  for (const name of ['.venv', 'venv']) {
    const path = join(folder, name, ...executable);
    if (await isExecutable(path)) return path;
  }
  return pythonOnPath();
}

/** What a program says of its version (`v20.20.2`, `Python 3.11.2`); undefined where it does not start. Asked once. */
export const versionOfProgram = memoize((program) =>
  program === process.execPath ? Promise.resolve(process.version) : output(program, ['--version']),
);
