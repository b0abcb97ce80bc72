import * as l10n from '@vscode/l10n';
import { byId, setText } from '../dom.ts';
import { loadScript } from '../loadScript.ts';
import type * as bundle from './index.ts';

declare global {
  /** Defined by the bundle of the result pane. */
  var results: typeof bundle | undefined;
}

type Use = (pane: bundle.ResultPane) => void;

/** The result pane, whose bundle is loaded after the first paint. What uses it before waits until then. */
export class LaterResultPane {
  #pane: bundle.ResultPane | undefined;
  #waiting: Use[] = [];

  use(use: Use): void {
    if (this.#pane === undefined) this.#waiting.push(use);
    else use(this.#pane);
  }

  async load(): Promise<void> {
    await loadScript('result').catch(() => undefined);
    this.#pane = globalThis.results?.createResultPane();
    if (this.#pane === undefined) {
      setText(byId('result-empty'), l10n.t("Results can't be shown. Reload the window."));
      return;
    }
    for (const use of this.#waiting) use(this.#pane);
    this.#waiting = [];
  }
}
