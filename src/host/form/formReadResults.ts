import { isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { createTurns } from '../../core/async/newest.ts';
import type { ToForm } from '../../protocol/messages.ts';
import { FormReads } from './formReads.ts';

/** Reads for a form: posts what is found, until the signal fires. */
export type FormRead = (reading: {
  readonly post: (said: ToForm) => void;
  readonly signal: AbortSignal;
}) => Promise<void>;

interface FormReadResultsDependencies {
  readonly connection: () => Connection;
  readonly isVisible: () => boolean;
  readonly post: (said: ToForm) => void;
}

/**
 * What was found for a form: it counts for the connection that was asked only, and waits while the form is hidden. What is
 * known of the function is told again to a page that comes back.
 */
export class FormReadResults {
  readonly #dependencies: FormReadResultsDependencies;
  readonly #reads = new FormReads();
  #facts: { readonly connection: Connection; readonly said: ToForm } | undefined;
  #waiting: ToForm[] = [];
  readonly #asking = createTurns();

  constructor(dependencies: FormReadResultsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Takes the answers to what was asked on a connection. */
  take(connection: Connection): (said: ToForm) => void {
    let isNewest = () => true;
    return (said) => {
      const { isVisible, post } = this.#dependencies;
      if (said.type === 'facts') {
        // The question comes first, without an answer; an answer that a later question has overtaken is no news.
        if (said.facts === undefined && said.problem === undefined) isNewest = this.#asking();
        if (!isNewest()) return;
      }
      if (!isSameConnection(connection, this.#dependencies.connection())) return;
      if (said.type === 'facts') this.#facts = { connection, said };
      else if (!isVisible()) this.#waiting.push(said);
      if (isVisible()) post(said);
    };
  }

  /** Reads something that a form asks for; a read of the same kind before it is stopped. */
  read(kind: string, connection: Connection, read: FormRead): Promise<void> {
    return this.#reads.run(kind, connection, (signal) => read({ post: this.take(connection), signal }));
  }

  /** The form is gone: what it reads is stopped. */
  close(): void {
    this.#reads.close();
  }

  /** The form has this connection now: what is known on another one, or was asked there, is told no more. */
  keep(connection: Connection): void {
    this.#reads.keep(connection);
    if (this.#facts !== undefined && !isSameConnection(this.#facts.connection, connection)) this.#facts = undefined;
  }

  /** The page is there again. */
  again(): void {
    const { connection, post } = this.#dependencies;
    for (const said of this.#waiting.splice(0)) post(said);
    if (this.#facts !== undefined && isSameConnection(this.#facts.connection, connection())) post(this.#facts.said);
  }
}
