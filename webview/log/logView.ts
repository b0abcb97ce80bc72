import * as l10n from '@vscode/l10n';
import { create, setName, setText } from '../dom.ts';

/** The log of an invocation, or why there is none. */
export type LogContent =
  | { readonly kind: 'tail' | 'truncated' | 'whole'; readonly text: string; readonly requestId?: string }
  | {
      readonly kind: 'none';
      readonly reason: 'notRequested' | 'notReturned';
      readonly location?: { readonly logGroup: string; readonly logStreamName?: string };
    };

/** Shows a log as text. */
export class LogView {
  readonly #text: HTMLElement;

  constructor(root: HTMLElement) {
    this.#text = create('pre', '');
    this.#text.id = 'log-text';
    this.#text.tabIndex = 0;
    this.#text.setAttribute('role', 'region');
    setName(this.#text, l10n.t('Log'));
    root.append(this.#text);
  }

  show(log: LogContent): void {
    setText(this.#text, log.kind === 'none' ? this.#absence(log) : log.text.replaceAll(/\r(?!\n)/g, '\n'));
  }

  clear(): void {
    setText(this.#text, '');
  }

  #absence({ reason, location }: Extract<LogContent, { kind: 'none' }>): string {
    if (location !== undefined) {
      const where = [l10n.t('Log group: {0}', location.logGroup)];
      if (location.logStreamName !== undefined) where.push(l10n.t('Log stream: {0}', location.logStreamName));
      return where.join('\n');
    }
    return reason === 'notRequested' ? l10n.t('No log was requested.') : l10n.t('Lambda returned no log.');
  }
}
