import { isSameConnection, type Connection } from '../../core/connection/connection.ts';

interface FormRead {
  readonly connection: Connection;
  readonly abort: AbortController;
}

/** The reads of a form from AWS: one of each kind, for its connection, and none after closing. */
export class FormReads {
  readonly #reads = new Map<string, FormRead>();
  #isClosed = false;

  /** Starts a read and stops an earlier one of the same kind. Errors of stopped reads are ignored. */
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

  /** Stops reads for other connections. */
  keep(connection: Connection): void {
    for (const read of this.#reads.values()) {
      if (!isSameConnection(read.connection, connection)) read.abort.abort();
    }
  }

  /** The form was closed. */
  close(): void {
    this.#isClosed = true;
    for (const { abort } of this.#reads.values()) abort.abort();
  }
}
