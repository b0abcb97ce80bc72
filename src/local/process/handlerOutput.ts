/** Turns of the event loop without output after a reply. On Windows, each pipe is reported when it has been read. */
const QUIET_TURNS = process.platform === 'win32' ? 2 : 1;

/** How much output is kept for a later receiver, in bytes. */
const MAX_EARLY_BYTES = 1_048_576;

/** The output of a process, which belongs to the event that it handles. */
export class HandlerOutput {
  #receiver: ((bytes: Buffer) => void) | undefined;
  /** Output before there was a receiver: of a debugged process, which is started without an event. */
  #early: Buffer[] = [];
  #earlyBytes = 0;
  #hasNew = false;

  /** Sends the output to another receiver from now on. The first one also gets what was written before. */
  sendTo(receiver: (bytes: Buffer) => void): void {
    this.#receiver = receiver;
    for (const bytes of this.#early) receiver(bytes);
    this.#early = [];
  }

  append(bytes: Buffer): void {
    this.#hasNew = true;
    if (bytes.byteLength === 0) return;
    if (this.#receiver !== undefined) return this.#receiver(bytes);
    if (this.#earlyBytes < MAX_EARLY_BYTES) this.#early.push(bytes);
    this.#earlyBytes += bytes.byteLength;
  }

  /**
   * Calls `onDone` when output that was written before a reply has been read. When the reply arrives, it is already in
   * the pipes. The event loop reports both at once, so that a turn without output means that all of it was read.
   */
  afterPending(onDone: () => void): void {
    let quietTurns = 0;
    const turn = () => {
      quietTurns = this.#hasNew ? 0 : quietTurns + 1;
      this.#hasNew = false;
      if (quietTurns < QUIET_TURNS) setImmediate(turn);
      else onDone();
    };
    this.#hasNew = false;
    setImmediate(turn);
  }
}
