import type { LogEntry } from '../../src/core/logs/logEntry.ts';
import { fieldsOf } from '../../src/core/logs/logFields.ts';
import { hasFields, summaryOf } from '../../src/core/logs/logSummary.ts';
import { formatMs } from '../../src/core/outcome/summary.ts';
import { create, setName, setTitle } from '../dom.ts';
import { appendText } from '../result/textBlocks.ts';
import { fieldsView, highlighted } from './logFieldsView.ts';

/** What a row depends on beside its entry. */
export interface RowContext {
  /** The time that others are relative to. */
  readonly origin: number | undefined;
  /** The text of the filter, which is highlighted. */
  readonly wanted: string;
  /** How many characters of a message fit into a row. */
  readonly columns: number;
}

/** Longer lines are cut off in rows. In characters. */
const MAX_LINE = 1000;
/** Longer lines of expanded rows are shown in blocks, below their start. */
const MAX_OPEN_LINE = 8000;
/** Matches of the filter aren't highlighted in longer texts. */
const MAX_HIGHLIGHTED = 20_000;

/** The time of an entry, relative to the start: `+12 ms`. */
function offsetText({ epochMs }: LogEntry, origin: number | undefined): string {
  if (epochMs === undefined || origin === undefined) return '';
  const ms = epochMs - origin;
  return `${ms < 0 ? '−' : '+'}${formatMs(Math.abs(ms))}`;
}

function firstLine(message: string): string {
  const end = message.indexOf('\n');
  return end === -1 ? message : message.slice(0, end);
}

/** The label in the column of levels: the level, or the event of a platform line. */
function labelOf({ kind, event, level }: LogEntry): string {
  return kind === 'platform' ? (event ?? '') : (level ?? '');
}

/** Whether an entry has more than its row shows. */
export function canExpand(entry: LogEntry, columns: number): boolean {
  return entry.message.includes('\n') || entry.message.length > columns || hasFields(entry);
}

function hover({ timestamp, requestId, isTruncated }: LogEntry): string {
  const parts = [timestamp, requestId, isTruncated === true ? '…' : undefined];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function detailsOf(entry: LogEntry, wanted: string): HTMLElement {
  const details = create('div', 'log-details');
  const first = firstLine(entry.message);
  const lines = first.length > MAX_OPEN_LINE ? entry.message : entry.message.slice(first.length + 1);
  if (lines !== '') {
    const text = create('div', 'log-lines');
    if (wanted !== '' && lines.length < MAX_HIGHLIGHTED) text.append(...highlighted(lines, wanted));
    else appendText(text, lines);
    details.append(text);
  }
  const fields = fieldsOf(entry);
  if (fields.length > 0) details.append(fieldsView(fields, wanted));
  return details;
}

/** A row of the log: one line, and the rest of the entry below it if it is expanded. */
export function logRow(entry: LogEntry, context: RowContext, isOpen: boolean): HTMLElement {
  const { origin, wanted, columns } = context;
  const message = firstLine(entry.message);
  const shown = isOpen && message.length <= MAX_OPEN_LINE ? message : message.slice(0, MAX_LINE);
  const label = labelOf(entry);
  const time = offsetText(entry, origin);
  const summary = isOpen ? '' : summaryOf(entry);
  const isExpandable = canExpand(entry, columns);
  const text = create(
    'span',
    'log-message',
    ...highlighted(`${entry.isTruncated === true ? '…' : ''}${shown}`, wanted),
  );
  if (summary !== '') text.append(create('span', 'log-summary', ...highlighted(summary, wanted)));
  const line = create(
    'div',
    'log-line',
    create('span', 'log-time', time),
    create('span', `log-level ${entry.kind === 'platform' ? 'platform' : (entry.level ?? '')}`, label),
    text,
    create('span', 'log-more', isExpandable ? (isOpen ? '▾' : '▸') : ''),
  );
  const row = create('div', isOpen ? 'log-row open' : 'log-row', line);
  row.setAttribute('role', 'treeitem');
  row.setAttribute('aria-level', '1');
  if (isExpandable) row.setAttribute('aria-expanded', String(isOpen));
  row.tabIndex = -1;
  setTitle(line, hover(entry));
  setName(row, [label, message.slice(0, MAX_LINE), summary, time].filter((part) => part !== '').join(', '));
  if (isOpen) row.append(detailsOf(entry, wanted));
  return row;
}
