import * as vscode from 'vscode';
import type { LocalFunctionsView, LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { toSentence, type Message } from '../../core/messages/messages.ts';
import { ROW_COMMANDS } from '../contributions.ts';
import { createTreeItem } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';

/** A row of the functions view: a function, or a file that couldn't be read. */
export type FunctionRow =
  | { readonly kind: 'function'; readonly fn: LocalFunctionView; readonly item: vscode.TreeItem }
  | { readonly kind: 'problem'; readonly item: vscode.TreeItem };

function tooltip(fn: LocalFunctionView): string[] {
  return [
    fn.name,
    fn.handler === '' ? fn.runtime : `${fn.runtime} · ${fn.handler}`,
    vscode.l10n.t('Timeout: {0} s · Memory: {1} MB · Source: {2}', fn.timeout, fn.memorySize, fn.fileName),
    ...[...(fn.obstacle === undefined ? [] : [fn.obstacle]), ...fn.notes].map(sentence),
  ];
}

/** The runtime, and the template unless it is the presets file. */
function describeSource({ runtime, line, fileName }: LocalFunctionView): string {
  return line === undefined ? runtime : `${runtime} · ${fileName}`;
}

function functionRow(fn: LocalFunctionView): FunctionRow {
  const item = createTreeItem({
    label: fn.name,
    description: fn.obstacle === undefined ? describeSource(fn) : sentence(fn.obstacle),
    tooltip: tooltip(fn),
  });
  const canRun = fn.obstacle === undefined;
  item.id = `${fn.file}#${fn.name}`;
  item.iconPath = new vscode.ThemeIcon(canRun ? 'symbol-function' : 'circle-slash');
  item.contextValue = [
    'function',
    canRun && 'canRun',
    fn.canDebug && 'canDebug',
    fn.source !== undefined && 'hasSource',
  ]
    .filter((part) => part !== false)
    .join(' ');
  if (canRun) item.command = { command: ROW_COMMANDS.clickFunction, title: vscode.l10n.t('Open in Form') };
  return { kind: 'function', fn, item };
}

function problemRow(problem: Message, index: number): FunctionRow {
  const item = createTreeItem({ label: sentence(problem) });
  item.id = `problem ${index} ${toSentence(problem)}`;
  item.iconPath = new vscode.ThemeIcon('warning');
  return { kind: 'problem', item };
}

/** The rows of the functions view: problems first, then functions by name. */
export function functionRows({ functions, problems }: LocalFunctionsView): FunctionRow[] {
  const byName = functions.slice().sort((one, other) => one.name.localeCompare(other.name));
  return [...problems.map(problemRow), ...byName.map(functionRow)];
}

/** The function of the row of a command. */
export function functionOf(row: unknown): LocalFunctionView | undefined {
  const isRow = typeof row === 'object' && row !== null && 'kind' in row && row.kind === 'function' && 'fn' in row;
  return isRow ? (row.fn as LocalFunctionView) : undefined;
}
