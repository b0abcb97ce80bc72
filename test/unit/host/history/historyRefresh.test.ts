import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HistoryRefresh } from '../../../../src/host/history/historyRefresh.ts';
import type { HistoryTree } from '../../../../src/host/history/historyTree.ts';
import type { HistoryView } from '../../../../src/host/history/historyView.ts';
import { DOUBLE_CLICK_MS } from '../../../../src/host/ui/buttonClicks.ts';

beforeEach(() => void vi.useFakeTimers());

afterEach(() => void vi.useRealTimers());

/** A visible view, and how often its rows were updated. */
function openRefresh() {
  let updates = 0;
  const view = { visible: true, onDidChangeVisibility: () => ({ dispose: () => undefined }) };
  const tree = { update: () => [] } as unknown as HistoryTree;
  const refresh = new HistoryRefresh(
    tree,
    { view, refresh: () => undefined } as unknown as HistoryView,
    () => updates++,
  );
  return { refresh, count: () => updates };
}

test('rows keep their places for as long as a double click can take, also for an invocation that ended before', () => {
  const { refresh, count } = openRefresh();
  refresh.schedule();
  refresh.hold();
  refresh.schedule();
  vi.advanceTimersByTime(DOUBLE_CLICK_MS - 1);
  expect(count()).toBe(0);
  vi.advanceTimersByTime(1);
  expect(count()).toBe(1);
  refresh.dispose();
});

test('invocations that end together update the rows once', () => {
  const { refresh, count } = openRefresh();
  for (let at = 0; at < 50; at++) refresh.schedule();
  vi.advanceTimersByTime(DOUBLE_CLICK_MS);
  expect(count()).toBe(1);
  refresh.dispose();
});
