import { BenchWindow, type Extensions } from './benchWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const BARE = { do: 'panel' } as const;
const FORM = { do: 'command', command: 'lambdaInvoke.invokeFunction' } as const;

/** The number of windows, which is the sample size for the first form of a window, and of later forms per window. */
const WINDOWS = 5;
const LATER = 8;

interface Figures {
  readonly bare: number[];
  readonly usable: number[];
  readonly complete: number[];
}

/**
 * The time from the command until the form is usable and until it is complete, compared with an empty webview panel.
 */
export async function formRows({ lambdaInvoke, probe }: Extensions): Promise<Row[]> {
  const first: Figures = { bare: [], usable: [], complete: [] };
  const later: Figures = { bare: [], usable: [], complete: [] };

  async function openForm(window: BenchWindow, figures: Figures): Promise<void> {
    const { usable, complete } = await window.opening(FORM);
    figures.usable.push(usable);
    figures.complete.push(complete);
  }
  const openBare = async (window: BenchWindow, { bare }: Figures) => bare.push((await window.opening(BARE)).usable);

  for (let round = 0; round < WINDOWS; round++) {
    // The first webview of a window takes longer, so use separate windows.
    for (const open of [openBare, openForm]) {
      const window = await BenchWindow.open([lambdaInvoke, probe]);
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
      { name: `command → all fields shown, ${name}`, value: median(figures.complete), unit: 'ms', baseline },
    ];
  };
  return [...rows('first', first, 1.4), ...rows('later', later, 1.3)];
}
