import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { message, type Message } from '../../../core/messages/messages.ts';
import { createSharedRuns } from '../sharedRuns.ts';
import { stateOf } from './inputs.ts';
import { PROGRAM_FORMAT, PROGRAM_VARIABLE, type Program } from './program.ts';
import { programFolder } from './programFolder.ts';

/** How long compiling may take, in milliseconds. */
const TIMEOUT_MS = 60_000;

/** The variables of this process that compilers get: enough to start, and none of the user's AWS variables. */
const INHERITED = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** How a process runs the compiled program. */
export interface PreparedProgram {
  readonly environment: Readonly<Record<string, string>>;
  readonly notes: readonly Message[];
}

async function readProgram(file: string): Promise<Program | undefined> {
  try {
    const program = JSON.parse(await readFile(file, 'utf8')) as Program;
    return program.format === PROGRAM_FORMAT ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Whether nothing has changed that the program was compiled from. */
function isCurrent({ inputs }: Program): boolean {
  return Object.entries(inputs).every(([path, state]) => {
    const current = stateOf(path);
    return current?.[0] === state?.[0] && current?.[1] === state?.[1];
  });
}

function compile(compiler: string, entry: string, output: string): Promise<void> {
  const inherited = Object.entries(process.env).filter(([key]) => INHERITED.includes(key));
  const env = { ...Object.fromEntries(inherited), ELECTRON_RUN_AS_NODE: '1' };
  const options = { cwd: dirname(entry), env, timeout: TIMEOUT_MS, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [compiler, entry, output], options, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

async function prepare(entry: string, compiler: string): Promise<PreparedProgram | undefined> {
  const name = createHash('sha256').update(entry).digest('hex');
  const file = join(await programFolder(), `${name}.json`);
  let program = await readProgram(file);
  if (program === undefined || !isCurrent(program)) {
    await compile(compiler, entry, file);
    program = await readProgram(file);
  } else await utimes(file, new Date(), new Date()); // the oldest ones are removed
  if (program === undefined) return undefined;
  const notes = program.notes.map((note) => message(note.code, note.file));
  return { environment: { [PROGRAM_VARIABLE]: file }, notes };
}

const share = createSharedRuns<PreparedProgram | undefined>();

/**
 * Compiles a handler in TypeScript and what it imports, unless this has been done before. Never writes to the workspace.
 * `dist` has the bundles of this extension. Undefined if it fails, for example because no file can be written.
 */
export function prepareProgram(entry: string, dist: string): Promise<PreparedProgram | undefined> {
  return share(entry, () => prepare(entry, join(dist, 'typeScript.js')).catch(() => undefined));
}
