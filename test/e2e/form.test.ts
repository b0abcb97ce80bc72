// Tests of the form. They share a window and run in this order.
import './form/basics.ts';
import './form/editing.ts';
import './form/layout.ts';
import './form/editor.ts';
import './form/invoking.ts';
import './form/responses.ts';
import './form/result.ts';
import './form/log.ts';
import './form/workflows.ts';
import './form/payloadEditor.ts';
import './form/reopening.ts';
import './form/appearance.ts';
import './form/restarting.ts';
import { expect, test } from 'vitest';
import { window } from './form/window.ts';

test('errors and policy violations in the form are detected', async () => {
  const form = await window.openForm();
  const before = window.errors.length;
  await form.byId('result').evaluate((element) => {
    console.error('logged in the form');
    element.setAttribute('style', 'color: red');
    setTimeout(() => {
      throw new Error('thrown in the form');
    });
  });
  const seen = () => window.errors.slice(before).join('\n');
  await expect.poll(seen).toMatch(/logged in the form/);
  await expect.poll(seen).toMatch(/thrown in the form/);
  await expect.poll(seen).toMatch(/Content Security Policy/);
  window.errors.length = before;
});

test('nothing was logged as an error, and nothing violated the content security policy', () => {
  expect(window.errors).toEqual([]);
});
