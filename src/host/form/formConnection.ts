import type { FormController } from '../../app/formController.ts';
import { createTurns } from '../../core/async/newest.ts';
import { isSameConnection } from '../../core/connection/connection.ts';
import type { ToForm } from '../../protocol/messages.ts';
import type { ConnectionPart } from '../connections/pickConnection.ts';
import type { FormDependencies } from './formDependencies.ts';
import type { FormReadResults } from './formReadResults.ts';

interface FormConnectionOptions {
  readonly controller: () => FormController;
  readonly reads: Pick<FormReadResults, 'keep'>;
  readonly post: (message: ToForm) => void;
  readonly isDisposed: () => boolean;
  /** The form has another connection, or its description has changed. */
  readonly onDidShow: () => void;
}

/** Shows the connection that a form uses, and changes it. */
export class FormConnection {
  readonly #dependencies: FormDependencies;
  readonly #options: FormConnectionOptions;
  readonly #describing = createTurns();

  constructor(dependencies: FormDependencies, options: FormConnectionOptions) {
    this.#dependencies = dependencies;
    this.#options = options;
  }

  /** Posts the name of the connection to a page that has just loaded. `show` follows. */
  postInitialState(): void {
    const { connection } = this.#options.controller();
    if (connection.kind === 'aws')
      this.#options.post({ type: 'connection', connection: { ...connection, isPending: true } });
    else this.#describe();
  }

  show(): void {
    const { controller, reads, onDidShow } = this.#options;
    const { connection } = controller();
    reads.keep(connection);
    onDidShow();
    this.#dependencies.warmUp(connection);
    this.#describe();
  }

  #describe(): void {
    const { controller, post } = this.#options;
    const { connection, formConnection } = controller();
    const override = formConnection === undefined ? {} : { formConnection };
    const isNewest = this.#describing();
    void this.#dependencies.connections.describe(connection).then((view) => {
      const isCurrent = isSameConnection(controller().connection, connection);
      if (isCurrent && isNewest()) post({ type: 'connection', connection: view, ...override });
    });
  }

  /** Changes the connection of the form if it differs from the window's, or else the window's. */
  async change(part: ConnectionPart): Promise<void> {
    const { askConnection, connections } = this.#dependencies;
    const { controller, isDisposed } = this.#options;
    const chosen = await askConnection(part, controller().connection);
    if (chosen === undefined || isDisposed()) return;
    if (controller().formConnection === undefined) await connections.set(chosen);
    else controller().useFormConnection(chosen);
  }
}
