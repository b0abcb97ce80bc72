import { formFrame } from '../../support/violations.ts';
import { window } from './window.ts';

/** The ID of the element with the focus. */
export async function focused(): Promise<string | undefined> {
  const frame = await formFrame(window);
  return frame.evaluate(() => (document.hasFocus() ? document.activeElement?.id : undefined));
}

/** Hides the form behind another tab, which discards its page. */
export async function showFile(): Promise<void> {
  await (await window.explorer.row('events/slow.json')).dblclick();
  await window.page.locator('.editor-instance .view-lines').waitFor();
}
