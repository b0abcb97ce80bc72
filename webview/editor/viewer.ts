import { standardKeymap } from '@codemirror/commands';
import { foldGutter, foldKeymap } from '@codemirror/language';
import {
  Compartment,
  EditorState,
  Text,
  type Extension,
  type StateEffect,
  type TransactionSpec,
} from '@codemirror/state';
import { EditorView, highlightSpecialChars, lineNumbers } from '@codemirror/view';
import { cspNonce } from '../cspNonce.ts';
import { nodeAtShown, nodeAtSource } from '../../src/core/json/jsonIndex.ts';
import type { JsonNode } from '../../src/core/json/jsonPath.ts';
import type { Viewer, ViewerContent, ViewerOptions } from './editors.ts';
import { embeddedTexts } from './embedded.ts';
import { find, openFind } from './find/find.ts';
import { foldValues, jsonView, unfoldValues } from './jsonView.ts';
import { ownKeys } from './keys.ts';
import { phrases } from './phrases.ts';
import { afterPaint, runInSlices } from './slices.ts';
import { themed } from './theme.ts';
import { modelField, setModel } from './viewerModel.ts';
import { toText, unformattedText, viewerText, type ViewerText } from './viewerText.ts';

/** Without `\r`, which stays invisible before a line end. */
const SPECIAL = /(?![\t\n\r])\p{Cc}|[\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffc]/gu;

/** How close to its end the text counts as scrolled to the end. In pixels. */
const END_MARGIN = 8;

const gutters: Extension = [lineNumbers(), foldGutter()];

function reading({ parent, label, onSelect }: ViewerOptions, nested: (viewer: Viewer) => void): Extension {
  return [
    EditorView.cspNonce.of(cspNonce()),
    EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0', spellcheck: 'false' }),
    EditorState.readOnly.of(true),
    EditorState.allowMultipleSelections.of(false),
    highlightSpecialChars({ specialChars: SPECIAL }),
    jsonView,
    embeddedTexts((element, embeddedLabel) => {
      const viewer = createViewer({ parent: element, label: embeddedLabel, ...(onSelect && { onSelect }) });
      nested(viewer);
      return viewer;
    }),
    find(),
    ownKeys([...foldKeymap, ...standardKeymap]),
    EditorView.updateListener.of(({ selectionSet, docChanged, focusChanged }) => {
      if ((selectionSet || docChanged || focusChanged) && parent.isConnected) onSelect?.();
    }),
    phrases(),
    themed,
    // As high as its text, so that CodeMirror measures it when an expanded text grows.
    EditorView.theme({ '.cm-content': { minHeight: 'auto' } }),
  ];
}

/** The node of the JSON value at the caret. At the start of a line, that of the line's first token. */
function nodeAtCaret({ state }: EditorView): { readonly node: JsonNode; readonly source: string } | undefined {
  const model = state.field(modelField);
  if (model.kind !== 'json') return undefined;
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  const indent = line.text.slice(0, 1000).search(/\S/);
  const offset = Math.max(head, line.from + Math.max(0, indent));
  const { source, layout } = model;
  const shownText = (from: number, to: number) => state.sliceDoc(from, to);
  const node = model.isRaw
    ? nodeAtSource(source, layout.checkpoints, offset)
    : nodeAtShown(source, layout.checkpoints, { offset, shownText });
  return node && { node, source };
}

/** The length of the common start of two documents, at most that of the shorter one. */
function commonLength(one: Text, two: Text): number {
  const length = Math.min(one.length, two.length);
  const [a, b] = [one.sliceString(0, length), two.sliceString(0, length)];
  if (a === b) return length;
  let at = 0;
  while (a[at] === b[at]) at++;
  return at;
}

