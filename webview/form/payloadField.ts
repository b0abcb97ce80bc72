import * as l10n from '@vscode/l10n';
import type { TextChange } from '../../src/core/text/textChange.ts';
import { byId } from '../dom.ts';
import type { PayloadEditor } from '../editor/editors.ts';
import { createPayloadField } from '../editor/payloadField.ts';
import { post } from '../vscodeApi.ts';

/** Longer texts are checked and stored once typing pauses. In characters. */
const LARGE = 32_768;
const PAUSE_MS = 200;

/** The inline payload: a text area that takes typing at once, and then an editor. */
export class PayloadField {
  readonly #editor: PayloadEditor;
  readonly #onChange: () => void;
  #timer: number | undefined;
  #isLarge: boolean;
  #areMarked = false;

  constructor(text: string, onChange: () => void) {
    this.#onChange = onChange;
    this.#isLarge = text.length > LARGE;
    // The page might be hidden or reloaded before the pause ends.
    for (const type of ['focusout', 'visibilitychange', 'pagehide'])
      window.addEventListener(type, () => {
        if (this.#timer !== undefined) this.#report();
      });
    const textArea = byId<HTMLTextAreaElement>('Payload');
    textArea.value = text;
    this.#editor = createPayloadField({
      textArea,
      label: l10n.t('Payload'),
      describedBy: 'Payload-problem',
      onChange: (change) => this.#changed(change),
    });
  }

  get text(): string {
    const { text } = this.#editor;
    this.#isLarge = text.length > LARGE;
    return text;
  }

  /** Replaces the text. The caret stays where it is if the text is the same. */
  set text(text: string) {
    if (text !== this.text) this.#editor.setText(text);
  }

  get caret(): number {
    return this.#editor.caret;
  }

  /** Marks `${…}` in the text, or not. */
  markVariables(areMarked: boolean): void {
    if (areMarked !== this.#areMarked) this.#editor.setVariables(areMarked);
    this.#areMarked = areMarked;
  }

  /** Formats valid JSON. Numbers, escapes, key order and duplicate keys stay as they are. */
  format(): void {
    this.#editor.format();
  }

  #changed(change: TextChange): void {
    window.clearTimeout(this.#timer);
    if (!this.#isLarge) return this.#report();
    // The form might be closed before the pause ends.
    post({ type: 'payloadTyping', change });
    this.#timer = window.setTimeout(() => this.#report(), PAUSE_MS);
  }

  #report(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#onChange();
  }
}
