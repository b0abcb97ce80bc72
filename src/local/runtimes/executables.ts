import { execFile } from 'node:child_process';
import { access, constants, open } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const IS_WINDOWS = process.platform === 'win32';

export async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first program of one of these names on the PATH. */
async function onPath(names: readonly string[]): Promise<string | undefined> {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, IS_WINDOWS ? `${name}.exe` : name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

function output(program: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 10_000 }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : undefined),
    );
  });
}

/** Version managers put scripts on the PATH that look for the program each time: it is asked for once. */
async function resolveShim(path: string, args: readonly string[]): Promise<string> {
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
  return found === undefined ? process.execPath : resolveShim(found, ['-p', 'process.execPath']);
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
