import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const RELOADS = 9;

interface Activation {
  readonly load: number;
  readonly activate: number;
  readonly shown: number;
}

/** The times of an extension to load its code and run activate, in milliseconds. */
function activationOf(text: string, id: string): Activation {
  const [, rest = ''] = text.split('## Extension Activation Stats');
  const cells = rest
    .split('\n')
    .find((line) => line.includes(id))
    ?.split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '');
  const [, , load, activate] = cells ?? [];
  const [loadMs = Number.NaN, activateMs = Number.NaN] = [load, activate].map(Number);
  if (Number.isNaN(loadMs + activateMs)) throw new Error(`No figures of ${id} in\n${rest.slice(0, 3000)}`);
  // "Running Extensions" shows the sum.
  return { load: loadMs, activate: activateMs, shown: loadMs + activateMs };
}

/** The activation time, compared with two empty extensions in the same windows. */
export async function activationRows({ lambdaInvoke, empty, probe }: Extensions): Promise<Row[]> {
  const window = await BenchWindow.open([lambdaInvoke, ...empty, probe]);
  const all: Record<'lambdaInvoke' | 'empty', Activation[]> = { lambdaInvoke: [], empty: [] };
  try {
    for (let round = 0; round < RELOADS; round++) {
      await window.reload();
      const text = (await window.send({ do: 'activation' })) as string;
      all.lambdaInvoke.push(activationOf(text, 'lambda-invoke.lambda-invoke'));
      for (const id of ['bench.a-empty', 'bench.z-empty']) all.empty.push(activationOf(text, id));
      await window.send({ do: 'command', command: 'workbench.action.closeAllEditors' });
    }
  } finally {
    await window.close();
  }
  const row = (name: string, part: keyof Activation, aim?: Row['aim']): Row => ({
    name,
    value: median(all.lambdaInvoke.map((figures) => figures[part])),
    unit: 'ms',
    baseline: { name: 'empty extension', value: median(all.empty.map((figures) => figures[part])) },
    ...(aim !== undefined && { aim }),
  });
  return [
    row('activation: activate()', 'activate', { max: 6, of: 'difference' }),
    row('activation: load the code', 'load'),
    row('activation: as VS Code shows it', 'shown', { max: 10, of: 'value' }),
  ];
}
