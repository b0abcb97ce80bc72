import { json } from '@codemirror/lang-json';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** Creates a read-only editor. */
export function createViewer({ parent, nonce }: { readonly parent: Element; readonly nonce: string }): EditorView {
  return new EditorView({ parent, extensions: [EditorView.cspNonce.of(nonce), EditorState.readOnly.of(true), json()] });
}
