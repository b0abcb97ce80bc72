import type { Extension } from '@codemirror/state';
import { EditorView, keymap, type KeyBinding } from '@codemirror/view';

/** Keys that belong to the form: Ctrl+Enter invokes. */
const FORM_KEYS = new Set(['Mod-Enter', 'Ctrl-Enter', 'Shift-Mod-Enter']);

/**
 * Key bindings whose keys don't reach VS Code, which would run its own command too: Ctrl+Z would undo twice. Leaves out
 * the keys of the form.
 */
export function ownKeys(bindings: readonly KeyBinding[]): Extension {
  const own = bindings.filter(({ key }) => key === undefined || !FORM_KEYS.has(key));
  return keymap.of(own.map((binding) => ({ ...binding, stopPropagation: true })));
}

/** After Esc, Tab moves the focus instead of indenting, until another key is pressed. */
export const escapeThenTab: Extension = [
  keymap.of([
    {
      key: 'Escape',
      run: (view) => {
        view.setTabFocusMode(Infinity);
        return true;
      },
    },
  ]),
  EditorView.domEventHandlers({
    focus: (_, view) => {
      view.setTabFocusMode(false);
      return false;
    },
  }),
];
