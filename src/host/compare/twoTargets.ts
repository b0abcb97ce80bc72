import * as vscode from 'vscode';
import { functionOf, onTarget, targetOf, type Target } from '../../app/retarget.ts';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import { describeConnection } from '../../core/connection/connection.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import { message } from '../../core/messages/messages.ts';
import { createWarnings } from '../invoking/knownWarnings.ts';
import { toOutcomeSnapshot, type OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { readPayload } from '../invoking/payloadFiles.ts';
import { notify } from '../notify.ts';
import { askChoice } from '../ui/ask.ts';
import { sentence } from '../ui/localize.ts';
import type { Services } from '../wiring/services.ts';
import { askOrder, type AskOrderServices } from './askOrder.ts';
import { askTarget, type AskTargetServices } from './askTarget.ts';
import { runTargets, type Two } from './runTargets.ts';

type TwoTargetServices = AskTargetServices & AskOrderServices & Pick<Services, 'invocations' | 'knownFunctions'>;

/** `hello:live (dev · eu-central-1)` */
function describeTarget({ connection, ...target }: Target): string {
  return `${describeFunction(target)} (${describeConnection(connection, parseFunctionName(target.FunctionName)?.region)})`;
}

/** Invokes with the same payload on two targets at the same time, and compares the results. */
export function createTwoTargets(services: TwoTargetServices, compare: (left: string, right: string) => Promise<void>) {
  const { connections, forms, invocations, knownFunctions } = services;
  const warn = createWarnings(knownFunctions);

  /** The last targets of each function, as it's named in the form or the preset. Without payloads, which can be large. */
  const lastTargets = new Map<string, Two<Target>>();

  /** Undefined if it was canceled, and nothing was sent. */
  async function askTargets(order: InvocationOrder): Promise<Two<InvocationOrder> | undefined> {
    const { FunctionName } = functionOf(order);
    const last = lastTargets.get(FunctionName);
    if (last !== undefined) {
      const again = { label: last.map(describeTarget).join(' ↔ '), description: vscode.l10n.t('Last used') };
      const placeHolder = vscode.l10n.t('Select the targets');
      const title = vscode.l10n.t('Invoke on Two Targets');
      const picked = await askChoice([again, { label: vscode.l10n.t('Select Targets…') }], { title, placeHolder });
      if (picked === undefined) return undefined;
      if (picked === again) return [onTarget(order, last[0]), onTarget(order, last[1])];
    }
    const title = (step: number) => vscode.l10n.t('Invoke on Two Targets ({0} of 2)', step);
    const first = await askTarget(order, title(1), services);
    const second = first && (await askTarget(first, title(2), services, first));
    if (first === undefined || second === undefined) return undefined;
    lastTargets.set(FunctionName, [targetOf(first), targetOf(second)]);
    return [first, second];
  }

  async function invoke(given: InvocationOrder): Promise<readonly OutcomeSnapshot[] | undefined> {
    const orders = await askTargets(given);
    if (orders === undefined) return undefined;
    // Read once, so that both targets get the same bytes, and VS Code asks only once whether to save the file.
    const payload = await readPayload(given.invocation.payload);
    const { byteLength: payloadBytes } = payload.bytes;
    if (!(await connections.confirmAll(orders.map((one) => ({ ...one, payloadBytes }))))) {
      notify('information', message('notConfirmed'));
      return undefined;
    }
    for (const one of orders) warn(one);
    const title = vscode.l10n.t('Invoking {0} on two targets', describeFunction(orders[0].invocation));
    const ended = await runTargets(orders, { invocations, title, payload });
    const [left, right] = ended;
    const { outcome } = left.result;
    if (outcome.state === 'cancelled' && right.result.outcome.state === 'cancelled')
      notify('information', outcome.reason);
    else await compare(left.invocationId, right.invocationId);
    return ended.map(({ result }) => toOutcomeSnapshot(result, sentence));
  }

  return {
    invoke,
    /** With the form in the active tab, or else a preset or an invocation of the history. */
    async ask(): Promise<readonly OutcomeSnapshot[] | undefined> {
      if (forms.invokeOnTwoTargets()) return undefined; // the form answers
      const order = await askOrder(services);
      return order && invoke(order);
    },
  };
}
