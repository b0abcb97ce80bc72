import { isSameConnection, type Connection } from '../../core/connection.ts';

interface FormRead {
  readonly connection: Connection;
  readonly abort: AbortController;
}

/** What a form reads from AWS at the moment: one of each kind, for its connection, and nothing once it is closed. */
export class FormReads {
  readonly #reads = new Map<string, FormRead>();
  #isClosed = false;

  /** Begins a read; one of the same kind that is under way is stopped. */
  begin(kind: string, connection: Connection): AbortSignal {
    this.#reads.get(kind)?.abort.abort();
    const abort = new AbortController();
    if (this.#isClosed) abort.abort();
    this.#reads.set(kind, { connection, abort });
    return abort.signal;
  }

  /** Stops what is read for another connection than the form's. */
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
