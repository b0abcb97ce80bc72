interface KeyActions {
  invoke(): void;
  save(): void;
  /** Esc outside of editors, menus and find. Returns whether it did something. */
  escape(): boolean;
}

/** Where Esc has another meaning. */
const OWN_ESCAPE = 'textarea, .cm-editor, [role="menu"], [role="listbox"], [role="combobox"][aria-expanded="true"]';

/** Handles the keys of the page. VS Code sees them as well, but binds none of them to something else here. */
export function listenToKeys(actions: KeyActions): void {
  // First, because editors bind Ctrl+Enter too and skip keys that have been handled.
  window.addEventListener(
    'keydown',
    (event) => {
      const hasModifier = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!hasModifier || event.repeat) return;
      const isInResult = event.target instanceof Element && event.target.closest('#result') !== null;
      if (event.key === 'Enter') actions.invoke();
      else if (event.key.toLowerCase() === 's' && !isInResult) actions.save();
      else return;
      event.preventDefault();
    },
    true,
  );
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (event.target instanceof Element && event.target.closest(OWN_ESCAPE) !== null) return;
    if (actions.escape()) event.preventDefault();
  });
}
