import type { Page } from 'playwright-core';
import { openConnectedWindow, type ConnectedWindow } from '../support/connectedWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const MANY_FUNCTIONS = 5000;
const FEW_FUNCTIONS = 50;
const ROUNDS = 5;
/** The latency per page of results in milliseconds, as of a nearby region. */
const PAGE_MS = 30;
/** The time for a reloaded window to settle, in milliseconds. */
const SETTLE_MS = 8000;
/** Keys that first narrow and then widen the filter. */
const KEYS = ['f', 'n', '4', '9', 'Backspace', 'Backspace', '1'];

interface Figures {
  readonly firstRow: number[];
  readonly allRows: number[];
  readonly keystroke: number[];
}

/** The measurement in progress, in the page's global scope. */
type Timing = typeof globalThis & { duration?: Promise<number> };

/**
 * The milliseconds from a keystroke until a row with `text` is painted, or until the next paint if there is no `text`.
 */
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
            // The next animation frame starts after this one was painted.
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
    // The first row comes from the cached list of the previous round, which is then refreshed.
    figures.firstRow.push(await timeKeystroke(page, 'Enter', 'fn-'));
    await title.waitFor();
    const since = performance.now();
    await page.locator('.quick-input-widget [aria-label="Refresh"]').click();
    await title.waitFor({ state: 'hidden', timeout: 500 }).catch(() => undefined); // a single page may be too fast to see
    await title.waitFor();
    figures.allRows.push(performance.now() - since);
    await window.quickPick.input.focus();
    for (const key of KEYS) figures.keystroke.push(await timeKeystroke(page, key));
    await page.keyboard.press('Escape');
  }
  return figures;
}

/** The milliseconds to fetch the same pages sequentially with plain requests. */
async function plainPages({ endpoint }: ConnectedWindow['services']): Promise<number> {
  const since = performance.now();
  for (let marker: string | undefined = '0'; marker !== undefined;) {
    const page = await fetch(`${endpoint}/2015-03-31/functions/?Marker=${marker}`);
    ({ NextMarker: marker } = (await page.json()) as { NextMarker?: string });
  }
  return performance.now() - since;
}

/** Browsing 5,000 functions in pages of 50, compared with a single page. */
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
        name: 'Browse… again → first row, cached list',
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
        name: `keystroke in the filter, ${MANY_FUNCTIONS} rows`,
        value: median(many.keystroke),
        unit: 'ms',
        baseline: baseline(few.keystroke),
      },
    ];
  } finally {
    await connected.close();
  }
}
