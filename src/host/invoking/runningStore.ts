import type { Memento } from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { showWarning } from '../ui/reportErrors.ts';

const KEY = 'running';

/** Which functions are waited for, by invocation: after a reload of the window, nobody waits for them any more. */
type Running = Readonly<Record<string, string>>;

/** Remembers what is awaited, so that a window that was reloaded in between can say so. */
export class RunningStore {
  readonly #memento: Pick<Memento, 'get' | 'update'>;
  readonly #running = new Map<string, string>();

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** Tells, once, what an earlier life of this window waited for: the functions go on, and their answers reach nobody. */
  async tellLeft(): Promise<void> {
    const left = Object.values(this.#memento.get<Running>(KEY, {}));
    if (left.length > 0) await this.#keep();
    for (const name of left) showWarning(message('leftRunning', name));
  }

  async start(invocationId: string, { invocation }: InvocationOrder): Promise<void> {
    this.#running.set(invocationId, describeFunction(invocation));
    await this.#keep();
  }

  async end(invocationId: string): Promise<void> {
    this.#running.delete(invocationId);
    await this.#keep();
  }

  async #keep(): Promise<void> {
    await this.#memento.update(KEY, Object.fromEntries(this.#running));
  }
}
