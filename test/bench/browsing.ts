import type { Page } from 'playwright-core';
import { openConnectedWindow, type ConnectedWindow } from '../support/connectedWindow.ts';
import { median } from './measure.ts';
import type { Row } from './report.ts';

const MANY = 5000;
const FEW = 50;
const ROUNDS = 5;
/** Keys that leave some rows, then fewer, then many again. */
const KEYS = ['f', 'n', '4', '9', 'Backspace', 'Backspace', '1'];

interface Figures {
  readonly firstRow: number[];
  readonly allRows: number[];
  readonly keystroke: number[];
}

/** From the key that is pressed next to the first row that has a text, painted. In milliseconds. */
async function untilRow(page: Page, key: string, text: string): Promise<number> {
  const taken = page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        let since = 0;
        globalThis.addEventListener('keydown', () => (since = performance.now()), { once: true, capture: true });
        const observer = new MutationObserver(() => {
          const rows = [...document.querySelectorAll('.quick-input-list .monaco-list-row')];
          if (since === 0 || !rows.some((row) => row.textContent.includes(wanted))) return;
          observer.disconnect();
          // The second frame begins when the first is painted.
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - since)));
        });
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      }),
    text,
  );
  await page.keyboard.press(key);
  return taken;
}

/** From a key in the list's filter to the rows it leaves, painted. In milliseconds. */
async function keystroke(page: Page, key: string): Promise<number> {
  const taken = page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        globalThis.addEventListener(
          'keydown',
          () => {
            const since = performance.now();
            // The rows are filtered in the key's own turn, and drawn in the frame behind it.
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - since)));
          },
          { once: true, capture: true },
        );
      }),
  );
  await page.keyboard.press(key);
  return taken;
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
    await window.quickInput.fill('>Lambda Invoke: Browse Functions…');
    await window.quickPickRow('Browse Functions…').waitFor();
    await page.waitForTimeout(300);
    // The list of the round before is held: it is read again.
    figures.firstRow.push(await untilRow(page, 'Enter', 'fn-'));
    await title.waitFor();
    const since = performance.now();
    await page.locator('.quick-input-widget [aria-label="Read the List Again"]').click();
    await title.waitFor({ state: 'hidden', timeout: 500 }).catch(() => undefined); // few functions come in one page
    await title.waitFor();
    figures.allRows.push(performance.now() - since);
    await window.quickInput.focus();
    for (const key of KEYS) figures.keystroke.push(await keystroke(page, key));
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
    await connected.window.command('Lambda Invoke: Select Profile…');
    await connected.window.pick('keys');
    const few = await measure(connected, FEW);
    await connected.window.reload();
    const many = await measure(connected, MANY);
    const pages = await plainPages(connected.services);
    const against = (values: readonly number[]) => ({ name: `${FEW} functions`, value: median(values) });
    return [
      {
        name: `Browse… → first row, ${MANY} functions`,
        value: many.firstRow[0] ?? 0,
        unit: 'ms',
        against: { name: `${FEW} functions`, value: few.firstRow[0] ?? 0 },
      },
      {
        name: 'Browse… again → first row, the list is held',
        value: median(many.firstRow.slice(1)),
        unit: 'ms',
        against: against(few.firstRow.slice(1)),
      },
      {
        name: `all ${MANY} functions, 100 pages`,
        value: median(many.allRows),
        unit: 'ms',
        against: { name: 'the pages by fetch', value: pages },
      },
      {
        name: `a key in the filter, ${MANY} rows`,
        value: median(many.keystroke),
        unit: 'ms',
        against: against(few.keystroke),
      },
    ];
  } finally {
    await connected.close();
  }
}
