import * as l10n from '@vscode/l10n';
import { toResponseText } from '../../src/core/outcome/response.ts';
import { formatBytes } from '../../src/core/outcome/summary.ts';
import type { ToForm } from '../../src/protocol/messages.ts';
import type { Destination } from '../../src/protocol/toHost.ts';
import { create, setText } from '../dom.ts';
import type { IconName } from '../icons.ts';
import { post } from '../vscodeApi.ts';
import { iconButton } from './buttons.ts';
import { TextPanel } from './textPanel.ts';

type Sent = Extract<ToForm, { type: 'sent' }>;

const exportButton = (name: IconName, label: string, to: Destination) =>
  iconButton(name, label, () => post({ type: 'exportResult', part: 'sent', to }));

/** The payload as it was sent, with the values of its variables. */
export class SentView {
  readonly element: HTMLElement;
  readonly #state = create('span', 'note');
  readonly #text = create('div', 'text-panel');
  readonly #panel: TextPanel;

  constructor() {
    const tools = create(
      'span',
      'tools',
      exportButton('copy', l10n.t('Copy Sent Payload'), 'clipboard'),
      exportButton('save', l10n.t('Save Sent Payload…'), 'file'),
      exportButton('openEditor', l10n.t('Open Sent Payload in Editor'), 'editor'),
    );
    const head = create('div', 'part-head', create('h3', '', l10n.t('Sent payload')), this.#state, tools);
    this.element = create('div', 'sent', head, this.#text);
    this.element.hidden = true;
    this.#panel = new TextPanel({ root: this.#text, label: l10n.t('Sent payload') });
  }

  clear(): void {
    this.element.hidden = true;
    this.#panel.clear();
  }

  show({ bytes, byteLength, isDropped = false }: Sent): void {
    this.element.hidden = isDropped;
    if (isDropped) return;
    const response = toResponseText(bytes);
    const isWhole = bytes.byteLength >= byteLength;
    const size = formatBytes(byteLength);
    setText(
      this.#state,
      byteLength === 0
        ? l10n.t('No payload')
        : isWhole
          ? size
          : l10n.t('First {0} of {1}', formatBytes(bytes.byteLength), size),
    );
    this.#text.hidden = byteLength === 0;
    // A part of a larger payload isn't valid JSON, and its last character can be incomplete.
    const part = () => new TextDecoder().decode(bytes, { stream: true });
    const text = response.kind === 'json' || response.kind === 'text' ? response.text : part();
    this.#panel.show({ text, language: response.kind === 'json' ? 'json' : 'text' });
  }
}
