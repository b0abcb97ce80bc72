import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const WINDOWS = 3;
const INVOCATIONS = 1000;
const MEGABYTE = 1_000_000;

const INVOKE = { do: 'command', command: 'lambdaInvoke.invokePreset', args: ['hello'] };
type Step = 'idle' | 'used' | 'settled' | 'many';

async function resident(window: BenchWindow): Promise<number> {
  const { rss } = await window.memory();
  return rss / MEGABYTE;
}

/** The memory in use. The rest of the resident memory is reserved by V8. */
async function heldMB(window: BenchWindow): Promise<number> {
  const { heapUsed, external } = await window.memory();
  return (heapUsed + external) / MEGABYTE;
}

async function invoke(window: BenchWindow, times: number): Promise<void> {
  for (let count = 0; count < times; count++) {
    const { state } = (await window.send(INVOKE)) as { state?: string };
    if (state !== 'succeeded') throw new Error(`hello: ${state}`);
  }
}

/** The extension host's memory after a garbage collection, compared with an empty extension. */
export async function memoryRows({ lambdaInvoke, empty, probe }: Extensions): Promise<Row[]> {
  const figures: Record<Step | 'empty', number[]> = { empty: [], idle: [], used: [], settled: [], many: [] };
  for (let round = 0; round < WINDOWS; round++) {
    const bare = await BenchWindow.open([empty[0], probe]);
    try {
      await bare.idle(3000);
      figures.empty.push(await resident(bare));
    } finally {
      await bare.close();
    }
    const window = await BenchWindow.open([lambdaInvoke, probe]);
    try {
      await window.idle(3000);
      figures.idle.push(await resident(window));
      await window.send({ do: 'command', command: 'lambdaInvoke.invokeFunction' });
      await window.webview();
      await invoke(window, 1);
      await window.idle(1000);
      figures.used.push(await resident(window));
      await invoke(window, 100);
      figures.settled.push(await heldMB(window));
      await invoke(window, INVOCATIONS - 101);
      figures.many.push(await heldMB(window));
    } finally {
      await window.close();
    }
  }
  const row = (name: string, step: Step, baseline: Step | 'empty', max: number): Row => ({
    name: `extension host, ${name}`,
    value: median(figures[step]),
    unit: 'MB',
    baseline: { name: baseline === 'empty' ? 'empty extension' : 'after 101', value: median(figures[baseline]) },
    aim: { max, of: 'difference' },
  });
  return [
    row('resident memory, idle', 'idle', 'empty', 3),
    row('resident memory after the form and one invocation', 'used', 'empty', 15),
    row('memory in use after 1,000 invocations', 'many', 'settled', 3),
  ];
}
