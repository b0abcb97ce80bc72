import { message } from '../core/messages/messages.ts';
import type { ResultPosition } from '../protocol/messages.ts';
import type { EndedInvocation } from './invocations.ts';

/** The number of results that a form holds. */
export const MAX_RESULTS = 10;

/** The maximum size of the bodies of all forms: responses, sent payloads and inline payloads. In bytes. */
const MAX_BODY_BYTES = 67_108_864;

/** A result of a form, with or without its bodies. */
export interface HeldResult {
  readonly ended: EndedInvocation;
  /** The bodies were dropped in favor of newer ones. The outcome stays. */
  readonly isDropped: boolean;
}

/** The size of the bodies of a result in bytes, at most two per character of a text. */
function bodyBytes({ ended: { order, result } }: HeldResult): number {
  const { payload } = order.invocation;
  const typed = payload.kind === 'typed' ? payload.text.length * 2 : 0;
  return (result.Payload?.byteLength ?? 0) + (result.sent?.byteLength ?? 0) + typed;
}

/** A result without its bodies. A note in its outcome says so. */
function withoutBodies({ ended: { invocationId, order, result } }: HeldResult): HeldResult {
  const { payload, ...fields } = order.invocation;
  const { outcome } = result;
  return {
    ended: {
      invocationId,
      order: {
        ...order,
        invocation: { ...fields, payload: payload.kind === 'typed' ? { ...payload, text: '' } : payload },
      },
      result: { outcome: { ...outcome, notes: [...outcome.notes, message('bodiesDropped')] } },
    },
    isDropped: true,
  };
}

/** The last results of one form, and which of them is shown. */
export class FormResults {
  readonly #onChange: (form: FormResults, changed: string) => void;
  #results: readonly HeldResult[] = [];
  #shownId: string | undefined;

  /** `onChange` receives the ID of a result that was added. */
  constructor(onChange: (form: FormResults, changed: string) => void) {
    this.#onChange = onChange;
  }

  /** The results, oldest first. */
  get all(): readonly HeldResult[] {
    return this.#results;
  }

  /** The result that is shown, if any. */
  get shown(): HeldResult | undefined {
    return this.#results[this.#shownAt];
  }

  /** The position of the result that is shown. */
  get position(): ResultPosition | undefined {
    const at = this.#shownAt;
    return at === -1 ? undefined : { number: at + 1, count: this.#results.length };
  }

  get #shownAt(): number {
    return this.#results.findIndex(({ ended }) => ended.invocationId === this.#shownId);
  }

  /** Adds a result and shows it. If the form already has it, only shows it. */
  add(ended: EndedInvocation): void {
    this.#shownId = ended.invocationId;
    if (this.shown !== undefined) return;
    this.#results = [...this.#results, { ended, isDropped: false }].slice(-MAX_RESULTS);
    this.#onChange(this, ended.invocationId);
  }

  /** Shows an older (negative) or a newer result. Returns whether another one is shown now. */
  step(step: number): boolean {
    const { length } = this.#results;
    const from = this.#shownAt === -1 ? length : this.#shownAt;
    const to = Math.max(0, Math.min(length - 1, from + step));
    this.#shownId = this.#results[to]?.ended.invocationId;
    return to !== from && length > 0;
  }

  /** Shows no result, because the form shows another draft. */
  hide(): void {
    this.#shownId = undefined;
  }

  replace(held: HeldResult, other: HeldResult): void {
    this.#results = this.#results.map((one) => (one === held ? other : one));
  }
}

/** The results of all forms. */
export interface Results {
  /** The results of a new form. */
  open(): FormResults;
  /** Drops the results of a form that was closed. */
  close(form: FormResults): void;
  /** A result of any form. */
  find(invocationId: string): HeldResult | undefined;
}

/** Holds the results of all forms. Drops the oldest bodies of any form when all have more than `maxBytes`. */
export function createResults(maxBytes = MAX_BODY_BYTES): Results {
  const forms = new Set<FormResults>();
  /** Invocation IDs in the order in which their results were added to a form. */
  let ages: readonly string[] = [];

  const idOf = ({ ended }: HeldResult) => ended.invocationId;
  const everything = () => [...forms].flatMap((form) => form.all.map((held) => ({ form, held })));

  function limit(_: FormResults, changed: string): void {
    const present = new Set(everything().map(({ held }) => idOf(held)));
    ages = ages.filter((id) => present.has(id));
    if (!ages.includes(changed)) ages = [...ages, changed];
    const withBodies = everything()
      .filter(({ held }) => bodyBytes(held) > 0)
      .toSorted((one, other) => ages.indexOf(idOf(one.held)) - ages.indexOf(idOf(other.held)));
    let total = withBodies.reduce((sum, { held }) => sum + bodyBytes(held), 0);
    for (const { form, held } of withBodies) {
      if (total <= maxBytes) break;
      total -= bodyBytes(held);
      form.replace(held, withoutBodies(held));
    }
  }

  return {
    open() {
      const form = new FormResults(limit);
      forms.add(form);
      return form;
    },
    close: (form) => void forms.delete(form),
    find: (invocationId) => everything().find(({ held }) => idOf(held) === invocationId)?.held,
  };
}
