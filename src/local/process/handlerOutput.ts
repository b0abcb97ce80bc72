import type { Readable } from 'node:stream';

/** Turns of the event loop without output after a reply. On Windows, each pipe is reported when it has been read. */
const QUIET_TURNS = process.platform === 'win32' ? 2 : 1;

/** More than fits into the pipes of stdout and stderr, in bytes. */
const MAX_PIPED_BYTES = 1_048_576;

/** How much output is kept for the first receiver, in bytes. */
const MAX_EARLY_BYTES = 1_048_576;

/** How much output is kept between two events, in bytes. On Lambda, the process is frozen and writes nothing. */
const MAX_LATE_BYTES = 65_536;

type Receiver = (bytes: Buffer) => void;

/** What a process and its children write to stdout and stderr, which belongs to the event that the process handles. */
export class HandlerOutput {
  readonly #streams: Readable[] = [];
  #receiver: Receiver | undefined;
  /** Output while there is no receiver: of a debugged process, which is started without an event, and between events. */
  #kept: Buffer[] = [];
  /** How many bytes can still be kept. */
  #keepableBytes = MAX_EARLY_BYTES;
  #bytes = 0;
  #hasNewBytes = false;

  add(stream: Readable, filter?: (bytes: Buffer) => Buffer): void {
    this.#streams.push(stream);
    stream.on('error', () => undefined);
    stream.on('data', (bytes: Buffer) => {
      this.#hasNewBytes = true;
      this.#bytes += bytes.byteLength;
      const shown = filter === undefined ? bytes : filter(bytes);
      if (shown.byteLength === 0) return;
      if (this.#receiver !== undefined) this.#receiver(shown);
      else this.#keep(shown);
    });
  }

  #keep(bytes: Buffer): void {
    const kept = bytes.subarray(0, this.#keepableBytes);
    this.#keepableBytes -= kept.byteLength;
    if (kept.byteLength > 0) this.#kept.push(kept);
  }

  /** Sends the output to another receiver from now on, which also gets what was kept for it. */
  sendTo(receiver: Receiver): void {
    this.#receiver = receiver;
    for (const bytes of this.#kept) receiver(bytes);
    this.#kept = [];
  }

  /** Keeps what else arrives for the next event, whose log has it on Lambda. */
  keepForNext(): void {
    this.#receiver = undefined;
    this.#keepableBytes = MAX_LATE_BYTES;
  }

  /** Discards what else arrives: it belongs to no event. */
  discard(): void {
    this.#receiver = () => undefined;
    this.#kept = [];
  }

  /**
   * Calls `onDone` when all output that was written before a reply has arrived. It is already in the pipes, and the event
   * loop reports both at once: a turn without output means that all of it was read. The end of a streamed response can be
   * read with a part that was reported before the output was written, so the next turn counts. A child process may write
   * without pause, but at most the content of the pipes was written before the reply.
   */
  afterPending(onDone: () => void, { mayBeStreamed = false } = {}): void {
    const end = this.#bytes + MAX_PIPED_BYTES;
    const neededTurns = mayBeStreamed ? QUIET_TURNS + 1 : QUIET_TURNS;
    let quietTurns = 0;
    const turn = () => {
      quietTurns = this.#hasNewBytes ? 0 : quietTurns + 1;
      this.#hasNewBytes = false;
      if (quietTurns < neededTurns && this.#bytes < end) setImmediate(turn);
      else onDone();
    };
    this.#hasNewBytes = false;
    setImmediate(turn);
  }

  /** Closes the pipes, which a process that can't be killed might keep open. */
  close(): void {
    for (const stream of this.#streams) stream.destroy();
  }
}
