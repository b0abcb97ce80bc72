import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, codeFolding, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { selectNextOccurrence } from '@codemirror/search';
import { Compartment, EditorState, Transaction, type Extension } from '@codemirror/state';
import {
  EditorView,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { cspNonce } from '../cspNonce.ts';
import { jsonErrorOffset } from '../../src/core/json/jsonScan.ts';
import { prettyJson } from '../../src/core/json/jsonText.ts';
import { setText as showText } from '../dom.ts';
import type { PayloadEditor, PayloadEditorOptions } from './editors.ts';
import { find, openFind } from './find/find.ts';
import { fileDrops } from './fileDrops.ts';
import { escapeThenTab, ownKeys } from './keys.ts';
import { createDocOffset, lineEndField, lineEnds, replaceText, verbatimChange } from './lineEnds.ts';
import { phrases } from './phrases.ts';
import { keysDescription, markProblems, problemMarks } from './problemMarks.ts';
import { themed } from './theme.ts';
import { typing } from './typing.ts';
import { variableMarks } from './variableMarks.ts';

/** What the text area has when it is replaced. */
export interface PayloadSource extends PayloadEditorOptions {
  /** The text as it was set, and with what was typed since. Undo leads back to the first. */
  readonly initialText: string;
  readonly text: string;
}

const readOnly = (isReadOnly: boolean): Extension => EditorState.readOnly.of(isReadOnly);

function editing(): Extension {
  return [
    history(),
    lineEnds,
    lineNumbers(),
    problemMarks(),
    codeFolding(),
    foldGutter(),
    highlightSpecialChars(),
    highlightActiveLineGutter(),
    indentUnit.of('  '),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    json(),
    placeholder('{ }'),
    EditorView.lineWrapping,
    EditorState.allowMultipleSelections.of(false),
    find(),
    ownKeys([
      ...closeBracketsKeymap,
      { key: 'Mod-d', run: selectNextOccurrence, preventDefault: true },
      ...defaultKeymap,
      ...historyKeymap,
      ...foldKeymap,
    ]),
    keymap.of([indentWithTab]),
    escapeThenTab,
    fileDrops,
    typing,
    phrases(),
    themed,
  ];
}

/** The attributes of the text area that the editor takes over. */
function attributesOf(
  { textArea, label, describedBy = '' }: PayloadSource,
  description: string,
): Record<string, string> {
  const invalid = textArea.getAttribute('aria-invalid');
  return {
    id: textArea.id,
    'aria-label': label,
    'aria-describedby': `${describedBy} ${description}`.trim(),
    spellcheck: 'false',
    tabindex: '0',
    ...(invalid !== null && { 'aria-invalid': invalid }),
  };
}

/** A hidden element with the description of the keys. */
function describeKeys(textArea: HTMLTextAreaElement): HTMLElement {
  const element = document.createElement('span');
  element.id = `${textArea.id}-keys`;
  element.hidden = true;
  showText(element, keysDescription());
  return element;
}

/** The offset in a formatted text after as many characters, without white space, as in the text before the caret. */
function sameSpot(before: string, formatted: string): number {
  let rest = before.replaceAll(/\s/g, '').length;
  let at = 0;
  for (; rest > 0 && at < formatted.length; at++) if (!/\s/.test(formatted[at] ?? '')) rest--;
  return at;
}

/** Replaces a text area by an editor with the same text, caret, scroll position and focus. */
export function createPayloadEditor(source: PayloadSource): PayloadEditor {
  const { textArea } = source;
  const variables = new Compartment();
  const writable = new Compartment();
  const keys = describeKeys(textArea);
  let isSetting = false;
  let cached: { readonly state: EditorState; readonly text: string } | undefined;

  const view = new EditorView({
    extensions: [
      EditorView.cspNonce.of(cspNonce()),
      EditorView.contentAttributes.of(attributesOf(source, keys.id)),
      variables.of(source.variables === true ? variableMarks : []),
      writable.of(readOnly(source.isReadOnly === true)),
      editing(),
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !isSetting) source.onChange(verbatimChange(update));
      }),
    ],
  });

  const lineEnd = () => view.state.field(lineEndField);

  function text(): string {
    const { state } = view;
    if (cached?.state.doc !== state.doc || cached.state.field(lineEndField) !== lineEnd()) {
      cached = { state, text: state.doc.sliceString(0, state.doc.length, lineEnd()) };
    }
    return cached.text;
  }

  const setText = (newText: string, isUndoable = true) => {
    if (newText === text()) return;
    isSetting = true;
    view.dispatch(
      replaceText(view.state, newText),
      ...(isUndoable ? [] : [{ annotations: Transaction.addToHistory.of(false) }]),
    );
    isSetting = false;
  };

  setText(source.initialText, false);
  setText(source.text);
  const [anchor, head] = [textArea.selectionStart, textArea.selectionEnd].map((offset) =>
    // The text area's value has \n at all line ends.
    Math.min(offset, view.state.doc.length),
  );
  const isBackward = textArea.selectionDirection === 'backward';
  view.dispatch({ selection: { anchor: (isBackward ? head : anchor) ?? 0, head: (isBackward ? anchor : head) ?? 0 } });

  const { scrollTop } = textArea;
  const hasFocus = document.activeElement === textArea;
  textArea.replaceWith(view.dom);
  view.dom.after(keys);
  if (hasFocus) view.focus();
  view.scrollDOM.scrollTop = scrollTop;

  return {
    get text() {
      return text();
    },
    get caret() {
      return view.state.selection.main.head;
    },
    setText,
    focus: () => view.focus(),
    goTo(offset) {
      const at = Math.min(createDocOffset(text(), lineEnd())(offset), view.state.doc.length);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'nearest' }) });
      view.focus();
    },
    showProblems(problems) {
      const sorted = problems.toSorted((one, other) => one.from - other.from);
      const [start, end] = [createDocOffset(text(), lineEnd()), createDocOffset(text(), lineEnd())];
      markProblems(
        view,
        sorted.map((problem) => ({ ...problem, from: start(problem.from), to: end(problem.to) })),
      );
    },
    format() {
      const whole = text();
      if (whole.trim() === '' || jsonErrorOffset(whole) !== undefined) return false;
      const formatted = prettyJson(whole).replaceAll('\n', lineEnd());
      if (formatted === whole) return true;
      const { from } = view.state.selection.main;
      const caret = sameSpot(view.state.doc.sliceString(0, from), formatted.replaceAll('\r\n', '\n'));
      view.dispatch(replaceText(view.state, formatted));
      view.dispatch({ selection: { anchor: caret }, scrollIntoView: true });
      return true;
    },
    setVariables: (areMarked) => view.dispatch({ effects: variables.reconfigure(areMarked ? variableMarks : []) }),
    setReadOnly: (isReadOnly) => view.dispatch({ effects: writable.reconfigure(readOnly(isReadOnly)) }),
    find: () => void openFind(view),
    dispose: () => view.destroy(),
  };
}
