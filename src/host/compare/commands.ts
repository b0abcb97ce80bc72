import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { CompareOptions } from '../../core/compare/compareOptions.ts';
import { differingPaths } from '../../core/compare/differingPaths.ts';
import { readJsonTree } from '../../core/json/jsonTree.ts';
import type { Outcome } from '../../core/outcome/outcome.ts';
import { readWholeLog } from '../functions/wholeLog.ts';
import { searchHistory } from '../history/historySearch.ts';
import { createTimeTexts } from '../history/historyTexts.ts';
import type { OutcomeSnapshot } from '../invoking/outcomeSnapshot.ts';
import { notify } from '../notify.ts';
import type { Handlers } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { askIgnoredPaths } from './askIgnoredPaths.ts';
import { readSide, type ComparedSide } from './comparedSide.ts';
import { Comparisons, type Compared } from './comparisons.ts';
import { CompareSettings } from './compareSettings.ts';
import { createReplay } from './replayLocally.ts';
import { createTwoTargets } from './twoTargets.ts';

export type CompareServices = Pick<
  Services,
  | 'connectionCommands'
  | 'connections'
  | 'context'
  | 'forms'
  | 'functionBrowser'
  | 'functions'
  | 'history'
  | 'invocations'
  | 'knownFunctions'
  | 'local'
  | 'localFunctions'
  | 'presets'
  | 'results'
  | 'run'
  | 'views'
>;

export interface Compare extends vscode.Disposable {
  readonly handlers: Pick<
    Handlers,
    | 'sortCompared'
    | 'restoreComparedOrder'
    | 'hideComparedTimes'
    | 'showComparedTimes'
    | 'ignoreComparedPaths'
    | 'swapCompared'
    | 'invokeOnTwoTargets'
  >;
  /** The text of a document of a comparison. */
  text(uri: vscode.Uri): Promise<string>;
  /** Compares two results. Rejects with InvokeError if one was deleted. */
  open(left: string, right: string): Promise<void>;
  /** Prompts for an invocation of the history, and compares it with a result. */
  openWithEntry(invocationId: string): Promise<void>;
  /** Prompts for two targets, and invokes on both. Undefined if canceled. Rejects with InvokeError. */
  invokeOnTwoTargets(order: InvocationOrder): Promise<readonly OutcomeSnapshot[] | undefined>;
  /** Runs an order on Local in the debugger. Undefined if canceled. Rejects with InvokeError. */
  replay(order: InvocationOrder): Promise<OutcomeSnapshot | undefined>;
}

/** Larger responses aren't searched for differences. In bytes. */
const MAX_SEARCHED_BYTES = 1_048_576;

/** The JSON of a response, unless it's too large to search. */
function responseTree({ ended: { result } }: ComparedSide) {
  const { Payload } = result;
  const isSmall = Payload !== undefined && Payload.byteLength <= MAX_SEARCHED_BYTES;
  return isSmall ? readJsonTree(new TextDecoder().decode(Payload)) : undefined;
}

/** Comparisons, invocations on two targets, and replays. Loaded with the first use. */
export function createCompareCommands(services: CompareServices): Compare {
  const { context, history, local, results, views } = services;
  const wholeLog = (outcome: Outcome) => readWholeLog(local, outcome);
  const comparisons = new Comparisons({
    settings: new CompareSettings(context.workspaceState),
    documents: views.comparisons,
    readSide: (invocationId) => readSide(invocationId, { history, results, wholeLog }),
  });
  const open = (left: string, right: string) => comparisons.open({ left, right });
  const twoTargets = createTwoTargets(services, open);

  /** Applies to the comparison in the active tab. */
  async function withActive(act: (compared: Compared) => Promise<void>): Promise<void> {
    const compared = await comparisons.active();
    if (compared !== undefined) await act(compared);
  }

  const change = (options: Partial<CompareOptions>) => () =>
    withActive((compared) => comparisons.change(compared, options));

  return {
    text: (uri) => comparisons.text(uri),
    open,
    async openWithEntry(invocationId) {
      const others = history.entries().filter((entry) => entry.invocationId !== invocationId);
      if (others.length === 0) {
        return notify('information', vscode.l10n.t('No other invocations in this workspace yet.'));
      }
      const title = vscode.l10n.t('Compare with History Entry');
      const entry = await searchHistory(others, createTimeTexts(), title);
      if (entry !== undefined) await open(entry.invocationId, invocationId);
    },
    invokeOnTwoTargets: (order) => twoTargets.invoke(order),
    replay: createReplay(services),
    handlers: {
      sortCompared: change({ sortsKeys: true }),
      restoreComparedOrder: change({ sortsKeys: false }),
      hideComparedTimes: change({ hidesTimes: true }),
      showComparedTimes: change({ hidesTimes: false }),
      ignoreComparedPaths: () =>
        withActive(async (compared) => {
          const [left, right] = compared.sides.map(responseTree);
          await askIgnoredPaths({
            ignored: comparisons.options(compared).ignoredPaths,
            differing: left === undefined || right === undefined ? [] : differingPaths(left, right),
            change: (ignoredPaths) => comparisons.change(compared, { ignoredPaths }),
          });
        }),
      swapCompared: () => comparisons.swapActive(),
      invokeOnTwoTargets: () => twoTargets.ask(),
    },
    dispose: () => comparisons.dispose(),
  };
}
