import { expect, test } from 'vitest';
import { logContentOf } from '../../../../webview/log/logContent.ts';
import { succeeded } from '../../../support/historyEntry.ts';

test('a log that is gone differs from one that was not requested', () => {
  expect(logContentOf(succeeded)).toEqual({ kind: 'none', reason: 'notRequested' });
  expect(logContentOf(succeeded, true)).toEqual({ kind: 'none', reason: 'dropped' });
});
