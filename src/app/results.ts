import { message, type Message, type MessageCode } from '../core/messages/messages.ts';
import { returnedStatus } from '../core/outcome/httpStatus.ts';
import { hasResponse } from '../core/outcome/outcome.ts';
import type { ResultPosition } from '../protocol/messages.ts';
import type { EndedInvocation } from './invocations.ts';
import type { WholeLog } from './logs/wholeLog.ts';
import type { InvocationOrder } from './runInvocation.ts';

/** The number of results that a form holds. */
export const MAX_RESULTS = 10;

/**
 * The maximum size of all bodies in memory, for the forms and the history: responses, sent payloads, inline payloads, and
 * logs. In bytes.
 */
const MAX_BODY_BYTES = 67_108_864;

/** The notes of results whose bodies are gone. */
const GONE: ReadonlySet<MessageCode> = new Set([
  'bodiesDropped',
  'bodiesInMemory',
  'bodiesNotStored',
  'bodiesTooLarge',
  'responseNotKept',
]);

/** A result of a form, with or without its bodies. */
export interface HeldResult {
  readonly ended: EndedInvocation;
  /** The bodies were dropped in favor of newer ones. The outcome stays. */
  readonly isDropped: boolean;
  /** The whole log, if it was read from CloudWatch Logs. */
  readonly wholeLog?: WholeLog;
}

/** A result in memory. */
interface Pooled extends HeldResult {
  /** The order for the history, if it differs from the form's: it has the text of an untitled editor. */
  readonly order?: InvocationOrder;
}

/** The size of an inline payload in bytes, at most two per character. */
function typedBytes(order: InvocationOrder | undefined): number {
  const payload = order?.invocation.payload;
  return payload?.kind === 'typed' ? payload.text.length * 2 : 0;
}

/** The size of the bodies of a result in bytes. */
function bodyBytes({ ended: { order, result }, order: other, isDropped, wholeLog }: Pooled): number {
  const whole = (wholeLog?.text.length ?? 0) * 2;
  if (isDropped) return whole;
  const { outcome, Payload, sent } = result;
  const tail = 'logTail' in outcome ? (outcome.logTail?.text.length ?? 0) * 2 : 0;
  const texts = tail + whole + typedBytes(order) + typedBytes(other);
  return (Payload?.byteLength ?? 0) + (sent?.byteLength ?? 0) + texts;
}

/** A result with its whole log. The report of the log has the figures that the response lacks. */
function withLog(held: Pooled, wholeLog: WholeLog): Pooled {
  const { ended } = held;
  const { outcome } = ended.result;
  const { report } = wholeLog;
  if (!hasResponse(outcome) || outcome.report !== undefined || report === undefined) return { ...held, wholeLog };
  return { ...held, wholeLog, ended: { ...ended, result: { ...ended.result, outcome: { ...outcome, report } } } };
}

/** A result without its bodies. A note in its outcome says so. */
export function withoutBodies({ invocationId, order, result }: EndedInvocation, note: Message): EndedInvocation {
  const { payload, ...fields } = order.invocation;
  const { outcome } = result;
  const statusCode = returnedStatus(result);
  return {
    invocationId,
    order: {
      ...order,
      invocation: { ...fields, payload: payload.kind === 'typed' ? { ...payload, text: '' } : payload },
    },
    result: {
      outcome: { ...outcome, notes: [...outcome.notes, note] },
      ...(statusCode !== undefined && { statusCode }),
    },
  };
}

/** The results in memory, for the forms. */
interface Pool {
  get(invocationId: string): HeldResult | undefined;
  /** Adds a result, unless it's in memory, for a caller that has its ID. */
  hold(ended: EndedInvocation): void;
  /** The caller no longer has these IDs. */
  release(invocationIds: readonly string[]): void;
}

/** The last results of one form, and which of them is shown. */
export class FormResults {
  readonly #pool: Pool;
  #ids: readonly string[] = [];
  #shownId: string | undefined;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The invocation IDs of the results, oldest first. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** The results, oldest first. */
  get all(): readonly HeldResult[] {
    return this.#ids.map((id) => this.#pool.get(id)).filter((held) => held !== undefined);
  }

  /** The result that is shown, if any. */
  get shown(): HeldResult | undefined {
    const id = this.#ids[this.#shownAt];
    return id === undefined ? undefined : this.#pool.get(id);
  }

  /** The result before the one that is shown, if any. */
  get previous(): HeldResult | undefined {
    const id = this.#ids[this.#shownAt - 1];
    return id === undefined ? undefined : this.#pool.get(id);
  }

