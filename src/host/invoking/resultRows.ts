import * as vscode from 'vscode';
import { formatMs, summarize } from '../../core/outcome/summary.ts';
import { COMMANDS } from '../contributions.ts';
import { createTreeItem } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';
import type { BatchFile, FileBatch, FileResult } from './fileBatch.ts';
import { describeOrder } from './runWithProgress.ts';
import { verdictIcon } from './verdictIcon.ts';

/** A row of the results view: a file with the state of its invocation. */
export interface ResultRow {
  readonly kind: 'result';
  /** The current state. The row stays the same object, so that only rows that change are shown again. */
  file: BatchFile;
  /** The file's name, or its path if others have the same name. */
  readonly name: string;
}

/** The rows of a batch. */
export function rowsOf({ files }: FileBatch): ResultRow[] {
  const named = files.map((file) => ({ file, name: file.label.split(/[\\/]/).at(-1) ?? file.label }));
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return named.map(({ file, name }) => ({ kind: 'result', file, name: counts.get(name) === 1 ? name : file.label }));
}

const LEVELS = { passed: 'success', warning: 'warning', failed: 'error', stopped: 'neutral' } as const;

/** The icon of a state. */
function iconOf(state: BatchFile['state']): vscode.ThemeIcon {
  if (typeof state === 'object') return verdictIcon(LEVELS[state.verdict]);
  if (state === 'skipped') return verdictIcon('neutral');
  if (state === 'running') return new vscode.ThemeIcon('loading~spin');
  return new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('testing.iconQueued'));
}

/** The status or error of a result, and its time. */
function describeResult({ result: { outcome }, status }: FileResult): string {
  const time = formatMs(outcome.clientMs);
  switch (outcome.state) {
    case 'succeeded':
      return status === undefined ? time : `HTTP ${status} · ${time}`;
    case 'accepted':
      return `${vscode.l10n.t('Queued')} · ${time}`;
    case 'dryRun':
      return `${vscode.l10n.t('Permission granted')} · ${time}`;
    case 'functionError': {
      const { type, message } = outcome.functionError;
      return [time, [type ?? outcome.FunctionError, message].filter((part) => part !== undefined).join(': ')].join(
        ' · ',
      );
    }
    case 'failed':
    case 'cancelled':
      return sentence(outcome.reason);
  }
}

function describeState(state: BatchFile['state']): string {
  if (typeof state === 'object') return describeResult(state);
  return state === 'skipped' ? vscode.l10n.t('Not invoked') : '';
}

function tooltipOf({ label, state }: BatchFile): string[] {
  if (typeof state !== 'object') return [label];
  const { order, result } = state;
  const { requestId } = result.outcome;
  return [
    label,
    ...(order === undefined ? [] : [describeOrder(order)]),
    sentence(summarize(result.outcome)),
    ...(requestId === undefined ? [] : [vscode.l10n.t('Request ID: {0}', requestId)]),
  ];
}

/** The tree item of a row. A click opens the result in the form. */
export function resultItem(row: ResultRow): vscode.TreeItem {
  const { uri, label, state } = row.file;
  const description = describeState(state);
  const outcome = typeof state === 'object' ? sentence(summarize(state.result.outcome)) : describeKind(state);
  const spoken = `${label}, ${outcome}`;
  const item = createTreeItem({ label: row.name, description, tooltip: tooltipOf(row.file), spoken });
  item.id = uri;
  item.iconPath = iconOf(state);
  item.contextValue = typeof state === 'object' ? 'result ended' : 'result';
  // Also while it runs: the window shows the last change of a row a little later.
  item.command = { command: COMMANDS.openResult, title: vscode.l10n.t('Open Result'), arguments: [row] };
  return item;
}

function describeKind(kind: Exclude<BatchFile['state'], FileResult>): string {
  if (kind === 'running') return vscode.l10n.t('Running');
  return kind === 'queued' ? vscode.l10n.t('Waiting') : vscode.l10n.t('Not invoked');
}

/** `3 of 5 succeeded, 1 failed, 1 not completed` */
export function summaryOf({ files, isRunning }: FileBatch): string {
  const count = (...kinds: readonly string[]) =>
    files.filter(({ state }) => kinds.includes(typeof state === 'object' ? state.verdict : state)).length;
  const failed = count('failed');
  const warnings = count('warning');
  const skipped = count('skipped', 'stopped');
  return [
    vscode.l10n.t('{0} of {1} succeeded', count('passed'), files.length),
    ...(failed === 0 ? [] : [vscode.l10n.t('{0} failed', failed)]),
    ...(warnings === 0 ? [] : [vscode.l10n.t('{0} with HTTP 4xx', warnings)]),
    ...(skipped === 0 || isRunning ? [] : [vscode.l10n.t('{0} not completed', skipped)]),
  ].join(', ');
}

/** The rows of a command: the selected ones, or the one it was called with. */
export function resultRows(row: unknown, selected: unknown): readonly ResultRow[] {
  const given: readonly unknown[] = Array.isArray(selected) && selected.length > 0 ? selected : [row];
  return given.filter(isResultRow);
}

function isResultRow(row: unknown): row is ResultRow {
  return typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'result';
}
