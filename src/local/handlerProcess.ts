import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { LocalFunction } from '../core/localFunctions.ts';
import { handlerEnvironment } from './handlerEnvironment.ts';
import { MarkedStream } from './markedStream.ts';
import { RuntimeApi, type OnChunk, type RuntimeEvent, type RuntimeReply } from './runtimeApi.ts';

/** What ended an event's run: the runtime's reply, or the end of its process. */
export type RunEnd =
  | { readonly kind: 'reply'; readonly reply: RuntimeReply }
  | { readonly kind: 'exit'; readonly code: number | null; readonly signal: NodeJS.Signals | null };

interface Setup {
  readonly name: string;
  readonly fn: LocalFunction;
  /** The workspace folder. */
  readonly taskRoot: string;
  readonly bootstrapPath: string;
}

/** Output that never comes (closed streams, a grandchild that keeps them open) is waited for no longer than this. */
const OUTPUT_WAIT_MS = 300;

/** One process of one function, serving one event at a time. It lives until `kill`, its own end, or its parent's. */
export class HandlerProcess {
  readonly #api: RuntimeApi;
  readonly #mark = `\u0001${randomUUID()}\u0001`;
  readonly #setup: Setup;
  #child: ChildProcess | undefined;
  #exit: RunEnd | undefined;
  #requestId: string | undefined;
  #marks = 0;
  #onOutput: (bytes: Buffer) => void = () => undefined;
  #onReady: () => void = () => undefined;
  #onEnd: (end: RunEnd) => void = () => undefined;
  #onMarked: () => void = () => undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#api = new RuntimeApi({ onNext: () => this.#onReady(), onReply: (reply) => this.#replied(reply) });
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  get hasExited(): boolean {
    return this.#child !== undefined && (this.#child.exitCode !== null || this.#child.signalCode !== null);
  }

  /** Starts the process. Resolves with `ready` when its runtime asks for an event, or with what ended it before. */
  async start(onOutput: (bytes: Buffer) => void): Promise<RunEnd | 'ready'> {
    this.#onOutput = onOutput;
    const ready = new Promise<'ready'>((resolve) => {
      this.#onReady = () => resolve('ready');
    });
    const end = this.#nextEnd();
    this.#spawn(await this.#api.listen());
    return Promise.race([ready, end]);
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
    this.#api.give(event, onChunk);
    return end;
  }

  /** Ends the process and everything in its group. */
  kill(): void {
    this.#api.close();
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      if (process.platform === 'win32') spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore' });
      else process.kill(-pid, 'SIGKILL');
    } catch {
      // The group is gone already.
    }
  }

  #spawn(runtimeApi: string): void {
    const { name, fn, taskRoot, bootstrapPath } = this.#setup;
    const processId = randomUUID().replaceAll('-', '');
    const child = spawn(process.execPath, [`--max-old-space-size=${fn.memorySize}`, bootstrapPath], {
      cwd: taskRoot,
      env: handlerEnvironment(name, fn, { runtimeApi, taskRoot, processId, mark: this.#mark }),
      stdio: ['pipe', 'pipe', 'pipe'],
      // Its own process group, so that what the handler started can be ended with it.
      detached: process.platform !== 'win32',
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      const marked = new MarkedStream(this.#mark, {
        onOutput: (bytes) => this.#onOutput(bytes),
        onMark: () => this.#marked(),
      });
      stream.on('data', (chunk: Buffer) => marked.push(chunk)).on('end', () => marked.end());
    }
    child.stdin.on('error', () => undefined); // the child may be gone before us
    const exited = (code: number | null, signal: NodeJS.Signals | null) => {
      this.#exit ??= { kind: 'exit', code, signal };
      this.#onEnd(this.#exit);
    };
    child.once('error', () => exited(127, null));
    child.once('close', exited); // after the last output; `exit` comes before it
    child.once('exit', (code, signal) => setTimeout(() => exited(code, signal), OUTPUT_WAIT_MS));
  }

  #nextEnd(): Promise<RunEnd> {
    this.#marks = 0;
    return new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  #replied(reply: RuntimeReply): void {
    // A second reply, or one to an event that has ended, is nobody's.
    if (reply.requestId !== this.#requestId) return;
    const end = this.#onEnd;
    this.#requestId = undefined;
    void this.#allMarks().then(() => end({ kind: 'reply', reply }));
  }

  #marked(): void {
    this.#marks++;
    if (this.#marks === 2) this.#onMarked();
  }

  /** Both output streams have carried their mark. */
  async #allMarks(): Promise<void> {
    if (this.#marks >= 2) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, OUTPUT_WAIT_MS);
      this.#onMarked = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
