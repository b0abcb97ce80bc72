import { EventEmitter, type Memento } from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { toHistoryEntry, addEntry, type HistoryEntry } from '../../core/history/historyEntry.ts';

const KEY = 'history';

/** An invocation of the history with its request and result, as far as they're still kept. */
export interface RecalledInvocation {
  readonly ended: EndedInvocation;
  /** Its bodies are gone: the payload that was sent, the response, and the log. */
  readonly isDropped: boolean;
}

/** The invocations of this workspace. Inline payloads stay in memory, for Repeat Last Invocation. */
export class HistoryStore {
  readonly #memento: Pick<Memento, 'get' | 'update'>;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** Without the response, which would stay in memory. */
  #latest: Pick<EndedInvocation, 'invocationId' | 'order'> | undefined;

  constructor(memento: Pick<Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  entries(): readonly HistoryEntry[] {
    return this.#memento.get<readonly HistoryEntry[]>(KEY, []);
  }

  async add(ended: EndedInvocation): Promise<void> {
    const { invocationId, order, result } = ended;
    this.#latest = { invocationId, order };
    const entry = toHistoryEntry({ ...order, invocationId, result, at: Date.now() });
    await this.#memento.update(KEY, addEntry(this.entries(), entry));
    this.#changed.fire();
  }

  /** Pins entries, so that they're kept when the history is cleaned up, or unpins them. */
  async pin(invocationIds: readonly string[], isPinned: boolean): Promise<void> {
    const ids = new Set(invocationIds);
    await this.#update((entry) => {
      if (!ids.has(entry.invocationId)) return [entry];
      const { isPinned: _, ...rest } = entry;
      return [isPinned ? { ...rest, isPinned } : rest];
    });
  }

  /** Deletes entries, with their payloads and responses. */
  async delete(invocationIds: readonly string[]): Promise<void> {
    const ids = new Set(invocationIds);
    await this.#update((entry) => (ids.has(entry.invocationId) ? [] : [entry]));
  }

  /** Deletes all entries, with their payloads and responses. */
  async clear(): Promise<void> {
    await this.#update(() => []);
  }

  /** The request and the result of an entry. */
  ended(entry: HistoryEntry): Promise<RecalledInvocation> {
    const { invocationId, invocation, connection, preset, outcome } = entry;
    const { payload } = invocation;
    const source = payload.kind === 'typed' ? { ...payload, text: '' } : payload;
    const order = { invocation: { ...invocation, payload: source }, connection, ...(preset && { preset }) };
    return Promise.resolve({ ended: { invocationId, order, result: { outcome } }, isDropped: true });
  }

  /** The last order, unless its inline payload is no longer in memory. */
  last(): InvocationOrder | 'typedPayloadGone' | undefined {
    const [entry] = this.entries();
    if (entry === undefined) return undefined;
    if (this.#latest?.invocationId === entry.invocationId) {
      const { isConfirmed: _, ...order } = this.#latest.order;
      return order; // without `isConfirmed`: it is confirmed again
    }
    const { payload } = entry.invocation;
    if (payload.kind === 'typed') return 'typedPayloadGone';
    const { invocation, connection, preset } = entry;
    return { invocation: { ...invocation, payload }, connection, ...(preset && { preset }) };
  }

  async #update(change: (entry: HistoryEntry) => readonly HistoryEntry[]): Promise<void> {
    await this.#memento.update(KEY, this.entries().flatMap(change));
    this.#changed.fire();
  }
}
