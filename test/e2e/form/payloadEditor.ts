// The inline payload in an editor beside the form.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectText } from '../../support/expectText.ts';
import { selectLocal, selectLoopback } from './steps.ts';
import { server, window } from './window.ts';

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

test('a large payload is stored when the focus leaves it, without waiting for the pause in typing', async () => {
  const form = await window.openForm();
  await form.field('FunctionName').fill('hello');
  await form.typePayload(`"${'x'.repeat(40_000)}"`);
  await form.byId('edit-payload').click();
  const lines = window.page.locator('.editor-instance .view-lines');
  await lines.filter({ hasText: 'xxx' }).waitFor();
  await form.byId('request').evaluate(() => {
    // The page is hidden before its pause ends.
    const original = globalThis.setTimeout;
    const replaced = (run: () => void, delay?: number) => (delay === 200 ? 0 : original(run, delay));
    Object.assign(globalThis, { setTimeout: replaced });
  });
  await form.field('Payload').press('Control+Home');
  await form.field('Payload').press('Enter');
  await window.page.locator('.tab').filter({ hasText: 'hello-payload.json' }).first().click();
  await window.page.locator('.editor-instance .line-numbers').filter({ hasText: '2' }).waitFor();
});

describe('with a server', () => {
  beforeAll(selectLoopback);

  afterAll(selectLocal);

  test('Ctrl+Enter in the editor of a payload sends its text once, directly after a key', async () => {
    const form = await window.openForm();
    await form.field('FunctionName').fill('orders');
    await form.byId('edit-payload').click();
    await window.page.locator('.editor-instance .view-lines').filter({ hasText: '{}' }).click();
    const sent = () => server.received.filter(({ url }) => url.includes('/invocations'));
    const before = sent().length;
    await window.page.keyboard.press('Control+A');
    await window.page.keyboard.press('Delete');
    await window.page.keyboard.insertText('{ "n": 1');
    await window.page.keyboard.press('}');
    await window.page.keyboard.press('Control+Enter');
    await expectText(form.headline, /Succeeded.*Lambda 200/);
    const bodies = () =>
      sent()
        .slice(before)
        .map(({ body }) => body.toString());
    expect(bodies()).toEqual(['{ "n": 1}']);
    // The focus stays in the editor, also after a payload that can't be sent.
    await window.page.keyboard.insertText('}');
    await window.page.keyboard.press('Control+Enter');
    await expectText(form.problem('Payload'), 'valid JSON');
    await window.page.keyboard.press('Backspace');
    await window.page.keyboard.insertText(' ');
    await window.page.keyboard.press('Control+Enter');
    await expect.poll(bodies).toEqual(['{ "n": 1}', '{ "n": 1} ']);
    await window.page.locator('.tab.dirty').waitFor({ state: 'detached' });
  });
});
