import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const MANY = 2000;
const FEW = 20;
const WINDOWS = 5;
const GROUPS = 40;

/** A presets file with tests, in groups. */
function presetsFile(count: number): string {
  const presets = Array.from({ length: count }, (_, index) => ({
    name: `test ${index}`,
    group: `group ${index % GROUPS}`,
    FunctionName: `orders-${index % 50}`,
    Payload: { id: index, name: 'Ada', items: [{ sku: 'A-1', quantity: 2 }] },
    endpoint: 'local',
    expect: { Payload: { id: index }, conditions: ['length(items) == `1`'], ignore: ['at'] },
    tags: ['smoke'],
  }));
  return JSON.stringify({ presets }, undefined, 2);
}

/** The milliseconds from the command that opens the Test Explorer until its first row is painted, after all tests were listed. */
async function openTests(window: BenchWindow): Promise<number> {
  const painted = window.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const isShown = document.querySelector('.test-explorer .monaco-list-row') !== null;
          if (!isShown) return requestAnimationFrame(look);
          // The next animation frame starts after this one was painted.
          return requestAnimationFrame(() => resolve(Date.now()));
        };
        look();
      }),
  );
  const { at } = (await window.send({ do: 'command', command: 'workbench.view.testing.focus' })) as { at: number };
  return (await painted) - at;
}

/** The milliseconds in which VS Code's Refresh Tests lists all tests again. */
async function refreshTests(window: BenchWindow): Promise<number> {
  const start = performance.now();
  await window.send({ do: 'command', command: 'testing.refreshTests' });
  return performance.now() - start;
}

/** The first opening of the Test Explorer in new windows, and a refresh after it. */
async function measure({ lambdaInvoke, probe }: Extensions, count: number) {
  const opened: number[] = [];
  const refreshed: number[] = [];
  for (let round = 0; round < WINDOWS; round++) {
    const window = await BenchWindow.open([lambdaInvoke, probe], presetsFile(count));
    try {
      opened.push(await openTests(window));
      await window.idle(1000);
      refreshed.push(await refreshTests(window));
    } finally {
      await window.close();
    }
  }
  return { opened: median(opened), refreshed: median(refreshed) };
}

/** The Test Explorer with many tests, compared with a few: opening it also loads the extension. */
export async function testsViewRows(extensions: Extensions): Promise<Row[]> {
  const few = await measure(extensions, FEW);
  const many = await measure(extensions, MANY);
  const row = (name: string, value: number, baseline: number): Row => ({
    name: `${name}, ${MANY} tests`,
    value,
    unit: 'ms',
    baseline: { name: `${FEW} tests`, value: baseline },
    aim: { max: 300, of: 'difference' },
  });
  return [
    row('Test Explorer, first opening', many.opened, few.opened),
    { ...row('Refresh Tests', many.refreshed, few.refreshed), aim: { max: 300, of: 'value' } },
  ];
}
