import { StateEffect, StateField, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, WidgetType, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import * as l10n from '@vscode/l10n';
import { embeddedText, type EmbeddedText } from '../../src/core/json/embeddedText.ts';
import { create, setName, setText, setTitle } from '../dom.ts';
import type { Viewer } from './editors.ts';
import { ownKeys } from './keys.ts';
import { modelField, setModel } from './viewerModel.ts';

/** Creates the viewer for an expanded text. */
type ViewerFactory = (parent: HTMLElement, label: string) => Viewer;

/** Longer strings are decoded only when they are expanded. In characters. */
const MAX_DECODED = 65_536;
const MAX_CACHED = 500;
/** Strings behind longer keys can't be expanded. In characters. */
const MAX_KEY = 1000;
const known = new Map<string, EmbeddedText | undefined>();

function cachedText(literal: string): EmbeddedText | undefined {
  if (known.has(literal)) return known.get(literal);
  if (known.size >= MAX_CACHED) known.clear();
  const text = embeddedText(literal);
  known.set(literal, text);
  return text;
}

/** Whether a string might hold JSON or base64. Exact for strings up to 64 kB. */
function mayHold(literal: string): boolean {
  if (literal.length > MAX_DECODED)
    return /^"(?:\{.*\}|\[.*\]|[\w+/]+={0,2})"$/.test(literal.slice(0, 40) + literal.slice(-4));
  return cachedText(literal) !== undefined;
}

/** A string at the end of a line of formatted JSON. Offsets in the document. */
interface LineString {
  readonly start: number;
  readonly lineEnd: number;
  readonly literal: string;
}

/** The key of a line, and the quote of its string. */
const LINE_START = /^ *(?:"(?:[^"\\]|\\.)*": )?"/;

/** The string value in a line of formatted JSON, if it has one. */
function stringOf(view: EditorView, offset: number): LineString | undefined {
  const line = view.state.doc.lineAt(offset);
  const end = line.text.endsWith(',') ? line.length - 1 : line.length;
  const [before] = LINE_START.exec(line.text.slice(0, MAX_KEY)) ?? [];
  if (before === undefined || line.text[end - 1] !== '"' || end <= before.length) return undefined;
  const start = before.length - 1;
  return { start: line.from + start, lineEnd: line.to, literal: line.text.slice(start, end) };
}

const toggle = StateEffect.define<LineString>();

class ExpandButton extends WidgetType {
  readonly #string: LineString;
  readonly #isOpen: boolean;

  constructor(string: LineString, isOpen: boolean) {
    super();
    this.#string = string;
    this.#isOpen = isOpen;
  }

  override eq(other: ExpandButton): boolean {
    const [one, two] = [this.#string, other.#string];
    return one.start === two.start && one.literal === two.literal && this.#isOpen === other.#isOpen;
  }

  override toDOM(view: EditorView): HTMLElement {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'cm-expand';
    button.tabIndex = -1; // Enter in the line does the same
    setText(button, this.#isOpen ? '{ } ▾' : '{ } ▸');
    const title = this.#isOpen ? l10n.t('Collapse (Enter)') : l10n.t('Expand (Enter)');
    setTitle(button, title);
    setName(button, title);
    button.setAttribute('aria-expanded', String(this.#isOpen));
    button.addEventListener('mousedown', (event) => event.preventDefault());
    button.addEventListener('click', () => view.dispatch({ effects: toggle.of(this.#string) }));
    return button;
  }
}

class ExpandedText extends WidgetType {
  readonly #literal: string;
  readonly #createViewer: ViewerFactory;
  readonly #dispose = new WeakMap<HTMLElement, () => void>();

  constructor(literal: string, factory: ViewerFactory) {
    super();
    this.#literal = literal;
    this.#createViewer = factory;
  }

  override eq(other: ExpandedText): boolean {
    return this.#literal === other.#literal;
  }

  override get estimatedHeight(): number {
    return 120;
  }

  override toDOM(view: EditorView): HTMLElement {
    const box = create('div', 'cm-embedded-text');
    const dom = create('div', 'cm-embedded', box);
    const embedded = embeddedText(this.#literal);
    if (embedded === undefined) {
      setText(box, l10n.t('This text is neither JSON nor base64.'));
      return dom;
    }
    const viewer = this.#createViewer(box, embedded.isBase64 ? l10n.t('Decoded base64') : l10n.t('JSON in a string'));
    // Texts that are expanded inside change the height.
    const sizes = new ResizeObserver(() => view.requestMeasure());
    sizes.observe(dom);
    this.#dispose.set(dom, () => {
      sizes.disconnect();
      viewer.dispose();
    });
    void viewer.show({ language: embedded.language, text: embedded.text });
    return dom;
  }

  override destroy(dom: HTMLElement): void {
    this.#dispose.get(dom)?.();
  }
}

function createExpanded(factory: ViewerFactory): StateField<DecorationSet> {
  return StateField.define<DecorationSet>({
    create: () => Decoration.none,
    update(expanded, { changes, effects }) {
      let next = expanded.map(changes);
      for (const effect of effects) {
        if (effect.is(setModel)) next = Decoration.none;
        if (!effect.is(toggle)) continue;
        const { lineEnd, literal } = effect.value;
        let isOpen = false;
        next.between(lineEnd, lineEnd, () => void (isOpen = true));
        const widget = Decoration.widget({ widget: new ExpandedText(literal, factory), block: true, side: 1 });
        next = isOpen
          ? next.update({ filterFrom: lineEnd, filterTo: lineEnd, filter: () => false })
          : next.update({ add: [widget.range(lineEnd)] });
      }
      return next;
    },
    provide: (field) => EditorView.decorations.from(field),
  });
}

/** Offers to expand strings that hold JSON or base64, with a button or with Enter. */
export function embeddedTexts(factory: ViewerFactory): Extension {
  const expanded = createExpanded(factory);

  function buttons(view: EditorView): DecorationSet {
    const { state } = view;
    const model = state.field(modelField);
    if (model.kind !== 'json' || model.isRaw) return Decoration.none;
    const found: Range<Decoration>[] = [];
    for (const { from, to } of view.visibleRanges) {
      for (let at = from; at <= to;) {
        const string = stringOf(view, at);
        if (string !== undefined && string.start >= from && mayHold(string.literal)) {
          let isOpen = false;
          state.field(expanded).between(string.lineEnd, string.lineEnd, () => void (isOpen = true));
          found.push(Decoration.widget({ widget: new ExpandButton(string, isOpen) }).range(string.start));
        }
        at = state.doc.lineAt(at).to + 1;
      }
    }
    return Decoration.set(found, true);
  }

  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;

      constructor(view: EditorView) {
        this.decorations = buttons(view);
      }

      update(update: ViewUpdate): void {
        const isToggled = update.transactions.some(({ effects }) => effects.length > 0);
        if (isToggled || update.docChanged || update.viewportChanged) this.decorations = buttons(update.view);
      }
    },
    { decorations: ({ decorations }) => decorations },
  );

  function toggleAtCaret(view: EditorView): boolean {
    const string = stringOf(view, view.state.selection.main.head);
    const model = view.state.field(modelField);
    if (string === undefined || model.kind !== 'json' || model.isRaw || !mayHold(string.literal)) return false;
    view.dispatch({ effects: toggle.of(string) });
    return true;
  }

  return [expanded, plugin, ownKeys([{ key: 'Enter', run: toggleAtCaret }])];
}
