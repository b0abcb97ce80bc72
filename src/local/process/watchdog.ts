import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { WATCHDOG_SCRIPT } from './watchdogScript.ts';

/** How often a watchdog that ended is replaced. Without the limit, a broken shell would be restarted forever. */
const MAX_RESTARTS = 10;

export interface WatchdogOptions {
  /** A descriptor of this process: a pipe whose other end only the extension host has. */
  readonly hostPipe?: number;
  /** Without a host pipe: kill this process after its parent has ended. */
  readonly endsWithParent?: boolean;
}

/**
 * A shell that kills the handlers and everything they have started when this process ends, even by SIGKILL. It kills
 * this process too if the extension host has ended and this process doesn't stop, for example because its event loop is
 * blocked. Not on Windows: there, libuv puts each child process into a job that ends with its parent process, which
 * covers this process, the handlers, and what Node.js handlers start. Other grandchildren leave the job.
 */
export class Watchdog {
  /** In the environment of all handlers: their process IDs start with it. 16 hex digits. */
  readonly mark = randomBytes(8).toString('hex');
  readonly #options: WatchdogOptions;
  /** The process groups that are running. */
  readonly #groups = new Set<number>();
  #shell: ChildProcess | undefined;
  #restarts = 0;

  constructor(options: WatchdogOptions = {}) {
    this.#options = options;
  }

  /** Adds a process group. The first one starts the watchdog. */
  add(group: number): void {
    if (process.platform === 'win32') return;
    this.#groups.add(group);
    if (this.#shell === undefined) this.#start();
    else this.#shell.stdin?.write(`+ ${group}\n`);
  }

  /** Call when a group has ended, because its ID may be reused. */
  remove(group: number): void {
    this.#groups.delete(group);
    this.#shell?.stdin?.write(`- ${group}\n`);
  }

  /** Stops the watchdog, which first kills what is left of all handlers. */
  close(): void {
    const shell = this.#shell;
    this.#shell = undefined;
    shell?.stdin?.end();
  }

  #start(): void {
    const { hostPipe, endsWithParent = false } = this.#options;
    const parent = endsWithParent ? String(process.ppid) : '';
    const args = [String(process.pid), this.mark, hostPipe === undefined ? parent : 'pipe'];
    const shell = spawn('/bin/sh', ['-c', WATCHDOG_SCRIPT, 'lambda-invoke-watchdog', ...args], {
      cwd: '/',
      // The system's own tools first, in the locale that is fastest for grep.
      env: { PATH: `/usr/bin:/bin:${process.env['PATH'] ?? ''}`, LC_ALL: 'C' },
      stdio: ['pipe', 'ignore', 'ignore', hostPipe ?? 'ignore'],
      // A separate session, so that Ctrl+C doesn't kill the watchdog before this process.
      detached: true,
    });
    this.#shell = shell;
    shell.on('error', () => undefined);
    shell.stdin?.on('error', () => undefined);
    shell.once('exit', () => this.#handleExit(shell));
    shell.unref();
    for (const group of this.#groups) shell.stdin?.write(`+ ${group}\n`);
  }

  #handleExit(shell: ChildProcess): void {
    if (this.#shell !== shell || shell.pid === undefined) return;
    try {
      process.kill(-shell.pid, 'SIGKILL'); // its subshell
    } catch {
      // No subshell.
    }
    this.#shell = undefined;
    if (this.#restarts++ < MAX_RESTARTS) this.#start();
  }
}
