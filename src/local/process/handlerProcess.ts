import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { handlerEnvironment, type ProcessIdentity } from './handlerEnvironment.ts';
import { InspectorLines } from './inspectorLines.ts';
import { killTrees, type ProcessTree } from './killTree.ts';
import type { Launch } from '../runtimes/launch.ts';
import type { OrphanGuard } from './orphanGuard.ts';
import { descendants, memoryMB } from './processTree.ts';
import { RuntimeApi, type OnChunk, type RuntimeEvent, type RuntimeReply } from './runtimeApi.ts';

/** What ended an invocation: the runtime's reply, or the end of its process. */
export type RunEnd =
  | { readonly kind: 'reply'; readonly reply: RuntimeReply }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'outOfMemory' }
  /** The process couldn't be started; `message` is the operating system's. */
  | { readonly kind: 'notStarted'; readonly message: string };

export interface ProcessSetup extends Omit<ProcessIdentity, 'runtimeApi' | 'processId' | 'taskRoot'> {
  readonly launch: Launch;
  readonly guard: Pick<OrphanGuard, 'add' | 'remove'>;
  /** Start with Node's inspector, waiting for a debugger, and without timeout or memory limit. */
  readonly isDebugged: boolean;
}

/** How long to wait for output streams to close after the exit, in milliseconds. A grandchild may keep them open. */
const OUTPUT_TIMEOUT_MS = 300;

/** The interval of memory checks, in milliseconds. */
const MEMORY_POLL_MS = 100;

/** A process of a function that handles one event at a time. It runs until `kill`, or until it or its parent exits. */
export class HandlerProcess {
  readonly #api: RuntimeApi;
  readonly #setup: ProcessSetup;
  readonly #inspector = new InspectorLines();
  /** In the environment of the process and its descendants. Unlike a port, it isn't used again by another process. */
  readonly #processId = randomUUID().replaceAll('-', '');
  #address = '';
  #child: ChildProcess | undefined;
  #exit: RunEnd | undefined;
  #started: Promise<RunEnd | 'ready'> | undefined;
  #requestId: string | undefined;
  #peakMB = 0;
  #isReleased = false;
  #hasEnded = false;
  /** A reply has arrived, and output that was written before it is still being read. */
  #isReplying = false;
  #hasNewOutput = false;
  #onOutput: (bytes: Buffer) => void = () => undefined;
  #onReady: () => void = () => undefined;
  #onEnd: (end: RunEnd) => void = () => undefined;

  constructor(setup: ProcessSetup) {
    this.#setup = setup;
    this.#api = new RuntimeApi({ onNext: () => this.#onReady(), onReply: (reply) => this.#handleReply(reply) });
  }

  get isDebugged(): boolean {
    return this.#setup.isDebugged;
  }

  get hasExited(): boolean {
    return this.#exit !== undefined;
  }

  /** The inspector's `ws://` URL. Rejects if the process ends before it reports one. */
  get debuggerAddress(): Promise<string> {
    return this.#inspector.address;
  }

