import { checkPayload, type PayloadProblem } from '../../src/core/invocation/payloadCheck.ts';
import { maskVariables } from '../../src/core/presets/variables.ts';
import type { TextChange } from '../../src/core/text/textChange.ts';
import { sentence } from '../localize.ts';
import type { EditorProblem, PayloadEditor, PayloadEditorOptions } from './editors.ts';
import { loadEditors } from './loadEditors.ts';
import { createPlainPayload } from './plainPayload.ts';
import { afterPaint, runInSlices } from './slices.ts';

/** The pause in typing after which the text is checked. In milliseconds. */
const CHECK_DELAY_MS = 150;

function toEditorProblem({ message, from, to, isWarning }: PayloadProblem): EditorProblem {
  return { from, to, message: sentence(message), severity: isWarning === true ? 'warning' : 'error' };
}

/** Resolves when no text is being composed in an element. */
function afterComposition(element: HTMLElement, isComposing: () => boolean): Promise<void> {
  if (!isComposing()) return Promise.resolve();
  return new Promise((resolve) => {
    element.addEventListener('compositionend', () => setTimeout(resolve), { once: true });
  });
}

/**
 * Creates the editor of the inline payload: the text area at once, and an editor in its place as soon as the bundle of
 * the editors is loaded, after the first paint. If it can't be loaded, the text area remains.
 */
export function createPayloadField(options: PayloadEditorOptions): PayloadEditor {
  const { textArea } = options;
  const plain = createPlainPayload({ ...options, onChange: changed });
  let editor: PayloadEditor = plain;
  let areMarked = options.variables === true;
  let isReadOnly = options.isReadOnly === true;
  let isComposing = false;
  let isDisposed = false;
  let found: readonly PayloadProblem[] = [];
  let added: readonly EditorProblem[] = [];
  let turn = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function showProblems(): void {
    editor.showProblems([...found.map(toEditorProblem), ...added]);
  }

  async function check(): Promise<void> {
    const current = ++turn;
    const { text } = editor;
    const checking = checkPayload(text, areMarked ? maskVariables(text) : text);
    const isWhole = await runInSlices(
      () => {
        const { done, value } = checking.next();
        if (done === true) found = value;
        return done === true;
      },
      () => current === turn,
    );
    if (!isWhole || isDisposed) return;
    showProblems();
    options.onProblems?.(found);
  }

  function checkSoon(): void {
    turn++;
    clearTimeout(timer);
    timer = setTimeout(() => void check(), CHECK_DELAY_MS);
  }

  function changed(change: TextChange): void {
    checkSoon();
    options.onChange(change);
  }

  async function load(): Promise<void> {
    await afterPaint();
    const { createPayloadEditor } = await loadEditors();
    await afterComposition(textArea, () => isComposing);
    if (isDisposed) return;
    const { initialText, text } = plain;
    plain.dispose();
    editor = createPayloadEditor({
      ...options,
      variables: areMarked,
      isReadOnly,
      initialText,
      text,
      onChange: changed,
    });
    showProblems();
  }

  textArea.addEventListener('compositionstart', () => (isComposing = true));
  textArea.addEventListener('compositionend', () => (isComposing = false));
  checkSoon();
  load().catch(() => undefined); // the text area remains

  return {
    get text() {
      return editor.text;
    },
    get caret() {
      return editor.caret;
    },
    setText(text) {
      editor.setText(text);
      checkSoon();
    },
    focus: () => editor.focus(),
    goTo: (offset) => editor.goTo(offset),
    showProblems(problems) {
      added = problems;
      showProblems();
    },
    format: () => editor.format(),
    setVariables(are) {
      areMarked = are;
      editor.setVariables(are);
      checkSoon();
    },
    setReadOnly(is) {
      isReadOnly = is;
      editor.setReadOnly(is);
    },
    find: () => editor.find(),
    dispose() {
      isDisposed = true;
      turn++;
      clearTimeout(timer);
      editor.dispose();
    },
  };
}
