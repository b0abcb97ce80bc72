import type { Frame } from 'playwright-core';
import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const EVENTS = 12_000;
const ROUNDS = 5;

type WatchedWindow = Window & { longestTask?: number };

/** Records the longest task of the page. The browser reports tasks from 50 ms on. */
function recordTasks(): void {
  const watched = globalThis as unknown as WatchedWindow;
  watched.longestTask = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longestTask = Math.max(watched.longestTask ?? 0, duration);
  }).observe({ entryTypes: ['longtask'] });
}

/** The page that follows the log of a function of the workspace. */
async function openFollowing(window: BenchWindow): Promise<Frame> {
  const row = { kind: 'function', fn: { name: 'hello' } };
  await window.send({ do: 'command', command: 'lambdaInvoke.followLog', args: [row] });
  for (let attempt = 0; attempt < 1000; attempt++) {
    for (const frame of window.page.frames())
      if (
        await frame
          .locator('#functions li')
          .first()
          .isVisible()
          .catch(() => false)
      )
        return frame;
    await window.idle(10);
  }
  throw new Error('Follow Log shows no function');
}

/** Posts events as the host does, and waits until the last one is shown. */
async function longestTask(frame: Frame, round: number): Promise<number> {
  await frame.evaluate(recordTasks);
  const last = await frame.evaluate(
    ([count, number]) => {
      const text = (at: number) => `{"level":"INFO","message":"entry ${number}-${at}"}`;
      const texts = Array.from({ length: count }, (_, at) => ({ id: 0, time: at, text: text(at) }));
      globalThis.postMessage({ type: 'texts', texts });
      return `entry ${number}-${count - 1}`;
    },
    [EVENTS, round] as const,
  );
  await frame.locator('.log-row').filter({ hasText: last }).waitFor();
  return frame.evaluate(() => (globalThis as unknown as WatchedWindow).longestTask ?? 0);
}

/** Many events at once in the tab of Follow Log. */
export async function followingRows({ lambdaInvoke, probe }: Extensions): Promise<Row[]> {
  const window = await BenchWindow.open([lambdaInvoke, probe]);
  try {
    const frame = await openFollowing(window);
    const longest: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      longest.push(await longestTask(frame, round));
      await window.idle(500);
    }
    const name = `Follow Log, ${EVENTS} events at once: longest task (0 if below 50 ms)`;
    return [{ name, value: median(longest), unit: 'ms', aim: { max: 50, of: 'value' } }];
  } finally {
    await window.close();
  }
}
