import type { Frame } from 'playwright-core';
import { HOST_1_139 } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { BenchWindow, type Extensions } from './benchWindow.ts';
import { startLocalCalls } from './localCall.ts';
import { interleaved, median } from './measure.ts';
import type { Row } from './report.ts';

const WINDOWS = 5;
const WARM = 30;

export async function fillIn(frame: Frame, name: string): Promise<void> {
  await frame.locator('#FunctionName').fill(name);
}

/** The milliseconds from the click until the outcome is painted, measured in the form. */
function click(frame: Frame): Promise<number> {
  return frame.evaluate(
    () =>
      new Promise<number>((done, fail) => {
        const body = document.getElementById('result-headline');
        const before = body?.querySelector('.headline');
        const start = performance.now();
        const observer = new MutationObserver(() => {
          const headline = body?.querySelector('.headline');
          if (headline === null || headline === before) return;
          const isGood = headline?.classList.contains('success') === true;
          if (headline?.classList.contains('running') === true) return;
          observer.disconnect();
          if (!isGood) return fail(new Error(headline?.textContent ?? 'no headline'));
          // After the next frame was painted.
          requestAnimationFrame(() => {
            const end = () => done(performance.now() - start);
            void scheduler.postTask(end, { priority: 'user-blocking' });
          });
        });
        if (body === null) return fail(new Error('no outcome'));
        observer.observe(body, { childList: true, subtree: true });
        document.getElementById('invoke')?.click();
      }),
  );
}

/** The milliseconds from a click in a bare panel until the host's response is painted: VS Code's own overhead. */
function timeBareClick(frame: Frame): Promise<number> {
  return frame.evaluate(
    () =>
      new Promise<number>((done) => {
        const bare = document.getElementById('bare');
        const start = performance.now();
        new MutationObserver((_, observer) => {
          observer.disconnect();
          requestAnimationFrame(() => {
            const end = () => done(performance.now() - start);
            void scheduler.postTask(end, { priority: 'user-blocking' });
          });
        }).observe(bare ?? document, { childList: true });
        document.getElementById('send')?.click();
      }),
  );
}

async function medianBareClick(window: BenchWindow): Promise<number> {
  await window.send({ do: 'command', command: 'workbench.action.closeAllEditors' });
  await window.idle(500);
  await window.send({ do: 'panel' });
  const { frame } = await window.webview();
  const figures: number[] = [];
  for (let count = 0; count < WARM; count++) {
    await window.idle(50);
    figures.push(await timeBareClick(frame));
  }
  return median(figures);
}

/** Click → outcome painted, compared with a bare HTTP call of the same function. */
export async function clickRows({ lambdaInvoke, probe }: Extensions): Promise<Row[]> {
  const { node } = await installHost(HOST_1_139);
  const local = await startLocalCalls(node);
  const first = { click: [] as number[], bare: [] as number[] };
  const warm = { click: [] as number[], bare: [] as number[] };
  const roundTrips: number[] = [];
  try {
    for (let round = 0; round < WINDOWS; round++) {
      const window = await BenchWindow.open([lambdaInvoke, probe]);
      try {
        await window.send({ do: 'command', command: 'lambdaInvoke.invokeFunction' });
        const { frame } = await window.webview();
        await fillIn(frame, 'hello');
        await window.idle(2000); // a user takes longer to fill in the form
        first.click.push(await click(frame));
        first.bare.push(await local.first());
        await local.warm();
        const medians = await interleaved(WARM, {
          click: async () => {
            await window.idle(50);
            return click(frame);
          },
          bare: () => local.warm(),
        });
        warm.click.push(medians.click);
        warm.bare.push(medians.bare);
        roundTrips.push(await medianBareClick(window));
      } finally {
        await window.close();
      }
    }
  } finally {
    await local.close();
  }
  const row = (name: string, figures: typeof first, max: number): Row => ({
    name,
    value: median(figures.click),
    unit: 'ms',
    baseline: { name: 'bare HTTP call of the same function', value: median(figures.bare) },
    aim: { max, of: 'difference' },
  });
  return [
    row('first click → outcome painted, Local hello', first, 50),
    row('warm click → outcome painted, Local hello', warm, 25),
    { name: 'bare panel: click → host → painted', value: median(roundTrips), unit: 'ms' },
  ];
}
