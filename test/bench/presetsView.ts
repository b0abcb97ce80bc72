import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const MANY = 5000;
const FEW = 50;
const WINDOWS = 5;
const GROUPS = 40;

/** A presets file, half of whose presets are in groups, with inline payloads. */
function presetsFile(count: number): string {
  const presets = Array.from({ length: count }, (_, index) => ({
    name: `preset ${index}`,
    ...(index % 2 === 0 && { group: `group ${index % GROUPS}` }),
    FunctionName: `orders-${index % 50}`,
    Payload: { id: index, name: 'Ada', items: [{ sku: 'A-1', quantity: 2 }] },
    endpoint: 'local',
  }));
  return JSON.stringify({ presets }, undefined, 2);
}

/** The milliseconds from the command that opens the view until a preset is painted in it. */
async function openView(window: BenchWindow): Promise<number> {
  const painted = window.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const look = () => {
          const labels = document.querySelectorAll('.pane .monaco-list-row .label-name');
          const isShown = [...labels].some(({ textContent }) => textContent.startsWith('preset '));
          if (!isShown) return requestAnimationFrame(look);
          // The next animation frame starts after this one was painted.
          return requestAnimationFrame(() => resolve(Date.now()));
        };
        look();
      }),
  );
  const { at } = (await window.send({ do: 'command', command: 'workbench.view.extension.lambdaInvoke' })) as {
    at: number;
  };
  return (await painted) - at;
}

/** The first opening of the view in new windows. */
async function measure({ lambdaInvoke, probe }: Extensions, count: number): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < WINDOWS; round++) {
    const window = await BenchWindow.open([lambdaInvoke, probe], presetsFile(count));
    try {
      figures.push(await openView(window));
    } finally {
      await window.close();
    }
  }
  return median(figures);
}

/** The presets view of a large presets file, compared with a small one. */
export async function presetsViewRows(extensions: Extensions): Promise<Row[]> {
  const few = await measure(extensions, FEW);
  const many = await measure(extensions, MANY);
  return [
    {
      name: `view → first preset, ${MANY} presets`,
      value: many,
      unit: 'ms',
      baseline: { name: `${FEW} presets`, value: few },
      aim: { max: 1000, of: 'value' },
    },
  ];
}
