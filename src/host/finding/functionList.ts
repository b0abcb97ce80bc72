import type { FunctionSummary } from '../../core/functionFacts.ts';

/** Lists the functions of a connection, page by page. Rejects with InvokeError. */
export type ListFunctions = (
  onPage: (functions: readonly FunctionSummary[]) => void,
  signal: AbortSignal,
) => Promise<void>;

/** The functions of connections, held in memory until they are asked for anew. */
export class FunctionLists {
  readonly #whole = new Map<string, readonly FunctionSummary[]>();

  /**
   * Tells the functions of a connection, by name: at once where they are held, else after each page. Rejects with
   * InvokeError; a list that was not read to its end is not held.
   */
  async read(
    connection: string,
    list: ListFunctions,
    { signal, onChange }: { signal: AbortSignal; onChange: (functions: readonly FunctionSummary[]) => void },
  ): Promise<void> {
    const held = this.#whole.get(connection);
    if (held !== undefined) return onChange(held);
    const found: FunctionSummary[] = [];
    await list((page) => {
      found.push(...page);
      onChange(found);
    }, signal);
    found.sort((one, other) => one.FunctionName.localeCompare(other.FunctionName));
    this.#whole.set(connection, found);
    onChange(found);
  }

  forget(connection: string): void {
    this.#whole.delete(connection);
  }
}
