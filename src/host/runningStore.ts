import type { Memento } from 'vscode';
import type { InvocationOrder } from '../app/runInvocation.ts';
import { describeFunction } from '../core/invocation.ts';

const KEY = 'running';

/** What has ended by then was never written down: most invocations are that quick. */
const KEEP_AFTER_MS = 300;

/** Which functions are waited for, by invocation: after a reload of the window, nobody waits for them any more. */
type Running = Readonly<Record<string, string>>;

/** Remembers what is awaited, so that a window that was reloaded in between can say so. */
export class RunningStore {
  readonly #memento: Pick<Memento, 'get' | 'update'>;
  readonly #running = new Map<string, string>();
  readonly #kept = new Set<string>();

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  /** The functions that an earlier life of this window waited for. Told once. */
  async takeLeft(): Promise<string[]> {
    const left = Object.values(this.#memento.get<Running>(KEY, {}));
    if (left.length > 0) await this.#keep();
    return left;
  }

  async start(invocationId: string, { invocation }: InvocationOrder): Promise<void> {
    this.#running.set(invocationId, describeFunction(invocation));
    await new Promise((resolve) => setTimeout(resolve, KEEP_AFTER_MS));
    if (!this.#running.has(invocationId)) return;
    this.#kept.add(invocationId);
    await this.#keep();
  }

  async end(invocationId: string): Promise<void> {
    this.#running.delete(invocationId);
    if (this.#kept.delete(invocationId)) await this.#keep();
  }

  async #keep(): Promise<void> {
    const kept = [...this.#running].filter(([invocationId]) => this.#kept.has(invocationId));
    await this.#memento.update(KEY, Object.fromEntries(kept));
  }
}
