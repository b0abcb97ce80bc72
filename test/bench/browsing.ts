import type { Page } from 'playwright-core';
import { openConnectedWindow, type ConnectedWindow } from '../support/connectedWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const MANY_FUNCTIONS = 5000;
const FEW_FUNCTIONS = 50;
const ROUNDS = 5;
/** What a page takes on the way, as from a region that is near. */
const PAGE_MS = 30;
/** A window that was just reloaded is busy with itself. */
const SETTLE_MS = 8000;
/** Keys that leave some rows, then fewer, then many again. */
const KEYS = ['f', 'n', '4', '9', 'Backspace', 'Backspace', '1'];

interface Figures {
  readonly firstRow: number[];
  readonly allRows: number[];
  readonly keystroke: number[];
}

/** In the page: what is being timed. */
type Timing = typeof globalThis & { duration?: Promise<number> };

/** From a key to the first row that has a text, painted; without a text, to the frame behind the key's own. In milliseconds. */
async function timeKeystroke(page: Page, key: string, text = ''): Promise<number> {
  await page.evaluate((wanted) => {
    (globalThis as Timing).duration = new Promise((resolve) => {
      const hasRow = () =>
        [...document.querySelectorAll('.quick-input-list .monaco-list-row')].some((row) =>
          row.textContent.includes(wanted),
        );
      globalThis.addEventListener(
        'keydown',
        () => {
          const since = performance.now();
          const look = () => {
            if (!hasRow()) return requestAnimationFrame(look);
            // The frame behind this one begins when this one is painted.
            return requestAnimationFrame(() => resolve(performance.now() - since));
          };
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    });
  }, text);
  await page.keyboard.press(key);
  return page.evaluate(async () => (await (globalThis as Timing).duration) ?? 0);
}

async function measure({ window, services }: ConnectedWindow, count: number): Promise<Figures> {
  services.functions.splice(0);
  for (let index = 0; index < count; index++) {
    services.functions.push({ FunctionName: `fn-${index}`, Runtime: 'nodejs22.x', MemorySize: 128, Timeout: 3 });
  }
  const figures: Figures = { firstRow: [], allRows: [], keystroke: [] };
  const { page } = window;
  const title = page.locator('.quick-input-title').filter({ hasText: `(${count.toLocaleString('en-US')})` });
  for (let round = 0; round < ROUNDS; round++) {
    await page.keyboard.press('F1');
    await window.quickPick.input.fill('>Lambda Invoke: Browse Functions…');
    await window.quickPick.row('Browse Functions…').waitFor();
    await page.waitForTimeout(300);
    // The list of the round before is held: it is read again.
    figures.firstRow.push(await timeKeystroke(page, 'Enter', 'fn-'));
    await title.waitFor();
    const since = performance.now();
    await page.locator('.quick-input-widget [aria-label="Refresh"]').click();
    await title.waitFor({ state: 'hidden', timeout: 500 }).catch(() => undefined); // few functions come in one page
    await title.waitFor();
    figures.allRows.push(performance.now() - since);
    await window.quickPick.input.focus();
    for (const key of KEYS) figures.keystroke.push(await timeKeystroke(page, key));
    await page.keyboard.press('Escape');
  }
  return figures;
}

/** The same pages, one after another, by plain requests. In milliseconds. */
async function plainPages({ endpoint }: ConnectedWindow['services']): Promise<number> {
  const since = performance.now();
  for (let marker: string | undefined = '0'; marker !== undefined;) {
    const page = await fetch(`${endpoint}/2015-03-31/functions/?Marker=${marker}`);
    ({ NextMarker: marker } = (await page.json()) as { NextMarker?: string });
  }
  return performance.now() - since;
}

/** Browse… with 5,000 functions in pages of 50, beside the same with one page. */
export async function browseRows(): Promise<Row[]> {
  const connected = await openConnectedWindow();
  try {
    await connected.window.page.waitForTimeout(SETTLE_MS);
    await connected.window.command('Lambda Invoke: Select Profile…');
    await connected.window.quickPick.pick('keys');
    connected.services.pages.delayMs = PAGE_MS;
    const few = await measure(connected, FEW_FUNCTIONS);
    await connected.window.reload();
    await connected.window.page.waitForTimeout(SETTLE_MS);
    const many = await measure(connected, MANY_FUNCTIONS);
    const pages = await plainPages(connected.services);
    const baseline = (values: readonly number[]) => ({ name: `${FEW_FUNCTIONS} functions`, value: median(values) });
    return [
      {
        name: `Browse… → first row, ${MANY_FUNCTIONS} functions`,
        value: many.firstRow[0] ?? 0,
        unit: 'ms',
        baseline: { name: `${FEW_FUNCTIONS} functions`, value: few.firstRow[0] ?? 0 },
      },
      {
        name: 'Browse… again → first row, the list is held',
        value: median(many.firstRow.slice(1)),
        unit: 'ms',
        baseline: baseline(few.firstRow.slice(1)),
      },
      {
        name: `all ${MANY_FUNCTIONS} functions, 100 pages`,
        value: median(many.allRows),
        unit: 'ms',
        baseline: { name: 'the pages by fetch', value: pages },
      },
      {
        name: `a key in the filter, ${MANY_FUNCTIONS} rows`,
        value: median(many.keystroke),
        unit: 'ms',
        baseline: baseline(few.keystroke),
      },
    ];
  } finally {
    await connected.close();
  }
}
