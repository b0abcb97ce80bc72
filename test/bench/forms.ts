import { BenchWindow, type Extensions } from './benchWindow.ts';
import { interleaved, median } from './measure.ts';
import type { Row } from './report.ts';

const BARE = { do: 'panel' } as const;
const FORM = { do: 'command', command: 'lambdaInvoke.invokeFunction' } as const;

/** So many windows, for what is opened first in each; and so many forms in each, for what is opened later. */
const WINDOWS = 6;
const LATER = 5;

/** From the command to a form that is painted and takes text, beside a webview panel with one paragraph. */
export async function formRows({ ours, probe }: Extensions): Promise<Row[]> {
  const first: Record<'bare' | 'form', number[]> = { bare: [], form: [] };
  const later: Record<'bare' | 'form', number[]> = { bare: [], form: [] };
  for (let round = 0; round < WINDOWS; round++) {
    // The first webview of a window takes longer, whichever it is.
    for (const [name, asked] of [
      ['bare', BARE],
      ['form', FORM],
    ] as const) {
      const window = await BenchWindow.open([ours, probe]);
      try {
        first[name].push(await window.opening(asked));
        if (name === 'bare') continue;
        const { bare, form } = await interleaved(LATER, {
          bare: () => window.opening(BARE),
          form: () => window.opening(FORM),
        });
        later.bare.push(bare);
        later.form.push(form);
      } finally {
        await window.close();
      }
    }
  }
  const row = (name: string, figures: typeof first, most: number): Row => ({
    name,
    value: median(figures.form),
    unit: 'ms',
    against: { name: 'empty webview panel', value: median(figures.bare) },
    aim: { most, of: 'ratio' },
  });
  return [row('command → form usable, first', first, 1.4), row('command → form usable, later', later, 1.5)];
}
