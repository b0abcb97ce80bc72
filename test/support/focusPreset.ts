import type { Window } from './window.ts';

/** Selects a row of the presets view, and waits until the view has the keyboard: a form that was in use gives it up later. */
export async function focusPreset(window: Window, name: string): Promise<void> {
  await window.presetRow(name).click();
  await window.presetRow(name).and(window.page.locator('.selected.focused')).waitFor();
  await window.page.locator('.monaco-list:focus-within .monaco-list-row.selected').filter({ hasText: name }).waitFor();
}
