import { prettyJson, findJsonError } from '../../src/core/json/jsonText.ts';
import { byId } from '../dom.ts';

/** Longer texts are checked and stored once typing pauses. In characters. */
const LARGE = 32_768;
const PAUSE_MS = 200;

const textArea = () => byId<HTMLTextAreaElement>('Payload');

/** The inline payload: a text area that takes typing at once. */
export class PayloadField {
  readonly #onChange: () => void;
  #timer: number | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    textArea().addEventListener('input', () => this.#changed());
  }

  get text(): string {
    return textArea().value;
  }

  /** Replaces the text. The caret stays where it is if the text is the same. */
  set text(text: string) {
    if (text === this.text) return;
    textArea().value = text;
  }

  focus(): void {
    textArea().focus();
  }

  /** Formats valid JSON. Numbers, escapes, key order and duplicate keys stay as they are. */
  format(): void {
    const { text } = this;
    if (text === '' || findJsonError(text) !== undefined) return;
    const pretty = prettyJson(text);
    if (pretty === text) return;
    this.text = pretty;
    this.#onChange();
  }

  #changed(): void {
    window.clearTimeout(this.#timer);
    if (this.text.length > LARGE) this.#timer = window.setTimeout(() => this.#onChange(), PAUSE_MS);
    else this.#onChange();
  }
}