  /**
   * Starts the process. Resolves with `ready` when the runtime requests its first event, or with the reason for its
   * end.
   */
  start(onOutput: (bytes: Buffer) => void): Promise<RunEnd | 'ready'> {
    this.#onOutput = onOutput;
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Sends one event to the runtime and resolves with what ended the invocation, after all its output has arrived. */
  async run(
    event: RuntimeEvent,
    { onOutput, onChunk }: { onOutput: (bytes: Buffer) => void; onChunk?: OnChunk },
  ): Promise<RunEnd> {
    if (this.#exit !== undefined) return this.#exit;
    this.#onOutput = onOutput;
    this.#requestId = event.requestId;
    const end = this.#nextEnd();
    this.#api.sendEvent(event, onChunk);
    return this.#withMemoryWatch(end);
  }

  /**
   * The peak resident memory of the process and its children, in MB. Undefined if it can't be measured: on systems
   * other than Linux, or after the process has exited.
   */
  peakMemoryMB(): number | undefined {
    const pid = this.#child?.pid;
    const peak = pid === undefined ? undefined : memoryMB(pid, 'VmHWM');
    return peak === undefined ? undefined : Math.max(peak, this.#peakMB);
  }

  /** The process tree to kill; undefined if the process was never started, or has exited and its ID may be reused. */
  get tree(): ProcessTree | undefined {
    const pid = this.#child?.pid;
    return pid === undefined || this.#hasEnded ? undefined : { pid, envMarker: `${this.#processId}\0` };
  }

  /** Releases the resources of the process, which the caller kills. */
  release(): void {
    this.#isReleased = true;
    this.#api.close();
    const pid = this.#child?.pid;
    if (pid !== undefined) this.#setup.guard.remove(pid);
  }

  /** Kills the process and everything it has started. */
  kill(): void {
    if (this.tree !== undefined) killTrees([this.tree]);
    this.release();
  }

  async #start(): Promise<RunEnd | 'ready'> {
    const ready = new Promise<'ready'>((resolve) => {
      this.#onReady = () => resolve('ready');
    });
    const end = this.#nextEnd();
    this.#address = await this.#api.listen();
    if (this.#isReleased) return { kind: 'exit', code: null, signal: 'SIGKILL' };
    this.#spawn();
    return this.#withMemoryWatch(Promise.race([ready, end]));
  }

  #spawn(): void {
    const { launch, guard, isDebugged, ...identity } = this.#setup;
    const { program, taskRoot } = launch;
    const args = isDebugged ? ['--inspect-brk=127.0.0.1:0', ...launch.args] : launch.args;
    const child = spawn(program, args, {
      cwd: taskRoot,
      env: handlerEnvironment({ ...identity, taskRoot, runtimeApi: this.#address, processId: this.#processId }),
      // Functions have no stdin in Lambda. On Windows, a pipe lets the runtime detect that this process has died.
      stdio: [process.platform === 'win32' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      // A separate process group, so that child processes of the handler can be killed with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child = child;
    if (child.pid !== undefined) guard.add(child.pid);
    child.stdout?.on('data', (bytes: Buffer) => this.#output(bytes));
    child.stderr?.on('data', (bytes: Buffer) => this.#output(isDebugged ? this.#inspector.filter(bytes) : bytes));
    child.stdin?.on('error', () => undefined); // the child may exit first
    const onEnd = (end: RunEnd) => {
      this.#exit ??= end;
      this.#inspector.end();
      if (!this.#isReplying) this.#onEnd(this.#exit);
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => onEnd({ kind: 'exit', code, signal });
    child.once('error', ({ message }) => onEnd({ kind: 'notStarted', message }));
    child.once('close', onExit); // after the last output; `exit` comes before it
    child.once('exit', (code, signal) => {
      this.kill(); // its remaining child processes
      this.#hasEnded = true;
      setTimeout(() => onExit(code, signal), OUTPUT_TIMEOUT_MS);
    });
  }

  #output(bytes: Buffer): void {
    this.#hasNewOutput = true;
    if (bytes.byteLength > 0) this.#onOutput(bytes);
  }

  #nextEnd(): Promise<RunEnd> {
    return new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  #handleReply(reply: RuntimeReply): void {
    // Ignore a second reply, or a reply to an event that has already ended.
    if (reply.requestId !== this.#requestId) return;
    const end = this.#onEnd;
    this.#requestId = undefined;
    this.#isReplying = true; // the process might exit now, but it has replied
    void this.#drainOutput().then(() => {
      this.#isReplying = false;
      end({ kind: 'reply', reply });
    });
  }

  /**
   * When the reply arrives, output written before it is already in the pipes and is read in the next turns of the event
   * loop. Two turns without output mean that all of it was read.
   */
  async #drainOutput(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 2; quietTurns++) {
      this.#hasNewOutput = false;
      await nextTurn();
      if (this.#hasNewOutput) quietTurns = -1;
    }
  }

  /** Checks the memory of the process until a promise settles. */
  #withMemoryWatch<T>(end: Promise<T>): Promise<T> {
    if (this.isDebugged) return end;
    const watch = setInterval(() => this.#watchMemory(), MEMORY_POLL_MS);
    return end.finally(() => clearInterval(watch));
  }

  #watchMemory(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    const used = [pid, ...descendants([pid], { mainThreadsOnly: true })].reduce(
      (sum, each) => sum + (memoryMB(each, 'VmRSS') ?? 0),
      0,
    );
    this.#peakMB = Math.max(this.#peakMB, used);
    if (used <= this.#setup.fn.memorySize) return;
    this.#exit ??= { kind: 'outOfMemory' };
    this.kill();
    this.#onEnd(this.#exit);
  }
}
