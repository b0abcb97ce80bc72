import type { FunctionSummary } from '../../core/functions/functionFacts.ts';
import { createSharedTasks } from '../../core/async/sharedTask.ts';

/** Lists the functions of a connection, page by page. Rejects with InvokeError. */
export type ListFunctions = (
  onPage: (functions: readonly FunctionSummary[]) => void,
  signal: AbortSignal,
) => Promise<void>;

type Listener = (functions: readonly FunctionSummary[]) => void;

interface FunctionList {
  found: FunctionSummary[];
  isComplete: boolean;
  readonly listeners: Set<Listener>;
}

/** Caches the functions of connections until they are refreshed. */
export class FunctionLists {
  readonly #lists = new Map<string, FunctionList>();
  /** A list that is opened again soon joins the running read. */
  readonly #reading = createSharedTasks<void>({ lingerMs: 0 });

  /**
   * Passes on the functions of a connection as they arrive, and sorted at the end. Aborting detaches the caller, and
   * the read stops with its last caller. Incomplete lists aren't cached. Rejects with InvokeError.
   */
  async read(
    key: string,
    list: ListFunctions,
    { signal, onChange }: { readonly signal: AbortSignal; readonly onChange: Listener },
  ): Promise<void> {
    if (signal.aborted) return;
    const held = this.#lists.get(key);
    if (held?.isComplete === true) return onChange(held.found);
    const whole = this.#reading.join(key, (shared) => this.#readAll(key, list, shared), signal);
    const reading = this.#lists.get(key);
    const listener: Listener = (functions) => {
      if (!signal.aborted) onChange(functions);
    };
    reading?.listeners.add(listener);
    if (reading !== undefined && reading.found.length > 0) onChange(reading.found);
    try {
      await whole;
      if (reading !== undefined) listener(reading.found);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      reading?.listeners.delete(listener);
    }
  }

  /** The functions of a list that was read, or of one that is being read. */
  held(key: string): readonly FunctionSummary[] {
    return this.#lists.get(key)?.found ?? [];
  }

  forget(key: string): void {
    this.#lists.delete(key);
    this.#reading.cancel(key);
  }

  /** A config file or setting has changed, so profiles might belong to other accounts. */
  clear(): void {
    for (const key of this.#lists.keys()) this.forget(key);
  }

  async #readAll(key: string, list: ListFunctions, signal: AbortSignal): Promise<void> {
    const reading: FunctionList = { found: [], isComplete: false, listeners: new Set() };
    this.#lists.set(key, reading);
    try {
      await Promise.resolve(); // lets the caller add its listener first
      await list((page) => {
        if (signal.aborted) return;
        reading.found.push(...page);
        for (const listener of reading.listeners) listener(reading.found);
      }, signal);
      reading.found = reading.found.toSorted((one, other) => one.FunctionName.localeCompare(other.FunctionName));
      reading.isComplete = !signal.aborted;
    } finally {
      if (!reading.isComplete && this.#lists.get(key) === reading) this.#lists.delete(key);
    }
  }
}
