import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Duplex, Readable } from 'node:stream';
import { HandlerMemory } from './handlerMemory.ts';
import { HandlerOutput } from './handlerOutput.ts';
import { handlerEnvironment, type ProcessIdentity } from './handlerEnvironment.ts';
import { killTrees, type ProcessTree } from './killTree.ts';
import type { Launch } from '../runtimes/launch.ts';
import { LoadedFiles } from './loadedFiles.ts';
import type { MemoryWatch } from './memoryWatch.ts';
import { PipeChannel } from './pipeChannel.ts';
import type { ProcessDebugger } from './processDebugger.ts';
import { describeEarlyEnd, type RunEnd } from './runEnd.ts';
import { RuntimeApi } from './runtimeApi.ts';
import type { ChannelListeners, OnChunk, RuntimeChannel, RuntimeEvent, RuntimeReply } from './runtimeChannel.ts';
import type { Watchdog } from './watchdog.ts';

export interface ProcessSetup extends Omit<
  ProcessIdentity,
  'runtimeApi' | 'processId' | 'taskRoot' | 'launchVariables' | 'optVariables'
> {
  readonly launch: Launch;
  readonly watchdog: Pick<Watchdog, 'add' | 'remove' | 'mark'>;
  readonly memoryWatch: Pick<MemoryWatch, 'add' | 'remove'>;
  /** Whether the address of the Runtime API has a secret path. Only for custom runtimes. */
  readonly hasSecret: boolean;
  /** Called once a custom runtime can use its address. */
  readonly onFirstRequest: () => void;
  /** Called when the process has exited. */
  readonly onExit: () => void;
  /** Called once the process has exited and its output has arrived, or it was killed. */
  readonly onRelease: () => void;
  /** Makes the process wait for a debugger, and run without timeout or memory limit. */
  readonly debugger?: ProcessDebugger;
}

/** How long to wait for output streams to close after the exit, in milliseconds. A grandchild may keep them open. */
const OUTPUT_TIMEOUT_MS = 300;

/** How long a process may take to exit after it has closed its channel, in milliseconds. */
const EXIT_TIMEOUT_MS = 200;

const KILLED = { kind: 'exit', code: null, signal: 'SIGKILL' } as const;

/** Functions have no stdin in Lambda. */
const OUTPUT_ONLY = ['ignore', 'pipe', 'pipe'] as const;

/** A process of a function that handles one event at a time. It runs until `kill`, or until it or its parent exits. */
export class HandlerProcess {
  readonly loaded: LoadedFiles;
  readonly #setup: ProcessSetup;
  readonly #output = new HandlerOutput();
  /** In the environment of the process and its descendants. Unlike a port, it isn't used again by another process. */
  readonly #processId: string;
  readonly #listeners: ChannelListeners;
  #channel: RuntimeChannel | undefined;
  #api: RuntimeApi | undefined;
  #child: ChildProcess | undefined;
  #memory: HandlerMemory | undefined;
  #exit: RunEnd | undefined;
  #started: Promise<RunEnd | 'ready'> | undefined;
  #requestId: string | undefined;
  #isReleased = false;
  #hasEnded = false;
  /** A reply has arrived, and output that was written before it is still being read. */
  #isReplying = false;
  #isReady = false;
  #isCrashing = false;
  #onReady: () => void = () => undefined;
  #onEnd: (end: RunEnd) => void = () => undefined;

  constructor(setup: ProcessSetup) {
    this.#setup = setup;
    this.loaded = new LoadedFiles(setup.launch.taskRoot);
    setup.debugger?.onDisconnect(() => this.kill());
    this.#processId = `${setup.watchdog.mark}${randomBytes(8).toString('hex')}`;
    this.#listeners = {
      onReady: () => {
        this.#isReady = true;
        this.#onReady();
      },
      onReply: (reply) => this.#handleReply(reply),
      onLoaded: (files) => this.loaded.add(files),
      onBroken: () => setTimeout(() => this.#kill(), EXIT_TIMEOUT_MS).unref(),
    };
  }

  get isDebugged(): boolean {
    return this.#setup.debugger !== undefined;
  }

  /** Messages about how the function differs from its deployed version. */
  get differences(): Launch['differences'] {
    return this.#setup.launch.differences;
  }

