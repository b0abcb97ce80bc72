import * as l10n from '@vscode/l10n';
import { entryPayload } from '../../src/core/logs/entryPayload.ts';
import type { LogEntry } from '../../src/core/logs/logEntry.ts';
import { fieldsOf } from '../../src/core/logs/logFields.ts';
import { hasFields, summaryOf } from '../../src/core/logs/logSummary.ts';
import { formatMs } from '../../src/core/outcome/summary.ts';
import { create, setTitle } from '../dom.ts';
import { appendText } from '../result/textBlocks.ts';
import { fieldsView, type TextContext } from './logFieldsView.ts';
import { highlighted, linkedLines } from './logText.ts';

/** What a row depends on beside its entry. */
export interface RowContext extends TextContext {
  /** The time that others are relative to. */
  readonly origin: number | undefined;
  /** How many characters of a message fit into a row. */
  readonly columns: number;
  /** Shows the JSON of an entry in the form, with its function or with a local one. */
  readonly useJson: (json: string, isLocal: boolean) => void;
  /** The text in the column of times, if it isn't relative to `origin`. */
  readonly time?: string;
  /** The name of the function, if the log is of several. */
  readonly name?: string;
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
  const { message, fieldSource } = entry;
  // An object without other fields still has actions.
  return message.includes('\n') || message.length > columns || hasFields(entry) || fieldSource?.kind === 'json';
}

function hover({ timestamp, requestId, isTruncated }: LogEntry): string {
  const parts = [timestamp, requestId, isTruncated === true ? '…' : undefined];
  return parts.filter((part) => part !== undefined).join(' · ');
}

/** The actions for the JSON of an entry. The form shows it first, because the text of a log is untrusted. */
function jsonActions(json: string, useJson: RowContext['useJson']): HTMLElement {
  const action = (label: string, isLocal: boolean) => {
    const button = create('button', 'link', label) as HTMLButtonElement;
    button.type = 'button';
    button.addEventListener('click', () => useJson(json, isLocal));
    return button;
  };
  return create('div', 'log-actions', action(l10n.t('Use as Payload'), false), action(l10n.t('Replay Locally'), true));
}

function detailsOf(entry: LogEntry, context: RowContext): HTMLElement {
  const details = create('div', 'log-details');
  const first = firstLine(entry.message);
  const lines = first.length > MAX_OPEN_LINE ? entry.message : entry.message.slice(first.length + 1);
  if (lines !== '') {
    const text = create('div', 'log-lines');
    if (lines.length < MAX_HIGHLIGHTED) text.append(...linkedLines(lines, context.wanted, context.frames));
    else appendText(text, lines);
    details.append(text);
  }
  const fields = fieldsOf(entry);
  if (fields.length > 0) details.append(fieldsView(fields, context));
  const json = entryPayload(entry);
  if (json !== undefined) details.append(jsonActions(json, context.useJson));
  return details;
}

/** A row of the log: one line, and the rest of the entry below it if it is expanded. */
export function logRow(entry: LogEntry, context: RowContext, isOpen: boolean): HTMLElement {
  const { origin, wanted, columns } = context;
  const message = firstLine(entry.message);
  const shown = isOpen && message.length <= MAX_OPEN_LINE ? message : message.slice(0, MAX_LINE);
  const label = labelOf(entry);
  const time = context.time ?? offsetText(entry, origin);
  const summary = isOpen ? '' : summaryOf(entry);
  const isExpandable = canExpand(entry, columns);
  const text = create(
    'span',
    'log-message',
    ...highlighted(`${entry.isTruncated === true ? '…' : ''}${shown}`, wanted),
  );
  if (summary !== '') text.append(create('span', 'log-summary', ...highlighted(summary, wanted)));
  const more = create('span', 'log-more', isExpandable ? (isOpen ? '▾' : '▸') : '');
  more.setAttribute('aria-hidden', 'true');
  const line = create(
    'div',
    'log-line',
    create('span', 'log-time', time),
    ...(context.name === undefined ? [] : [create('span', 'log-name', context.name)]),
    create('span', `log-level ${entry.kind === 'platform' ? 'platform' : (entry.level ?? '')}`, label),
    text,
    more,
  );
  setTitle(line, hover(entry));
  const row = create('div', isOpen ? 'log-row open' : 'log-row', line);
  // Its name is its content, so that screen readers read the details of an expanded row.
  row.setAttribute('role', 'treeitem');
  row.setAttribute('aria-level', '1');
  if (isExpandable) row.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) row.append(detailsOf(entry, context));
  return row;
}
