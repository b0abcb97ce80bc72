import { isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { createTurns } from '../../core/async/newest.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { FormReads } from './formReads.ts';

/** Reads for a form, and posts what is found until the signal fires. */
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
 * What is found for a form. A result is posted only while the form still has the connection it was read on, and waits
 * while the form is hidden. The function's facts are posted again to a page that comes back.
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

  /** Takes the results of a read on a connection. */
  take(connection: Connection): (result: ToForm) => void {
    let isNewest = () => true;
    return (result) => {
      const { isVisible, post } = this.#dependencies;
      if (result.type === 'facts') {
        // First comes a result without facts, which begins the read. One that a later read has overtaken is dropped.
        if (result.facts === undefined && result.problem === undefined) isNewest = this.#readingFacts();
        if (!isNewest()) return;
      }
      if (!isSameConnection(connection, this.#dependencies.connection())) return;
      if (result.type === 'facts') this.#facts = { connection, result };
      else if (!isVisible()) this.#waiting.push(result);
      if (isVisible()) post(result);
    };
  }

  /** Reads something for the form. An earlier read of the same kind is stopped. */
  read(kind: string, connection: Connection, read: FormRead): Promise<void> {
    return this.#reads.run(kind, connection, (signal) => read({ post: this.take(connection), signal }));
  }

  /** The form is gone: its reads are stopped. */
  close(): void {
    this.#reads.close();
  }

  /** The form has this connection now. Reads on another one are stopped, and their facts are dropped. */
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
