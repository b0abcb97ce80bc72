// Tests of connections to AWS services on loopback. They share a window and run in this order.
import './connected/history.ts';
import './connected/functionBrowser.ts';
import './connected/managedInstances.ts';
import './connected/connections.ts';
import './connected/comparing.ts';
import './connected/followLog.ts';
import './connected/statistics.ts';
import { expect, test } from 'vitest';
import { window } from './connected/window.ts';

test('nothing was logged as an error', () => {
  expect(window.errors).toEqual([]);
});