  /** The position of the result that is shown. */
  get position(): ResultPosition | undefined {
    const at = this.#shownAt;
    return at === -1 ? undefined : { number: at + 1, count: this.#ids.length };
  }

  get #shownAt(): number {
    return this.#ids.findIndex((id) => id === this.#shownId);
  }

  /** Adds a result and shows it. If the form already has it, only shows it. */
  add(ended: EndedInvocation): void {
    this.#shownId = ended.invocationId;
    if (this.#ids.includes(ended.invocationId)) return;
    const ids = [...this.#ids, ended.invocationId];
    this.#ids = ids.slice(-MAX_RESULTS);
    this.#pool.hold(ended);
    this.#pool.release(ids.slice(0, -MAX_RESULTS));
  }

  /** Shows an older (negative) or a newer result. Returns whether another one is shown now. */
  step(step: number): boolean {
    const { length } = this.#ids;
    const from = this.#shownAt === -1 ? length : this.#shownAt;
    const to = Math.max(0, Math.min(length - 1, from + step));
    this.#shownId = this.#ids[to];
    return to !== from && length > 0;
  }

  /** Shows no result, because the form shows another draft. */
  hide(): void {
    this.#shownId = undefined;
  }
}

/** The results in memory: of all forms, and of the history. */
export interface Results {
  /** The results of a new form. */
  open(): FormResults;
  /** Drops the results of a form that was closed, except those of the history. */
  close(form: FormResults): void;
  /** A result in memory. */
  find(invocationId: string): HeldResult | undefined;
  /** Adds the whole log to a result in memory. */
  addLog(invocationId: string, log: WholeLog): void;
  /** Keeps a result for the history. */
  keep(ended: EndedInvocation): void;
  /** A result as kept for the history. Undefined if its bodies were dropped. */
  recall(invocationId: string): EndedInvocation | undefined;
  /** Drops results of the history, except those that a form has. */
  forget(invocationIds: readonly string[]): void;
}

/** Holds results in memory. Drops the oldest bodies when all have more than `maxBytes`. */
export function createResults(maxBytes = MAX_BODY_BYTES): Results {
  const forms = new Set<FormResults>();
  /** The IDs of the results that the history keeps. */
  const kept = new Set<string>();
  /** The results by invocation ID, oldest first. */
  const pool = new Map<string, Pooled>();

  const isShown = (id: string) => [...forms].some(({ ids }) => ids.includes(id));

  function limit(): void {
    let total = [...pool.values()].reduce((sum, held) => sum + bodyBytes(held), 0);
    for (const [id, held] of pool) {
      if (total <= maxBytes) break;
      const bytes = bodyBytes(held);
      if (bytes === 0) continue;
      total -= bytes;
      kept.delete(id);
      if (!isShown(id)) pool.delete(id);
      else if (held.isDropped) pool.set(id, { ended: held.ended, isDropped: true });
      else pool.set(id, { ended: withoutBodies(held.ended, message('bodiesDropped')), isDropped: true });
    }
  }

  function hold(ended: EndedInvocation): void {
    const { invocationId, result } = ended;
    const isDropped = result.outcome.notes.some(({ code }) => GONE.has(code));
    const held = pool.get(invocationId);
    if (held !== undefined && (!held.isDropped || isDropped)) return;
    pool.delete(invocationId); // a result with bodies again becomes the newest
    pool.set(invocationId, { ended, isDropped });
    limit();
  }

  function release(invocationIds: readonly string[]): void {
    for (const id of invocationIds) if (!kept.has(id) && !isShown(id)) pool.delete(id);
  }

  return {
    open() {
      const form = new FormResults({ get: (id) => pool.get(id), hold, release });
      forms.add(form);
      return form;
    },
    close(form) {
      forms.delete(form);
      release(form.ids);
    },
    find: (id) => pool.get(id),
    addLog(id, log) {
      const held = pool.get(id);
      if (held === undefined) return;
      pool.delete(id); // it becomes the newest
      pool.set(id, withLog(held, log));
      limit();
    },
    keep(ended) {
      const { invocationId, order } = ended;
      kept.add(invocationId);
      const held = pool.get(invocationId);
      if (held === undefined) return hold(ended);
      if (held.ended.order !== order && !held.isDropped) pool.set(invocationId, { ...held, order });
      limit();
    },
    recall(id) {
      const held = pool.get(id);
      if (held === undefined || held.isDropped) return undefined;
      return held.order === undefined ? held.ended : { ...held.ended, order: held.order };
    },
    forget(invocationIds) {
      for (const id of invocationIds) kept.delete(id);
      release(invocationIds);
    },
  };
}
