import * as l10n from '@vscode/l10n';
import type { CopiedPart } from '../../src/protocol/messages.ts';
import type { OutcomePart } from '../../src/protocol/toHost.ts';
import { byId } from '../dom.ts';
import { post } from '../vscodeApi.ts';
import { nameIconButton } from './buttons.ts';
import type { TextPanel } from './textPanel.ts';

/** What the tools act on: the text of the current tab. */
export interface ToolTarget {
  readonly part: OutcomePart;
  readonly panel: TextPanel;
  readonly isText: boolean;
  readonly isRaw: boolean;
  readonly hasRaw: boolean;
  /** A streaming response can only be exported when it has ended. */
  readonly canExport: boolean;
  toggleRaw(): void;
}

/** Long enough to be seen and announced. In milliseconds. */
const CONFIRMATION_MS = 1500;

/** Copies, and says so in the tooltip and to screen readers. */
async function copy(button: HTMLElement, text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  const { title } = button;
  nameIconButton(button, l10n.t('Copied'));
  window.setTimeout(() => nameIconButton(button, title), CONFIRMATION_MS);
}

/** The tools at the right of the tabs. `target` returns what they act on, or undefined to hide them. */
export class ResultTools {
  readonly #target: () => ToolTarget | undefined;
  #wraps = true;

  constructor(target: () => ToolTarget | undefined) {
    this.#target = target;
    const exportTo = (to: 'clipboard' | 'file' | 'editor') => {
      const part = target()?.part;
      if (part !== undefined) post({ type: 'exportResult', part, to });
    };
    const copyFrom = (id: string, text: (panel: TextPanel) => string | undefined) => () => {
      const panel = target()?.panel;
      const copied = panel === undefined ? undefined : text(panel);
      if (copied !== undefined) void copy(byId(id), copied);
    };
    const clicks: Record<string, () => void> = {
      'tool-find': () => target()?.panel.viewer?.find(),
      'tool-wrap': () => this.#toggleWrap(),
      'response-raw': () => {
        target()?.toggleRaw();
        this.show();
      },
      'tool-copy': () => exportTo('clipboard'),
      'tool-save': () => exportTo('file'),
      'tool-open': () => exportTo('editor'),
      'tool-copy-value': copyFrom('tool-copy-value', ({ viewer }) => viewer?.copyValue()),
      'tool-copy-path': copyFrom('tool-copy-path', ({ viewer }) => viewer?.copyPath()),
    };
    for (const [id, click] of Object.entries(clicks)) byId(id).addEventListener('click', click);
    byId('response-save-stream').addEventListener('click', () => post({ type: 'saveStream' }));
  }

  /** Runs a command of the context menu, which takes the focus: only the host can write to the clipboard then. */
  copy(what: CopiedPart): void {
    const target = this.#target();
    const viewer = target?.panel.viewer;
    const copyText = (text: string | undefined) => text !== undefined && post({ type: 'copyText', text });
    switch (what) {
      case 'value':
        return void copyText(viewer?.copyValue());
      case 'path':
        return void copyText(viewer?.copyPath());
      case 'selection': {
        const text = viewer?.selectedText ?? '';
        if (text !== '') copyText(text);
        else if (target !== undefined) post({ type: 'exportResult', part: target.part, to: 'clipboard' });
      }
    }
  }

  /** Shows the tools that fit the current tab. */
  show(): void {
    const target = this.#target();
    byId('result-tools').hidden = target === undefined;
    if (target === undefined) return;
    const { panel, isText, hasRaw, isRaw, canExport } = target;
    byId('tool-find').hidden = !isText;
    byId('tool-wrap').hidden = !isText || !panel.canWrap;
    byId('response-raw').hidden = !hasRaw;
    byId('response-raw').setAttribute('aria-pressed', String(isRaw));
    byId('tool-wrap').setAttribute('aria-pressed', String(this.#wraps));
    for (const id of ['tool-copy', 'tool-save', 'tool-open']) byId(id).hidden = !canExport;
    for (const id of ['tool-copy-value', 'tool-copy-path']) byId(id).hidden = !isText || !hasRaw;
  }

  #toggleWrap(): void {
    this.#wraps = this.#target()?.panel.viewer?.toggleWrap() ?? this.#wraps;
    this.show();
  }
}
