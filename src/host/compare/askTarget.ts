import * as vscode from 'vscode';
import { functionOf, isSameTarget, withConnection, withFunction, withQualifier } from '../../app/retarget.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { describeConnection, isSameConnection, type Connection } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { indexNames } from '../../core/functions/nameIndex.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { inRegion } from '../functionBrowser/inRegion.ts';
import { askChoice } from '../ui/ask.ts';
import type { Choice } from '../ui/choice.ts';
import type { Services } from '../wiring/services.ts';
import { askLocalFunction } from './askLocalFunction.ts';

export type AskTargetServices = Pick<
  Services,
  'connectionCommands' | 'connections' | 'functionBrowser' | 'localFunctions'
>;

interface TargetItem extends Choice {
  /** Accepts the target, or changes a part of it. */
  readonly act: 'accept' | 'qualifier' | 'region' | 'profile' | 'local';
}

const LOCAL: Connection = { kind: 'local' };

/**
 * Prompts for what an order is invoked on, starting with its own function and connection. Undefined if canceled. A
 * deployed function that is the same as `other` isn't accepted with Enter alone, which would invoke it twice by accident.
 */
export async function askTarget(
  order: InvocationOrder,
  title: string,
  { connectionCommands, connections, functionBrowser, localFunctions }: AskTargetServices,
  other?: InvocationOrder,
): Promise<InvocationOrder | undefined> {
  /** The function on a connection. A workspace function has the name of its stack there. */
  async function onConnection(target: InvocationOrder, connection: Connection): Promise<InvocationOrder | undefined> {
    if (isSameConnection(target.connection, connection)) return target;
    const { FunctionName } = functionOf(target);
    if (connection.kind === 'local') {
      const found = await askLocalFunction(FunctionName, localFunctions, title);
      return found && withFunction(target, found.fn.name, LOCAL);
    }
    if (target.connection.kind === 'aws') return withConnection(target, connection);
    const fn = indexNames((await localFunctions.list()).functions).find(FunctionName);
    if (fn === undefined) return withConnection(target, connection);
    const deployed = await (await functionBrowser()).deployed(fn, connection);
    return deployed && withFunction(target, deployed.FunctionName, inRegion(connection, deployed));
  }

  /** The target with the selected part. Undefined if that was canceled. */
  async function changed(target: InvocationOrder, act: TargetItem['act']): Promise<InvocationOrder | undefined> {
    switch (act) {
      case 'accept':
        return target;
      case 'local':
        return onConnection(target, LOCAL);
      case 'qualifier': {
        const { FunctionName } = functionOf(target);
        const Qualifier = await (await functionBrowser()).pickQualifier(target.connection, { FunctionName });
        return Qualifier === undefined ? undefined : withQualifier(target, Qualifier);
      }
      case 'region': {
        const connection = await (await connectionCommands()).ask(act, target.connection);
        return connection && withConnection(target, connection);
      }
      case 'profile': {
        const connection = await (await connectionCommands()).ask(act, target.connection);
        return connection && onConnection(target, connection);
      }
    }
  }

  for (let target = order; ;) {
    const view = await connections.describe(target.connection);
    const isAws = target.connection.kind === 'aws';
    const isSame = isAws && other !== undefined && isSameTarget(target, other);
    const accept: TargetItem = {
      act: 'accept',
      icon: 'play',
      label: describeFunction(target.invocation),
      description: describeConnection(view, parseFunctionName(target.invocation.FunctionName)?.region),
      ...(isSame && { detail: vscode.l10n.t('Same as the first target. Invokes the function twice.') }),
    };
    const changes: TargetItem[] = [
      { act: 'accept', label: vscode.l10n.t('Change target'), kind: vscode.QuickPickItemKind.Separator },
      ...(isAws
        ? [
            { act: 'qualifier' as const, icon: 'tag' as const, label: vscode.l10n.t('Version or Alias…') },
            { act: 'region' as const, icon: 'globe' as const, label: vscode.l10n.t('Region…') },
          ]
        : []),
      { act: 'profile', icon: 'account', label: vscode.l10n.t('Profile…') },
      ...(isAws ? [{ act: 'local' as const, icon: 'symbol-function' as const, label: 'Local' }] : []),
    ];
    const same: TargetItem = { act: 'accept', label: '', kind: vscode.QuickPickItemKind.Separator };
    const items = isSame ? [...changes, same, accept] : [accept, ...changes];
    const placeHolder = isSame
      ? vscode.l10n.t('Select what differs in the second target')
      : vscode.l10n.t('Press Enter to use this target, or change it');
    const picked = await askChoice(items, { title, placeHolder });
    if (picked === undefined) return undefined;
    if (picked.act === 'accept') return target;
    target = (await changed(target, picked.act)) ?? target;
  }
}
