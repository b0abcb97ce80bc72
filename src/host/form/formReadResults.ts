import { isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { createTurns } from '../../core/async/newest.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { FormReads } from './formReads.ts';

/** Reads for a form, and posts results until aborted. */
export type FormRead = (reading: {
  readonly post: (result: ToForm) => void;
  readonly signal: AbortSignal;
}) => Promise<void>;

interface FormReadResultsDependencies {
  readonly connection: () => Connection;
  readonly isVisible: () => boolean;
  readonly post: (result: ToForm) => void;
}

/**
 * Results of reads for a form. Posts a result only if the form still has the same connection, and when the form is
 * visible. Posts the facts of the function again when the page reloads.
 */
export class FormReadResults {
  readonly #dependencies: FormReadResultsDependencies;
  readonly #reads = new FormReads();
  #facts: { readonly connection: Connection; readonly result: ToForm } | undefined;
  #waiting: ToForm[] = [];
  readonly #readingFacts = createTurns();

  constructor(dependencies: FormReadResultsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Returns a callback for the results of a read on a connection. */
  take(connection: Connection): (result: ToForm) => void {
    let isNewest = () => true;
    return (result) => {
      const { isVisible, post } = this.#dependencies;
      if (result.type === 'facts') {
        // A result without facts starts a read. Results of older reads are dropped.
        if (result.facts === undefined && result.problem === undefined) isNewest = this.#readingFacts();
        if (!isNewest()) return;
      }
      if (!isSameConnection(connection, this.#dependencies.connection())) return;
      if (result.type === 'facts') this.#facts = { connection, result };
      else if (!isVisible()) this.#waiting.push(result);
      if (isVisible()) post(result);
    };
  }

  /** Starts a read and stops an earlier one of the same kind. */
  read(kind: string, connection: Connection, read: FormRead): Promise<void> {
    return this.#reads.run(kind, connection, (signal) => read({ post: this.take(connection), signal }));
  }

  /** The form was closed. Stops its reads. */
  close(): void {
    this.#reads.close();
  }

  /** The connection of the form. Stops reads on other connections and drops their facts. */
  keep(connection: Connection): void {
    this.#reads.keep(connection);
    if (this.#facts !== undefined && !isSameConnection(this.#facts.connection, connection)) this.#facts = undefined;
  }

  /** The page has loaded again. */
  again(): void {
    const { connection, post } = this.#dependencies;
    for (const result of this.#waiting.splice(0)) post(result);
    if (this.#facts !== undefined && isSameConnection(this.#facts.connection, connection())) post(this.#facts.result);
  }
}
