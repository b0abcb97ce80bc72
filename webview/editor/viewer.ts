import { json } from '@codemirror/lang-json';
import { defaultHighlightStyle, foldGutter, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { prettyJson } from '../../src/core/json/jsonText.ts';
import { hexText } from '../result/hexText.ts';
import type { Viewer, ViewerContent, ViewerOptions } from './editors.ts';

function textOf(content: ViewerContent): string {
  if (content.language === 'binary') return hexText(content.bytes);
  return content.language === 'json' && content.isRaw !== true && content.isPartial !== true
    ? prettyJson(content.text)
    : content.text;
}

/** Creates a read-only editor. */
export function createViewer({ parent, label }: ViewerOptions): Viewer {
  const view = new EditorView({ parent, extensions: [] });
  const nonce = document.querySelector('script')?.nonce ?? '';
  const state = (doc: string) =>
    EditorState.create({
      doc,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': label }),
        EditorView.lineWrapping,
        json(),
        lineNumbers(),
        foldGutter(),
        syntaxHighlighting(defaultHighlightStyle),
      ],
    });
  return {
    element: view.dom,
    show: (content) => Promise.resolve(view.setState(state(textOf(content)))),
    append: (insert) => view.dispatch({ changes: { from: view.state.doc.length, insert } }),
    clear: () => view.setState(state('')),
    find: () => view.focus(),
    toggleWrap: () => false,
    foldAll: () => undefined,
    unfoldAll: () => undefined,
    selectedText: '',
    copyValue: () => undefined,
    copyPath: () => undefined,
    focus: () => view.focus(),
    dispose: () => view.destroy(),
  };
}
