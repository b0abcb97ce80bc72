// The inline payload in an editor beside the form.
import { expect, test } from 'vitest';
import { window } from './window.ts';

test('a file that is dropped on the form reaches the editor of its payload', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.byId('edit-payload').click();
  const lines = window.page.locator('.editor-instance .view-lines');
  await lines.filter({ hasText: '{}' }).waitFor();
  await form.byId('request').evaluate((element) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{ "name": "Dropped" }'], 'dropped.json'));
    element.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  });
  await lines.filter({ hasText: '"Dropped"' }).click();
  await window.page.keyboard.press('Control+End');
  await window.page.keyboard.insertText(' ');
  await expect.poll(() => form.payload()).toBe('{ "name": "Dropped" } ');
});
