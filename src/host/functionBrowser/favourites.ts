import type * as vscode from 'vscode';

const KEY = 'favouriteFunctions';
const MAX = 100;

/** The names of favorite functions, by connection. */
export class Favourites {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
  }

  of(connection: string): string[] {
    return this.#all()[connection] ?? [];
  }

  async toggle(connection: string, name: string): Promise<void> {
    const before = this.of(connection);
    const after = before.includes(name) ? before.filter((other) => other !== name) : [name, ...before].slice(0, MAX);
    await this.#memento.update(KEY, { ...this.#all(), [connection]: after });
  }

  #all(): Readonly<Record<string, string[]>> {
    return this.#memento.get<Record<string, string[]>>(KEY, {});
  }
}
