import { isSameConnection, type Connection } from '../../core/connection/connection.ts';

interface FormRead {
  readonly connection: Connection;
  readonly abort: AbortController;
}

/** What a form is reading from AWS: one read of each kind, for its connection, and none once the form is closed. */
export class FormReads {
  readonly #reads = new Map<string, FormRead>();
  #isClosed = false;

  /** Reads. An earlier read of the same kind is stopped; the error of a stopped read is dropped. */
  async run(kind: string, connection: Connection, read: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#reads.get(kind)?.abort.abort();
    const abort = new AbortController();
    if (this.#isClosed) abort.abort();
    const own = { connection, abort };
    this.#reads.set(kind, own);
    try {
      await read(abort.signal);
    } catch (error) {
      if (!abort.signal.aborted) throw error;
    } finally {
      if (this.#reads.get(kind) === own) this.#reads.delete(kind);
    }
  }

  /** Stops the reads for any other connection. */
  keep(connection: Connection): void {
    for (const read of this.#reads.values()) {
      if (!isSameConnection(read.connection, connection)) read.abort.abort();
    }
  }

  /** The form is gone. */
  close(): void {
    this.#isClosed = true;
    for (const { abort } of this.#reads.values()) abort.abort();
  }
}
