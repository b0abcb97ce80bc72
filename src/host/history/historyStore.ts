import { EventEmitter, type Memento } from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { toHistoryEntry, addEntry, type HistoryEntry } from '../../core/history/history.ts';

const KEY = 'history';

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
    const entry = toHistoryEntry(invocationId, { ...order, outcome: result.outcome, at: Date.now() });
    await this.#memento.update(KEY, addEntry(this.entries(), entry));
    this.#changed.fire();
  }

  /** The last order, unless its inline payload is no longer in memory. */
  last(): InvocationOrder | 'typedPayloadGone' | undefined {
    const [entry] = this.entries();
    if (entry === undefined) return undefined;
    if (this.#latest?.invocationId === entry.invocationId) {
      const { invocation, connection, environment } = this.#latest.order;
      return { invocation, connection, ...(environment && { environment }) }; // without `isConfirmed`: it is confirmed again
    }
    const { payload } = entry.invocation;
    if (payload.kind === 'typed') return 'typedPayloadGone';
    return { invocation: { ...entry.invocation, payload }, connection: entry.connection };
  }
}
