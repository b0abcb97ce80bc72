import * as l10n from '@vscode/l10n';
import { isCold, type Distribution, type Sample, type Statistics } from '../../src/core/history/statistics.ts';
import { formatMs } from '../../src/core/outcome/summary.ts';
import { create } from '../dom.ts';

const NONE = '–';

function header(label: string, scope: 'col' | 'row'): HTMLElement {
  const cell = create('th', '', label);
  cell.setAttribute('scope', scope);
  return cell;
}

function table(caption: string, columns: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  const head = create('tr', '', ...columns.map((label) => header(label, 'col')));
  return create('table', '', create('caption', '', caption), create('thead', '', head), create('tbody', '', ...rows));
}

/** The figures of a distribution, or its values in one cell. */
function cellsOf(of: Distribution): HTMLElement[] {
  if (of.kind === 'percentiles') {
    return [of.min, of.p50, of.p90, of.p99, of.max].map((value) => create('td', '', formatMs(value)));
  }
  const cell = create('td', 'values', of.values.map(formatMs).join(', ') || NONE);
  cell.setAttribute('colspan', '5');
  return [cell];
}

/** Percentiles of all durations, of warm and of cold starts, and of the initialization of cold starts. */
export function percentilesTable({ all, warm, cold, init }: Statistics): HTMLElement {
  const row = (label: string, of: Distribution) =>
    create('tr', '', header(label, 'row'), create('td', '', String(of.count)), ...cellsOf(of));
  const columns = [l10n.t('Start'), l10n.t('Count'), l10n.t('Min'), 'p50', 'p90', 'p99', l10n.t('Max')];
  return table(l10n.t('Duration'), columns, [
    row(l10n.t('All'), all),
    row(l10n.t('Warm start'), warm),
    row(l10n.t('Cold start'), cold),
    row(l10n.t('Init (cold start)'), init),
  ]);
}

function resultText({ result }: Sample): string {
  switch (result) {
    case 'succeeded':
      return l10n.t('Succeeded');
    case 'functionError':
      return l10n.t('Function error');
    case 'noResponse':
      return l10n.t('No response');
    case 'queued':
      return l10n.t('Queued');
  }
}

/** Each invocation, the newest first. */
export function invocationsTable(samples: readonly Sample[], time: (at: number) => string): HTMLElement {
  const ms = (value: number | undefined) => (value === undefined ? NONE : formatMs(value));
  const rows = samples.toReversed().map((sample) => {
    const warm = sample.durationMs === undefined ? NONE : l10n.t('Warm start');
    const start = isCold(sample) ? l10n.t('Cold start') : warm;
    const cells = [ms(sample.durationMs), start, ms(sample.initMs), resultText(sample)];
    return create('tr', '', header(time(sample.at), 'row'), ...cells.map((text) => create('td', '', text)));
  });
  const columns = [l10n.t('Ended'), l10n.t('Duration'), l10n.t('Start'), l10n.t('Init'), l10n.t('Result')];
  return table(l10n.t('Invocations'), columns, rows);
}
