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

/** What ended an event's run: the runtime's reply, or the end of its process. */
export type RunEnd =
  | { readonly kind: 'reply'; readonly reply: RuntimeReply }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'outOfMemory' }
  /** The system did not start it; `because` is its own word. */
  | { readonly kind: 'notStarted'; readonly message: string };

export interface ProcessSetup extends Omit<ProcessIdentity, 'runtimeApi' | 'processId' | 'taskRoot'> {
  readonly launch: Launch;
  readonly guard: Pick<OrphanGuard, 'add' | 'remove'>;
  /** Node's inspector waits for a debugger before the first line; then neither time nor memory is limited. */
  readonly isDebugged: boolean;
}

/** Output that never comes (a grandchild that keeps the streams open) is waited for no longer than this. */
const OUTPUT_TIMEOUT_MS = 300;

/** How often the memory of a running process is looked at. */
const MEMORY_POLL_MS = 100;

/** One process of one function, serving one event at a time. It lives until `kill`, its own end, or its parent's. */
export class HandlerProcess {
  readonly #api: RuntimeApi;
  readonly #setup: ProcessSetup;
  readonly #inspector = new InspectorLines();
  #address = '';
  #child: ChildProcess | undefined;
  #exit: RunEnd | undefined;
  #started: Promise<RunEnd | 'ready'> | undefined;
  #requestId: string | undefined;
  #peakMB = 0;
  #isReleased = false;
  #hasEnded = false;
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

  /** Where a debugger reaches the process (`ws://…`). Rejects where it ends before it says so. */
  get debuggerAddress(): Promise<string> {
    return this.#inspector.address;
  }

  /** Starts the process. Resolves with `ready` when its runtime asks for an event, or with what ended it before. */
  start(onOutput: (bytes: Buffer) => void): Promise<RunEnd | 'ready'> {
    this.#onOutput = onOutput;
    this.#started ??= this.#start();
    return this.#started;
  }

  /** Hands one event to the runtime and resolves with what ends its run; all output of it has then arrived. */
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
   * The most memory the process and its children have used, in MB: the peak of its resident set, where the system tells
   * (Linux). Unknown elsewhere and for a process that is gone: nothing is estimated.
   */
  peakMemoryMB(): number | undefined {
    const pid = this.#child?.pid;
    const peak = pid === undefined ? undefined : memoryMB(pid, 'VmHWM');
    return peak === undefined ? undefined : Math.max(peak, this.#peakMB);
  }

  /** What has to be ended with it; undefined for one that was never started, or whose id may be another's by now. */
  get tree(): ProcessTree | undefined {
    const pid = this.#child?.pid;
    return pid === undefined || this.#hasEnded
      ? undefined
      : { pid, envMarker: `AWS_LAMBDA_RUNTIME_API=${this.#address}\0` };
  }

  /** Its process is ended by someone else: nothing reaches it any more. */
  release(): void {
    this.#isReleased = true;
    this.#api.close();
    const pid = this.#child?.pid;
    if (pid !== undefined) this.#setup.guard.remove(pid);
  }

  /** Ends the process and everything it has started. */
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
    const processId = randomUUID().replaceAll('-', '');
    const args = isDebugged ? ['--inspect-brk=127.0.0.1:0', ...launch.args] : launch.args;
    const child = spawn(program, args, {
      cwd: taskRoot,
      env: handlerEnvironment({ ...identity, taskRoot, runtimeApi: this.#address, processId }),
      // Lambda's functions read nothing from their input. On Windows a pipe tells them that we have died.
      stdio: [process.platform === 'win32' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
      // Its own process group, so that what the handler started can be ended with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child = child;
    if (child.pid !== undefined) guard.add(child.pid);
    child.stdout?.on('data', (bytes: Buffer) => this.#output(bytes));
    child.stderr?.on('data', (bytes: Buffer) => this.#output(isDebugged ? this.#inspector.filter(bytes) : bytes));
    child.stdin?.on('error', () => undefined); // the child may be gone before us
    const onEnd = (end: RunEnd) => {
      this.#exit ??= end;
      this.#inspector.end();
      this.#onEnd(this.#exit);
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => onEnd({ kind: 'exit', code, signal });
    child.once('error', ({ message }) => onEnd({ kind: 'notStarted', message }));
    child.once('close', onExit); // after the last output; `exit` comes before it
    child.once('exit', (code, signal) => {
      this.kill(); // what it has left behind
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
    // A second reply, or one to an event that has ended, is nobody's.
    if (reply.requestId !== this.#requestId) return;
    const end = this.#onEnd;
    this.#requestId = undefined;
    void this.#drainOutput().then(() => end({ kind: 'reply', reply }));
  }

  /**
   * What the runtime wrote before its reply lies in the pipes when the reply is here: it is read in the next turns of
   * the event loop. Two turns without any are the end of it.
   */
  async #drainOutput(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 2; quietTurns++) {
      this.#hasNewOutput = false;
      await nextTurn();
      if (this.#hasNewOutput) quietTurns = -1;
    }
  }

  /** Looks at the memory of the process until a promise is settled. */
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
