import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Connection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { describeOrder } from '../invoking/runWithProgress.ts';
import { sentence } from '../ui/localize.ts';
import type { Services } from '../wiring/services.ts';
import { askLocalFunction } from './askLocalFunction.ts';

const LOCAL: Connection = { kind: 'local' };

/** Runs an order on Local in the debugger. */
export function createReplay({
  functions,
  localFunctions,
  run,
}: Pick<Services, 'functions' | 'localFunctions' | 'run'>) {
  return async (order: InvocationOrder): Promise<OutcomeSnapshot | undefined> => {
    const { invocation, connection, environment } = order;
    const title = vscode.l10n.t('Replay {0} Locally', describeFunction(invocation));
    const found = await askLocalFunction(invocation.FunctionName, localFunctions, title);
    if (found === undefined) return undefined;
    const named = found.hasSameName ? invocation : { ...invocation, FunctionName: found.fn.name };
    const replayed = await (await functions()).debug(named, connection, environment);
    if (replayed === undefined) return undefined;
    const local = { ...order, invocation: replayed, connection: LOCAL };
    const ended = await run(local, vscode.l10n.t('Replaying {0}', describeOrder(local)));
    return toOutcomeSnapshot(ended.result, sentence);
  };
}
