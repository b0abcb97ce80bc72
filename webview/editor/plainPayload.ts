import { setName } from '../dom.ts';
import type { PayloadEditor, PayloadEditorOptions } from './editors.ts';

/** The payload in a text area, which replaces all line ends in its value by `\n`. */
export interface PlainPayload extends PayloadEditor {
  /** The text as it was last set. */
  readonly initialText: string;
}

const withPlainLineEnds = (text: string) => text.replaceAll(/\r\n?/g, '\n');

/** Uses the text area itself until the editor is loaded. Its text stays verbatim until it is edited. */
export function createPlainPayload({
  textArea,
  label,
  describedBy,
  isReadOnly,
  onChange,
}: PayloadEditorOptions): PlainPayload {
  let initialText = textArea.value;
  setName(textArea, label);
  if (describedBy !== undefined) textArea.setAttribute('aria-describedby', describedBy);
  textArea.readOnly = isReadOnly === true;
  const changed = () => onChange({ start: 0, end: 0, text: text() });
  textArea.addEventListener('input', changed);

  /** Typed text gets the line ends of the text that was set. */
  function text(): string {
    const { value } = textArea;
    if (value === withPlainLineEnds(initialText)) return initialText;
    return initialText.includes('\r\n') ? value.replaceAll('\n', '\r\n') : value;
  }

  return {
    get text() {
      return text();
    },
    get caret() {
      return textArea.selectionStart;
    },
    get initialText() {
      return initialText;
    },
    setText(newText) {
      initialText = newText;
      textArea.value = newText;
    },
    focus: () => textArea.focus(),
    goTo(offset) {
      const at = withPlainLineEnds(text().slice(0, offset)).length;
      textArea.setSelectionRange(at, at);
      textArea.focus();
    },
    showProblems: () => undefined,
    format: () => false,
    setVariables: () => undefined,
    setReadOnly(isNowReadOnly) {
      textArea.readOnly = isNowReadOnly;
    },
    find: () => undefined,
    dispose: () => textArea.removeEventListener('input', changed),
  };
}