  /** Whether the process has exited, or can't handle another event. */
  get hasExited(): boolean {
    return this.#exit !== undefined || this.#isReleased || this.#isCrashing || this.#channel?.isBroken === true;
  }

  /** Whether a custom runtime hasn't sent a request to its address, which has a secret path. */
  get hasIgnoredSecret(): boolean {
    return this.#setup.hasSecret && this.#api?.hasRequest === false;
  }

  /** Where to attach; undefined without a debugger. Rejects if the process ends before it waits for the debugger. */
  get debuggerAddress(): Promise<string> | undefined {
    return this.#setup.debugger?.address;
  }

  /**
   * Starts the process. Resolves with `ready` when the runtime has finished init, or with the reason for its end. Never
   * rejects. Without `onOutput`, the output belongs to the first event.
   */
  start(onOutput?: (bytes: Buffer) => void): Promise<RunEnd | 'ready'> {
    if (onOutput !== undefined) this.#output.sendTo(onOutput);
    this.#started ??= this.#start().catch((error: unknown) => {
      this.#exit ??= { kind: 'notStarted', message: error instanceof Error ? error.message : String(error) };
      this.#setup.debugger?.end(describeEarlyEnd(this.#exit));
      this.kill();
      return this.#exit;
    });
    return this.#started;
  }

  /** Sends one event to the runtime and resolves with what ended the invocation, after all its output has arrived. */
  run(
    event: RuntimeEvent,
    { onOutput, onChunk }: { onOutput: (bytes: Buffer) => void; onChunk?: OnChunk },
  ): Promise<RunEnd> {
    if (this.hasExited) {
      const exit = this.#exit ?? KILLED;
      return Promise.resolve(exit.kind === 'exit' ? { ...exit, isUnread: true } : exit);
    }
    this.#output.sendTo(onOutput);
    this.#requestId = event.requestId;
    const end = this.#nextEnd();
    this.#watchMemory();
    this.#channel?.send(event, onChunk);
    return end;
  }

  /**
   * The peak resident memory of the process and its children in kB, at the end of an invocation that took `ms`
   * milliseconds. Undefined if it wasn't measured, as on systems other than Linux.
   */
  peakMemory(ms: number): number | undefined {
    return this.#memory?.peak(ms);
  }

  /** The process tree to kill; undefined if the process was never started, or has exited and its ID may be reused. */
  get tree(): ProcessTree | undefined {
    const pid = this.#child?.pid;
    return pid === undefined || this.#hasEnded ? undefined : { pid, envMarker: `${this.#processId}\0` };
  }

  /** Releases the resources of the process, which the caller kills. */
  release(): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#setup.debugger?.end('The process was stopped.');
    this.#output.discard();
    this.#channel?.close();
    this.#memory?.close();
    this.#setup.memoryWatch.remove(this.#checkMemory);
    const pid = this.#child?.pid;
    if (pid !== undefined) this.#setup.watchdog.remove(pid);
    this.#setup.onRelease();
  }

  /** Kills the process and everything it has started. */
  kill(): void {
    this.#kill();
    this.release();
  }

  #kill(): void {
    if (this.tree !== undefined) killTrees([this.tree]);
  }

  async #start(): Promise<RunEnd | 'ready'> {
    const ready = new Promise<'ready'>((resolve) => {
      this.#onReady = () => {
        // The handler might return before the next regular check.
        if (!this.isDebugged) this.#checkMemory();
        if (this.#exit === undefined) resolve('ready');
      };
    });
    const end = this.#nextEnd();
    if (this.#setup.fn.runtime.startsWith('provided')) {
      const { hasSecret, onFirstRequest } = this.#setup;
      const listeners = { ...this.#listeners, onFirstRequest, processId: () => this.#child?.pid };
      const api = new RuntimeApi(listeners, hasSecret);
      this.#channel = this.#api = api;
      this.#spawn(await api.listen());
    } else this.#spawn();
    this.#watchMemory();
    return Promise.race([ready, end]).finally(() => this.#setup.memoryWatch.remove(this.#checkMemory));
  }

  /** `runtimeApi`: the address of the Runtime API; without it, the runtime uses pipes. */
  #spawn(runtimeApi?: string): void {
    if (this.#isReleased) throw new Error('The process was stopped.');
    const { launch, watchdog, debugger: attached, name, version, fn, hasCredentials, durableApi } = this.#setup;
    const identity = { name, version, fn: { ...fn, handler: launch.handler }, hasCredentials, durableApi };
    const { program, taskRoot, environment: launchVariables, optVariables } = launch;
    const api = runtimeApi === undefined ? {} : { runtimeApi };
    const variables = { launchVariables, optVariables };
    const env = handlerEnvironment({ ...identity, ...api, ...variables, taskRoot, processId: this.#processId });
    const child = spawn(program, attached?.argumentsFrom(launch.args) ?? launch.args, {
      cwd: taskRoot,
      env: { ...env, ...attached?.environment },
      stdio: runtimeApi === undefined ? [...OUTPUT_ONLY, 'pipe', 'pipe'] : [...OUTPUT_ONLY],
      // A separate process group, so that child processes of the handler can be killed with it.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    this.#child = child;
    this.#listenForEnd(child);
    if (child.pid === undefined) return; // it then has an error, and perhaps no streams
    const [, stdout, stderr, events, replies] = child.stdio;
    if (runtimeApi === undefined)
      this.#channel = new PipeChannel({ events: events as Duplex, replies: replies as Readable }, this.#listeners);
    if (stdout !== null) this.#output.add(stdout);
    if (stderr !== null) this.#output.add(stderr, attached && ((bytes) => attached.filter(bytes)));
    watchdog.add(child.pid);
    this.#memory = new HandlerMemory(child.pid);
  }

  #listenForEnd(child: ChildProcess): void {
    const onEnd = (end: RunEnd) => {
      this.#exit ??= end;
      this.#setup.debugger?.end(describeEarlyEnd(this.#exit));
      this.release();
      this.#output.close();
      if (!this.#isReplying) this.#end(this.#exit);
    };
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      const received = this.#channel?.receivedBytes; // more may be in the pipes, because this process was busy
      this.#output.afterPending(() => {
        const isDelivering = this.#channel?.isDelivering === true || this.#channel?.receivedBytes !== received;
        // Wait for the receiver of a streamed response, unless it has got a timeout.
        if (isDelivering && !this.#isReleased) setTimeout(onExit, OUTPUT_TIMEOUT_MS, code, signal);
        else onEnd({ kind: 'exit', code, signal, isUnread: this.#channel?.hasUnreadEvent === true });
      });
    };
    child.once('error', ({ message }) => onEnd({ kind: 'notStarted', message }));
    child.once('close', onExit); // after the last output; `exit` comes before it
    child.once('exit', (code, signal) => {
      this.#kill(); // its remaining child processes
      this.#hasEnded = true;
      this.#setup.onExit();
      setTimeout(onExit, OUTPUT_TIMEOUT_MS, code, signal);
    });
  }

  #nextEnd(): Promise<RunEnd> {
    return new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  #end(end: RunEnd): void {
    this.#setup.memoryWatch.remove(this.#checkMemory);
    if (!this.#isReleased) this.#output.keepForNext();
    this.#onEnd(end);
  }

  #handleReply(reply: RuntimeReply): void {
    if (reply.requestId === undefined && this.isDebugged) {
      // The process exits, but Node.js would wait until the debugger disconnects.
      this.#isCrashing = true;
      this.#listeners.onBroken();
    }
    // An event for a debugged process doesn't wait for its init phase.
    const isInitError = reply.requestId === undefined && !this.#isReady;
    // Ignore a second reply, or a reply to an event that has already ended.
    if ((reply.requestId !== this.#requestId && !isInitError) || this.#isReplying) return;
    this.#isReplying = true; // the process might exit now, but it has replied
    const onDone = () => {
      this.#requestId = undefined;
      this.#isReplying = false;
      this.#end({ kind: 'reply', reply });
    };
    this.#output.afterPending(onDone, { mayBeStreamed: !isInitError });
  }

  #watchMemory(): void {
    if (!this.isDebugged) this.#setup.memoryWatch.add(this.#checkMemory);
  }

  readonly #checkMemory = () => {
    const limit = this.#setup.fn.memorySize * 1024;
    if (this.#memory === undefined || this.#memory.measure(limit) <= limit) return;
    this.#exit ??= { kind: 'outOfMemory' };
    this.kill();
    this.#end(this.#exit);
  };
}
