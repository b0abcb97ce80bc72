import * as vscode from 'vscode';
import { describeConnection, isSameConnection, toStoredConnection } from '../../core/connection/connection.ts';
import { entriesOfFunction, functionsOfHistory, type FunctionTarget } from '../../core/history/functionHistory.ts';
import { functionOf } from '../functions/functionRows.ts';
import { isEntryRow } from '../history/historyNodes.ts';
import { notifyNoInvocations } from '../history/noInvocations.ts';
import { askChoice } from '../ui/ask.ts';
import { createStatisticsPanel, nameOf, type StatisticsServices } from './statisticsPanel.ts';

export interface StatisticsCommands extends vscode.Disposable {
  /** Shows the statistics of the function in a row of a view, or asks for one. */
  show(row: unknown): Promise<void>;
  open(target: FunctionTarget): void;
}

interface OpenPanel {
  readonly target: FunctionTarget;
  readonly panel: vscode.WebviewPanel;
}

/** The statistics of functions, each in a tab. Loaded when they are first used. */
export function createStatisticsCommands(services: StatisticsServices): StatisticsCommands {
  const { history } = services;
  const open = new Set<OpenPanel>();

  /** Whether two targets are the same, or names of one function in the history. */
  function isSame(one: FunctionTarget, other: FunctionTarget): boolean {
    if (one.FunctionName === other.FunctionName && isSameConnection(one.connection, other.connection)) return true;
    const [last] = entriesOfFunction(history.entries(), one);
    return last !== undefined && last === entriesOfFunction(history.entries(), other)[0];
  }

  async function ask(): Promise<FunctionTarget | undefined> {
    const functions = functionsOfHistory(history.entries());
    if (functions.length === 0) {
      notifyNoInvocations();
      return undefined;
    }
    const items = functions.map((target) => ({
      label: nameOf(target),
      description: describeConnection(target.connection),
      target,
    }));
    const placeHolder = vscode.l10n.t('Select a function to show its statistics');
    return (await askChoice(items, { placeHolder, matchOnDescription: true }))?.target;
  }

  function targetOf(row: unknown): FunctionTarget | undefined {
    const fn = functionOf(row);
    if (fn !== undefined) return { FunctionName: fn.name, connection: { kind: 'local' } };
    return isEntryRow(row)
      ? { FunctionName: row.entry.invocation.FunctionName, connection: row.entry.connection }
      : undefined;
  }

  function openTarget({ FunctionName, connection }: FunctionTarget): void {
    const target = { FunctionName, connection: toStoredConnection(connection) }; // as in the history
    const same = [...open].find((one) => isSame(one.target, target));
    if (same !== undefined) return same.panel.reveal();
    const opened = { target, panel: createStatisticsPanel(services, target) };
    open.add(opened);
    opened.panel.onDidDispose(() => open.delete(opened));
  }

  return {
    async show(row) {
      const target = targetOf(row) ?? (await ask());
      if (target !== undefined) openTarget(target);
    },
    open: openTarget,
    dispose: () => vscode.Disposable.from(...[...open].map(({ panel }) => panel)).dispose(),
  };
}
