import type * as vscode from 'vscode';
import { reportErrors } from '../ui/reportErrors.ts';

const KEY = 'lambdaInvoke.hiddenPayloads';
/** Combines changes that follow each other. In milliseconds. */
const STORE_DELAY_MS = 500;
/** Texts of forms that were closed before they were shown again are dropped, oldest first. */
const MAX_TEXTS = 10;

type Texts = Readonly<Record<string, string>>;

/**
 * Texts that were typed in payload editors whose form is hidden, by the ID of the editor. VS Code stores them like the
 * drafts of forms, so that closing the window loses none.
 */
export class HiddenPayloads implements vscode.Disposable {
  readonly #memento: Pick<vscode.Memento, 'get' | 'update'>;
  #texts: Texts;
  #timer: NodeJS.Timeout | undefined;

  constructor(memento: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#memento = memento;
    this.#texts = memento.get<Texts>(KEY, {});
  }

  set(editorId: string, text: string): void {
    const { [editorId]: _, ...others } = this.#texts;
    const newest = Object.entries(others).slice(1 - MAX_TEXTS);
    this.#texts = { ...Object.fromEntries(newest), [editorId]: text };
    this.#timer ??= setTimeout(() => this.#store(), STORE_DELAY_MS);
  }

  /** Removes the text of an editor and returns it. */
  take(editorId: string): string | undefined {
    const { [editorId]: text, ...others } = this.#texts;
    if (text === undefined) return undefined;
    this.#texts = others;
    this.#store();
    return text;
  }

  dispose(): void {
    if (this.#timer !== undefined) this.#store();
  }

  #store(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    reportErrors(Promise.resolve(this.#memento.update(KEY, this.#texts)));
  }
}
