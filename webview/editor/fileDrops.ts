import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

const FILE_TYPES = ['Files', 'application/vnd.code.uri-list', 'text/uri-list'];

/** Leaves dropped files to the form: CodeMirror would insert their text too. */
export const fileDrops: Extension = EditorView.domEventHandlers({
  drop: ({ dataTransfer }) => dataTransfer?.types.some((type) => FILE_TYPES.includes(type)) === true,
});
