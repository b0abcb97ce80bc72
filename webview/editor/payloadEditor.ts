import { json } from '@codemirror/lang-json';
import { EditorView } from '@codemirror/view';

/** Replaces a text area by an editor with the same text. */
export function createPayloadEditor({
  parent,
  nonce,
}: {
  readonly parent: Element;
  readonly nonce: string;
}): EditorView {
  return new EditorView({ parent, extensions: [EditorView.cspNonce.of(nonce), json()] });
}
