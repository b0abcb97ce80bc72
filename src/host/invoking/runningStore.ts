import type { Memento } from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { notify } from '../notify.ts';

const KEY = 'running';

/** Shorter invocations end before a window can be reloaded, and storing them would delay their outcome. */
const STORE_AFTER_MS = 100;

/** The names of running functions by invocation ID. */
type Running = Readonly<Record<string, string>>;

/** Stores running invocations, because a reload of the window loses them. */
export class RunningStore {
  readonly #memento: Pick<Memento, 'get' | 'update'>;
  readonly #running = new Map<string, string>();
  readonly #stored = new Set<string>();

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** Warns, once, about the functions that were running when this window was closed or reloaded. */
  async reportLeftRunning(): Promise<void> {
    const left = Object.values(this.#memento.get<Running>(KEY, {}));
    if (left.length > 0) await this.#keep();
    for (const name of left) notify('warning', message('leftRunning', name));
  }

  async start(invocationId: string, { invocation }: InvocationOrder): Promise<void> {
    this.#running.set(invocationId, describeFunction(invocation));
    await new Promise((resolve) => setTimeout(resolve, STORE_AFTER_MS));
    if (!this.#running.has(invocationId)) return;
    this.#stored.add(invocationId);
    await this.#keep();
  }

  async end(invocationId: string): Promise<void> {
    this.#running.delete(invocationId);
    if (this.#stored.delete(invocationId)) await this.#keep();
  }

  async #keep(): Promise<void> {
    await this.#memento.update(KEY, Object.fromEntries(this.#running));
  }
}
