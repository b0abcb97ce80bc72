import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isExecutable, onPath } from '../runtimes/executables.ts';

/** The maximum duration of a build in milliseconds. */
const TIMEOUT_MS = 60_000;

const MAX_OUTPUT_BYTES = 1_000_000;

/** The variables that esbuild gets. None of the user's AWS variables. */
const INHERITED = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

async function isScript(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
    return buffer.toString('latin1') === '#!';
  } finally {
    await file.close();
  }
}

/**
 * The esbuild in the `node_modules` of a folder or of one of its parents, or else on the PATH, as in the SAM CLI. Undefined
 * if it isn't installed.
 */
export async function findEsbuild(folder: string): Promise<string | undefined> {
  const path = join(folder, 'node_modules', 'esbuild', 'bin', 'esbuild');
  if (await isExecutable(path)) return path;
  const parent = dirname(folder);
  if (parent !== folder) return findEsbuild(parent);
  const program = await onPath(['esbuild']);
  return program !== undefined && /\.(?:bat|cmd)$/i.test(program) ? undefined : program;
}

interface EsbuildRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly folder: string;
  /** Folders with packages in addition to the `node_modules` of the parent folders. */
  readonly nodePath?: string;
}

/** Runs esbuild. Resolves to its error messages if it fails, and never rejects. */
export async function runEsbuild({ program, args, folder, nodePath }: EsbuildRun): Promise<string | undefined> {
  // The package's own script starts the program for this system, if no install script has replaced it.
  const isNode = await isScript(program).catch(() => false);
  const [file, ...rest] = isNode ? [process.execPath, program, ...args] : [program, ...args];
  const env = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => INHERITED.includes(name))),
    ...(isNode && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(nodePath !== undefined && { NODE_PATH: nodePath }),
  };
  const options = { cwd: folder, env, timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT_BYTES, windowsHide: true };
  return new Promise((resolve) => {
    const child = execFile(file, rest, options, (error, _, stderr) =>
      resolve(error === null ? undefined : stderr.trim() || error.message),
    );
    child.stdin?.end();
  });
}
