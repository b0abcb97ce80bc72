import * as vscode from 'vscode';
import type { HistoryGroup } from '../../core/history/historyDays.ts';
import type { HistoryEntry } from '../../core/history/historyEntry.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { logCoverage } from '../../core/outcome/logCoverage.ts';
import { ROW_COMMANDS } from '../contributions.ts';
import { verdictIcon } from '../invoking/verdictIcon.ts';
import { createTreeItem } from '../ui/labels.ts';
import { describeEntry, resultText, tooltipOf, type TimeTexts } from './historyTexts.ts';

/** A row of the history view: a day, or an invocation. */
export type HistoryNode = DayNode | EntryRow;

export interface DayNode {
  readonly kind: 'day';
  readonly id: string;
  /** The row stays the same object, so that VS Code updates only the rows that change. */
  item: vscode.TreeItem;
  readonly parent?: undefined;
  rows: EntryRow[];
}

export interface EntryRow {
  readonly kind: 'entry';
  entry: HistoryEntry;
  item: vscode.TreeItem;
  readonly parent: DayNode;
  /** As shown. It changes over time. */
  age: string;
}

export interface NodeContext {
  readonly now: number;
  readonly times: TimeTexts;
  readonly isFiltered: boolean;
}

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** The row ID of a group. With a filter all groups are expanded, and VS Code remembers the state of each ID. */
export function dayId({ kind, day }: HistoryGroup, { isFiltered }: NodeContext): string {
  return `${kind === 'pinned' ? kind : `day ${day}`}${isFiltered ? ' filtered' : ''}`;
}

/** The item of a group. Days before yesterday are collapsed, except for the first. */
export function dayItem(group: HistoryGroup, isFirst: boolean, context: NodeContext): vscode.TreeItem {
  const { now, times, isFiltered } = context;
  const [label, count] = [times.heading(group, now), String(group.entries.length)];
  const item = createTreeItem({
    label,
    description: count,
    spoken: `${label}, ${count}`,
    state: group.kind === 'date' && !isFirst && !isFiltered ? Collapsed : Expanded,
  });
  item.id = dayId(group, context);
  item.contextValue = 'day';
  return item;
}

/** How long ago an entry ended, with the date only for pinned entries, whose heading doesn't show it. */
function ageOf({ at, isPinned }: HistoryEntry, { now, times }: NodeContext, isSpoken = false): string {
  return times.age(at, now, { hasHeading: isPinned !== true, isSpoken });
}

function entryItem(entry: HistoryEntry, id: string, context: NodeContext, age: string): vscode.TreeItem {
  const label = describeFunction(entry.invocation);
  const details = describeEntry(entry);
  const item = createTreeItem({
    label,
    description: [...details, age].join(' · '),
    tooltip: tooltipOf(entry, label, context.times),
    spoken: [label, resultText(entry), ...details, ageOf(entry, context, true)].join(', '),
    state: None,
  });
  item.id = id;
  item.iconPath = verdictIcon(entry.verdict.level);
  item.contextValue = [
    'entry',
    entry.isPinned === true ? 'pinned' : 'unpinned',
    ...(entry.invocation.payload.kind === 'file' ? ['hasFile'] : []),
    ...(logCoverage(entry.outcome, entry.connection) === 'none' ? [] : ['hasLog']),
  ].join(' ');
  // The command receives the ID, because a row that is clicked during a refresh isn't selected yet.
  const title = vscode.l10n.t('Open in Form');
  item.command = { command: ROW_COMMANDS.clickHistory, title, arguments: [entry.invocationId] };
  return item;
}

export function entryRow(parent: DayNode, entry: HistoryEntry, context: NodeContext): EntryRow {
  const age = ageOf(entry, context);
  return { kind: 'entry', entry, parent, age, item: entryItem(entry, rowId(parent, entry), context, age) };
}

function rowId({ id }: DayNode, { invocationId }: HistoryEntry): string {
  return `${id}/${invocationId}`;
}

/** Updates the age of a row. Returns whether it has changed. */
export function updateAge(row: EntryRow, context: NodeContext): boolean {
  const age = ageOf(row.entry, context);
  if (age === row.age) return false;
  row.age = age;
  row.item = entryItem(row.entry, rowId(row.parent, row.entry), context, age);
  return true;
}

export function isEntryRow(node: unknown): node is EntryRow {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'entry';
}
