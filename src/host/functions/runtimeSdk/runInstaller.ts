import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

const IS_WINDOWS = process.platform === 'win32';

/** Kills a process and those it has started. */
function killTree({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (IS_WINDOWS) {
    spawn('taskkill', ['/T', '/F', '/PID', String(pid)], { stdio: 'ignore' }).on('error', () => undefined);
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL'); // its process group
  } catch {
    // It has exited.
  }
}

interface InstallerOptions {
  /** The working directory, outside the workspace. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

/** The maximum number of lines of output to keep. */
const MAX_LINES = 200;

/** The exit code of an installer, undefined if it didn't start or was killed, and its last lines of output. */
interface InstallerResult {
  readonly code: number | undefined;
  readonly lines: readonly string[];
}

/**
 * Runs npm or pip. Aborting the signal kills it with the processes it has started, and resolves after its end. Never
 * rejects.
 */
export function runInstaller(
  program: string,
  args: readonly string[],
  { cwd, env, signal, onLine }: InstallerOptions,
): Promise<InstallerResult> {
  // Node.js runs batch files only in a shell, which needs quotes around the arguments.
  const isBatchFile = IS_WINDOWS && /\.(?:cmd|bat)$/i.test(program);
  const [file = program, ...rest] = isBatchFile ? [program, ...args].map((part) => `"${part}"`) : [program, ...args];
  return new Promise((resolve) => {
    const lines: string[] = [];
    const child = spawn(file, rest, {
      cwd,
      env,
      shell: isBatchFile,
      detached: !IS_WINDOWS, // a separate process group
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kill = () => killTree(child);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        if (lines.length > MAX_LINES) lines.shift();
        onLine(line);
      });
    }
    const end = (code: number | undefined) => {
      signal.removeEventListener('abort', kill);
      resolve({ code, lines });
    };
    child.on('error', (error) => {
      lines.push(error.message);
      end(undefined);
    });
    child.on('close', (code) => end(code ?? undefined));
    signal.addEventListener('abort', kill, { once: true });
    if (signal.aborted) kill();
  });
}
