/** Clicks on buttons don't take the focus from a field, so typing continues at its caret afterwards. */
export function keepFieldFocused(area: HTMLElement): void {
  area.addEventListener('mousedown', (event) => {
    const isButton = event.target instanceof Element && event.target.closest('button, vscode-button') !== null;
    // The first click into the page has to give it the focus.
    if (isButton && document.hasFocus() && document.activeElement !== document.body) event.preventDefault();
  });
}
