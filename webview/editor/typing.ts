import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * Replaces a selection by typed text without the browser, which would add a style attribute that the content security
 * policy reports.
 */
export const typing: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data } = event;
    // CodeMirror learns of a selection made with the mouse or a script only from this event, which can arrive later.
    document.dispatchEvent(new Event('selectionchange'));
    const { main } = view.state.selection;
    const isTyped = event.inputType === 'insertText' && data !== null && data !== '' && !event.isComposing;
    if (!isTyped || main.empty || view.state.readOnly || view.composing) return false;
    const insert = () =>
      view.state.update({
        changes: { from: main.from, to: main.to, insert: view.state.toText(data) },
        selection: { anchor: main.from + view.state.toText(data).length },
        scrollIntoView: true,
        userEvent: 'input.type',
      });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, main.from, main.to, data, insert))) view.dispatch(insert());
    return true;
  },
});
