import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const BARE = { do: 'panel' } as const;
const FORM = { do: 'command', command: 'lambdaInvoke.invokeFunction' } as const;

/** So many windows, for what is opened first in each; and so many forms in each, for what is opened later. */
const WINDOWS = 5;
const LATER = 8;

interface Figures {
  readonly bare: number[];
  readonly usable: number[];
  readonly complete: number[];
}

/** From the command to a form that is painted and takes text, and to all of it, beside a panel with one paragraph. */
export async function formRows({ ours, probe }: Extensions): Promise<Row[]> {
  const first: Figures = { bare: [], usable: [], complete: [] };
  const later: Figures = { bare: [], usable: [], complete: [] };

  async function openForm(window: BenchWindow, figures: Figures): Promise<void> {
    const { usable, complete } = await window.opening(FORM);
    figures.usable.push(usable);
    figures.complete.push(complete);
  }
  const openBare = async (window: BenchWindow, { bare }: Figures) => bare.push((await window.opening(BARE)).usable);

  for (let round = 0; round < WINDOWS; round++) {
    // The first webview of a window takes longer, whichever it is.
    for (const open of [openBare, openForm]) {
      const window = await BenchWindow.open([ours, probe]);
      try {
        await open(window, first);
        const more = open === openForm ? LATER : 0;
        for (let count = 0; count < more; count++) {
          await openBare(window, later);
          await openForm(window, later);
        }
      } finally {
        await window.close();
      }
    }
  }
  const rows = (name: string, figures: Figures, max: number): Row[] => {
    const baseline = { name: 'empty webview panel', value: median(figures.bare) };
    return [
      {
        name: `command → form usable, ${name}`,
        value: median(figures.usable),
        unit: 'ms',
        baseline,
        aim: { max, of: 'ratio' },
      },
      { name: `command → every field there, ${name}`, value: median(figures.complete), unit: 'ms', baseline },
    ];
  };
  return [...rows('first', first, 1.4), ...rows('later', later, 1.5)];
}
