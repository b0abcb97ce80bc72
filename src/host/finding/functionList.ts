import type { FunctionSummary } from '../../core/functionFacts.ts';

/** Lists the functions of a connection, page by page. Rejects with InvokeError. */
export type ListFunctions = (
  onPage: (functions: readonly FunctionSummary[]) => void,
  signal: AbortSignal,
) => Promise<void>;

type Listener = (functions: readonly FunctionSummary[]) => void;

interface FunctionList {
  found: FunctionSummary[];
  readonly listeners: Set<Listener>;
  readonly abort: AbortController;
  readonly whole: Promise<void>;
}

/** The functions of connections, held in memory until they are asked for anew. */
export class FunctionLists {
  readonly #lists = new Map<string, FunctionList>();

  /**
   * Tells the functions of a connection as they come, and when all are there, by name. What is held, or on its way for
   * another who asked, is told at once. Reading goes on when nobody listens any more: the next one finds it done. Rejects
   * with InvokeError; a list that was not read to its end is not held.
   */
  async read(
    key: string,
    list: ListFunctions,
    { signal, onChange }: { readonly signal: AbortSignal; readonly onChange: Listener },
  ): Promise<void> {
    const reading = this.#lists.get(key) ?? this.#start(key, list);
    const listener: Listener = (functions) => {
      if (!signal.aborted) onChange(functions);
    };
    reading.listeners.add(listener);
    signal.addEventListener('abort', () => reading.listeners.delete(listener), { once: true });
    if (reading.found.length > 0) onChange(reading.found);
    await reading.whole;
    listener(reading.found);
  }

  forget(key: string): void {
    this.#lists.get(key)?.abort.abort();
    this.#lists.delete(key);
  }

  /** What describes connections has changed: nobody knows whose functions these are. */
  clear(): void {
    for (const key of this.#lists.keys()) this.forget(key);
  }

  #start(key: string, list: ListFunctions): FunctionList {
    const abort = new AbortController();
    const listeners = new Set<Listener>();
    const tell = () => {
      for (const listener of listeners) listener(reading.found);
    };
    const read = async () => {
      await list((page) => {
        // It was forgotten: whoever asked then is told by the list that has taken its place.
        if (abort.signal.aborted) return;
        reading.found.push(...page);
        tell();
      }, abort.signal);
      reading.found = reading.found.toSorted((one, other) => one.FunctionName.localeCompare(other.FunctionName));
    };
    const whole = Promise.resolve()
      .then(read)
      .catch((error: unknown) => {
        if (this.#lists.get(key) === reading) this.#lists.delete(key);
        throw error;
      });
    const reading: FunctionList = { found: [], listeners, abort, whole };
    whole.catch(() => undefined); // told to those who read; there may be none left
    this.#lists.set(key, reading);
    return reading;
  }
}
