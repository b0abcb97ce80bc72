import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findProgram, run } from './command.ts';

/** Where the package is installed if Python doesn't have it. */
const FOLDER = resolve('.vscode-test/debugpy');
const PACKAGE = `${FOLDER}/debugpy`;

const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary', ':all:'];

const INSTRUCTION =
  'debugpy is required to test debugging Python. Install it (python3 -m pip install debugpy, or on Debian: apt-get install python3-debugpy) and run this again.';

/** The folder of the package debugpy in a Python program, if it has it. */
async function packageOf(python: string): Promise<string | undefined> {
  const { code, output } = await run(python, ['-c', 'import debugpy, os; print(os.path.dirname(debugpy.__file__))']);
  return code === 0 ? output.trim() : undefined;
}

/**
 * The folder of Python's package debugpy, which the Python Debugger extension includes. Installs it with pip or apt-get if
 * necessary. Throws with instructions if that isn't possible.
 */
export async function installDebugpy(): Promise<string> {
  if (existsSync(PACKAGE)) return PACKAGE;
  const python = findProgram('python3', 'python');
  if (python === undefined) throw new Error(INSTRUCTION);
  const found = await packageOf(python);
  if (found !== undefined) return found;
  // Several test files can install it at the same time.
  const own = `${FOLDER}-${process.pid}`;
  const { code, output } = await run(python, [...PIP, '--target', own, 'debugpy>=1.8,<2']);
  if (code === 0) {
    await rename(own, FOLDER).catch(() => rm(own, { recursive: true }));
    return PACKAGE;
  }
  if (process.getuid?.() === 0 && findProgram('apt-get') !== undefined) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'python3-debugpy'], { env });
    const installed = await packageOf('/usr/bin/python3');
    if (installed !== undefined) return installed;
  }
  throw new Error(`${INSTRUCTION}\n${output}`);
}
