import { isSameConnection, type Connection } from '../../core/connection.ts';
import type { ToForm } from '../../protocol/messages.ts';

interface FormAnswersDependencies {
  readonly connection: () => Connection;
  readonly isVisible: () => boolean;
  readonly post: (said: ToForm) => void;
}

/**
 * What was found for a form: it counts for the connection that was asked only, and waits while the form is hidden. What is
 * known of the function is told again to a page that comes back.
 */
export class FormAnswers {
  readonly #dependencies: FormAnswersDependencies;
  #facts: { readonly connection: Connection; readonly said: ToForm } | undefined;
  #waiting: ToForm[] = [];

  constructor(dependencies: FormAnswersDependencies) {
    this.#dependencies = dependencies;
  }

  /** Takes the answers to what was asked on a connection. */
  take(connection: Connection): (said: ToForm) => void {
    return (said) => {
      const { isVisible, post } = this.#dependencies;
      if (!isSameConnection(connection, this.#dependencies.connection())) return;
      if (said.type === 'facts') this.#facts = { connection, said };
      else if (!isVisible()) this.#waiting.push(said);
      if (isVisible()) post(said);
    };
  }

  /** The form has this connection now: what is known on another one, or was asked there, is told no more. */
  keep(connection: Connection): void {
    if (this.#facts !== undefined && !isSameConnection(this.#facts.connection, connection)) this.#facts = undefined;
  }

  /** The page is there again. */
  again(): void {
    const { connection, post } = this.#dependencies;
    for (const said of this.#waiting.splice(0)) post(said);
    if (this.#facts !== undefined && isSameConnection(this.#facts.connection, connection())) post(this.#facts.said);
  }
}
