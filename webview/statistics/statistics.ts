import * as l10n from '@vscode/l10n';
import { statisticsOf, type Statistics } from '../../src/core/history/statistics.ts';
import type { FromStatistics, ToStatistics } from '../../src/protocol/statistics.ts';
import { create, setLine, setText } from '../dom.ts';
import { createSvg, mark, MARK_KINDS, markLabel } from './marks.ts';
import { isLogarithmic, picture } from './picture.ts';
import { invocationsTable, percentilesTable } from './tables.ts';

interface PageState {
  readonly count: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromStatistics): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

l10n.config({ contents: document.body.dataset['bundle'] ?? '{}' });

const api = acquireVsCodeApi();

/** How many of the last invocations are shown. */
const COUNTS = [20, 100];
const ALL = 0;
const DEFAULT_COUNT = 100;

let count = api.getState()?.count ?? DEFAULT_COUNT;
let shown: ToStatistics = { name: '', place: '', samples: [] };

const dateAndTime = new Intl.DateTimeFormat(document.documentElement.lang, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});
const time = (at: number) => dateAndTime.format(at);

const heading = create('h1', '');
const place = create('p', 'note');
const choice = document.createElement('select');
const facts = create('dl', 'facts');
const status = create('p', 'visually-hidden');
const figure = create('figure', '');
const tableBox = create('div', 'scroll');
const notes = create('div', 'note');
const list = document.createElement('details');
const listBox = create('div', 'scroll');

function selected(): ToStatistics['samples'] {
  return count === ALL ? shown.samples : shown.samples.slice(-count);
}

function showChoice(): void {
  const total = shown.samples.length;
  const option = (value: number, label: string) => {
    const element = create('option', '', label);
    element.setAttribute('value', String(value));
    return element;
  };
  choice.replaceChildren(
    ...COUNTS.map((last) => option(last, l10n.t('Last {0}', last))),
    option(ALL, l10n.t('All ({0})', total)),
  );
  choice.value = String(count);
}

function showFacts({ count: invocations, cold, functionErrors, noResponses }: Statistics): void {
  const all: (readonly [label: string, value: number])[] = [
    [l10n.t('Invocations'), invocations],
    [l10n.t('Cold starts'), cold.count],
    [l10n.t('Function errors'), functionErrors],
    [l10n.t('Without a response'), noResponses],
  ];
  facts.replaceChildren(
    ...all.map(([label, value]) => create('div', '', create('dt', '', label), create('dd', '', String(value)))),
  );
  setText(status, all.map(([label, value]) => `${label}: ${value}`).join(', '));
}

function legend(): HTMLElement {
  const items = MARK_KINDS.map((kind) => {
    const sign = createSvg('svg', { width: 12, height: 12, 'aria-hidden': 'true' });
    sign.append(mark(kind, 6, 6));
    return create('li', '', sign, markLabel(kind));
  });
  return create('ul', 'legend', ...items);
}

function showPicture(statistics: Statistics): void {
  const samples = selected();
  // The figure has no padding, so that this is the width of its content.
  const drawn = picture(samples, { statistics, width: Math.max(figure.clientWidth, 240), time });
  if (drawn === undefined) {
    const text = l10n.t('No durations yet. Invoke the function with Log: Tail.');
    return figure.replaceChildren(create('p', 'empty', text));
  }
  const caption = isLogarithmic(samples)
    ? l10n.t('Duration of each invocation, oldest first, on a logarithmic scale')
    : l10n.t('Duration of each invocation, oldest first');
  figure.replaceChildren(create('figcaption', '', caption), drawn, legend());
}

function showList(): void {
  listBox.replaceChildren(...(list.open ? [invocationsTable(selected(), time)] : []));
}

function show(): void {
  const statistics = statisticsOf(selected());
  setLine(heading, shown.name);
  setLine(place, shown.place);
  showChoice();
  showFacts(statistics);
  showPicture(statistics);
  tableBox.replaceChildren(percentilesTable(statistics));
  const { withoutDuration } = statistics;
  notes.replaceChildren(
    create('p', '', l10n.t("Durations are from Lambda's reports and don't include the initialization of cold starts.")),
    create('p', '', l10n.t('Percentiles use the nearest-rank method and need at least 5 values.')),
    ...(withoutDuration === 0
      ? []
      : [create('p', '', l10n.t('Invocations without a report, such as asynchronous ones: {0}', withoutDuration))]),
  );
  showList();
}

choice.addEventListener('change', () => {
  count = Number(choice.value);
  api.setState({ count });
  show();
});
list.addEventListener('toggle', showList);
window.addEventListener('message', ({ data }: MessageEvent<ToStatistics>) => {
  shown = data;
  show();
});
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') api.postMessage({ type: 'close' });
});

status.setAttribute('role', 'status');
for (const box of [tableBox, listBox]) box.tabIndex = 0; // so that they can be scrolled with the keyboard
list.append(create('summary', '', l10n.t('All Invocations')), listBox);
const label = create('label', '', l10n.t('Invocations'), choice);
const bar = create('header', '', create('div', '', heading, place), label);
document.body.append(create('main', '', bar, status, facts, figure, tableBox, notes, list));
new ResizeObserver(() => showPicture(statisticsOf(selected()))).observe(figure);
api.postMessage({ type: 'ready' });
