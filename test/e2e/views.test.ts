// Tests of the views, of Get Started and of payload files. They share a window and run in this order.
import './views/functions.ts';
import './views/presets.ts';
import './views/payloads.ts';
import './views/payloadFiles.ts';
import { expect, test } from 'vitest';
import { window } from './views/window.ts';

test('nothing was logged as an error, and nothing violated the content security policy', () => {
  expect(window.errors).toEqual([]);
});
