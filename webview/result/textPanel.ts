import { jsonDepth, MAX_DEPTH, prettyJson } from '../../src/core/json/jsonText.ts';
import { create, setName } from '../dom.ts';
import type { Viewer, ViewerContent } from '../editor/editors.ts';
import { hexRows } from '../editor/hexDump.ts';
import { loadEditors } from '../editor/loadEditors.ts';
import { appendText } from './textBlocks.ts';

/** How much is shown until the viewer is loaded. In characters and in bytes. */
const FIRST_CHARACTERS = 16_384;
const FIRST_BYTES = 4096;

/** Larger JSON isn't formatted without the viewer. In characters. */
const MAX_PLAIN_PRETTY = 1_048_576;

const EMPTY: ViewerContent = { text: '', language: 'text' };

const isFormattable = (text: string) => text.length <= MAX_PLAIN_PRETTY && jsonDepth(text) <= MAX_DEPTH;

/** What is shown without the viewer. Without `isWhole`, only the beginning of a long text. */
function plainText(content: ViewerContent, isWhole: boolean): string {
  if (content.language === 'binary') {
    return hexRows(isWhole ? content.bytes : content.bytes.subarray(0, FIRST_BYTES), 0, Infinity).join('\n');
  }
  const { text } = content;
  if (!isWhole && text.length > FIRST_CHARACTERS) return text.slice(0, FIRST_CHARACTERS);
  const isPretty = content.language === 'json' && content.isRaw !== true && content.isPartial !== true;
  return isPretty && isFormattable(text) ? prettyJson(text) : text;
}

interface PanelOptions {
  readonly root: HTMLElement;
  /** The accessible name. */
  readonly label: string;
  /** Called when the selection or the text of the viewer changes. */
  readonly onSelect?: () => void;
}

/** Shows text in a viewer, and in a plain element until the viewer is loaded or if it can't be loaded. */
export class TextPanel {
  readonly #options: PanelOptions;
  readonly #plain: HTMLElement;
  #viewer: Viewer | undefined;
  #content: ViewerContent = EMPTY;
  /** What the viewer is about to show. Texts that are added meanwhile follow when it is shown. */
  #showing: ViewerContent | undefined;
  #isLoading = false;
  #hasFailed = false;

  constructor(options: PanelOptions) {
    this.#options = options;
    this.#plain = create('pre', '');
    this.#plain.tabIndex = 0;
    this.#plain.setAttribute('role', 'region');
    setName(this.#plain, options.label);
    options.root.append(this.#plain);
  }

  /** The viewer, once it is loaded. */
  get viewer(): Viewer | undefined {
    return this.#viewer;
  }

  /** Whether long lines can wrap. Those of bytes can't. */
  get canWrap(): boolean {
    return this.#content.language !== 'binary';
  }

  show(content: ViewerContent): void {
    this.#content = content;
    if (this.#viewer === undefined) {
      this.#showPlain();
      void this.#load();
    } else void this.#showIn(this.#viewer);
  }

  /** Adds to the end of a text. */
  append(added: string): void {
    const text = this.#content.language === 'binary' ? '' : this.#content.text;
    this.#content = { text: text + added, language: 'text' };
    if (this.#viewer !== undefined) {
      if (this.#showing === undefined) this.#viewer.append(added);
      return;
    }
    if (this.#hasFailed || text.length < FIRST_CHARACTERS) appendText(this.#plain, added);
    void this.#load();
  }

  clear(): void {
    this.#content = EMPTY;
    this.#showing = undefined;
    this.#viewer?.clear();
    this.#plain.replaceChildren();
  }

  async #showIn(viewer: Viewer): Promise<void> {
    const content = this.#content;
    this.#showing = content;
    await viewer.show(content);
    if (this.#showing !== content) return;
    this.#showing = undefined;
    if (content.language === 'binary' || this.#content.language === 'binary') return;
    const added = this.#content.text.slice(content.text.length);
    if (added !== '') viewer.append(added);
  }

  #showPlain(): void {
    this.#plain.replaceChildren();
    appendText(this.#plain, plainText(this.#content, this.#hasFailed));
  }

  /** Loads the viewer before there is a text. */
  prepare(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const editors = await loadEditors();
      const { root, label, onSelect } = this.#options;
      const hadFocus = document.activeElement === this.#plain;
      this.#viewer = editors.createViewer({ parent: root, label, ...(onSelect !== undefined && { onSelect }) });
      void this.#showIn(this.#viewer);
      this.#plain.remove();
      if (hadFocus) this.#viewer.focus();
    } catch {
      this.#hasFailed = true;
      this.#showPlain();
    }
  }
}