/** Creates a read-only editor that fills its parent. */
export function createViewer(options: ViewerOptions): Viewer {
  const wrap = new Compartment();
  const gutter = new Compartment();
  const embedded = new Set<Viewer>();
  let isWrapped = options.isWrapped !== false;
  let turn = 0;
  let content: ViewerContent | undefined;

  const view = new EditorView({
    parent: options.parent,
    extensions: [
      gutter.of(gutters),
      wrap.of(isWrapped ? EditorView.lineWrapping : []),
      reading(options, (viewer) => embedded.add(viewer)),
    ],
  });

  /** Bytes are in columns, so they don't wrap. */
  function wrapping(): StateEffect<unknown> {
    return wrap.reconfigure(isWrapped && content?.language !== 'binary' ? EditorView.lineWrapping : []);
  }

  /** The expanded text that has the focus. */
  function focused(): Viewer | undefined {
    for (const viewer of embedded) {
      if (!viewer.element.isConnected) embedded.delete(viewer);
      else if (viewer.element.contains(document.activeElement)) return viewer;
    }
    return undefined;
  }

  function replaceText({ model }: ViewerText, text: Text, spec: TransactionSpec = {}): void {
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      selection: { anchor: 0 },
      ...spec,
      effects: [setModel.of(model), gutter.reconfigure(model.kind === 'binary' ? [] : gutters), wrapping()],
    });
    if (spec.changes === undefined) view.scrollDOM.scrollTop = 0;
  }

  /** Shows the parts: the first one at once, and the rest after it has been painted, unless `isContinued`. */
  async function showParts(parts: ViewerText, { isContinued }: { readonly isContinued: boolean }): Promise<boolean> {
    const current = ++turn;
    const isCurrent = () => current === turn;
    let text = Text.empty;
    let isFormatted = true;
    const step = () => {
      const part = parts.next();
      if (part === 'unformatted') isFormatted = false;
      if (part === undefined || part === 'unformatted') return true;
      text = text.append(part);
      return false;
    };
    let isEnd = step();
    if (!isFormatted) return false;
    if (!isContinued) {
      replaceText(parts, text);
      if (!isEnd) await afterPaint();
    }
    if (!isCurrent()) return true;
    const firstLength = isContinued ? commonLength(view.state.doc, text) : text.length;
    if (!isEnd) isEnd = await runInSlices(step, isCurrent);
    if (!isEnd || !isCurrent()) return true;
    if (!isFormatted) return false;
    const rest = { from: firstLength, to: view.state.doc.length, insert: text.slice(firstLength) };
    const { anchor, head } = view.state.selection.main;
    const selection = { anchor: Math.min(anchor, text.length), head: Math.min(head, text.length) };
    if (isContinued) replaceText(parts, text, { changes: rest, selection });
    else view.dispatch({ changes: rest, effects: [] });
    return true;
  }

  async function show(next: ViewerContent): Promise<void> {
    const previous = content;
    content = next;
    const isContinued =
      previous !== undefined &&
      previous.language !== 'binary' &&
      previous.isPartial === true &&
      previous.language === next.language &&
      next.text.startsWith(previous.text);
    view.dom.setAttribute('aria-busy', 'true');
    const isShown = await showParts(viewerText(next), { isContinued });
    if (!isShown && content === next && next.language === 'json') {
      await showParts(unformattedText(next.text), { isContinued: false });
    }
    if (content === next) view.dom.removeAttribute('aria-busy');
  }

  return {
    element: view.dom,
    show,
    append(text) {
      const { scrollDOM } = view;
      const isAtEnd = scrollDOM.scrollHeight - scrollDOM.scrollTop - scrollDOM.clientHeight < END_MARGIN;
      const { length } = view.state.doc;
      view.dispatch({ changes: { from: length, insert: toText(text) } });
      if (isAtEnd) view.dispatch({ effects: EditorView.scrollIntoView(view.state.doc.length, { y: 'end' }) });
    },
    clear: () => void show({ language: 'text', text: '' }),
    find: () => void openFind(view),
    toggleWrap() {
      isWrapped = !isWrapped;
      view.dispatch({ effects: wrapping() });
      return isWrapped;
    },
    foldAll: () => void foldValues(view),
    unfoldAll: () => void unfoldValues(view),
    get selectedText() {
      const { from, to } = view.state.selection.main;
      return focused()?.selectedText ?? view.state.sliceDoc(from, to);
    },
    copyValue() {
      const expanded = focused();
      if (expanded !== undefined) return expanded.copyValue();
      const found = nodeAtCaret(view);
      return found?.source.slice(found.node.start, found.node.end);
    },
    copyPath() {
      const expanded = focused();
      return expanded === undefined ? nodeAtCaret(view)?.node.path : expanded.copyPath();
    },
    focus: () => view.focus(),
    dispose() {
      turn++;
      view.destroy();
    },
  };
}
