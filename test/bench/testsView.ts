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

/** The first opening of the Test Explorer in new windows. */
async function measure({ lambdaInvoke, probe }: Extensions, count: number): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < WINDOWS; round++) {
    const window = await BenchWindow.open([lambdaInvoke, probe], presetsFile(count));
    try {
      figures.push(await openTests(window));
    } finally {
      await window.close();
    }
  }
  return median(figures);
}

/** The Test Explorer with many tests, compared with a few. */
export async function testsViewRows(extensions: Extensions): Promise<Row[]> {
  const few = await measure(extensions, FEW);
  const many = await measure(extensions, MANY);
  return [
    {
      name: `Test Explorer → listed, ${MANY} tests`,
      value: many,
      unit: 'ms',
      baseline: { name: `${FEW} tests`, value: few },
      aim: { max: 300, of: 'value' },
    },
  ];
}
