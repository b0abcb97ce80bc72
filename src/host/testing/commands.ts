import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { readWholeLog } from '../functions/wholeLog.ts';
import { createButtonClicks } from '../ui/buttonClicks.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { Handlers } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { createAcceptCommand } from './acceptCommand.ts';
import { testId } from './acceptTarget.ts';
import { createCheckCommand } from './checkCommand.ts';
import { runContinuously } from './continuousRun.ts';
import type { LastResults } from './lastResults.ts';
import type { RunnableTest } from './testNodes.ts';
import { TestRuns } from './testRuns.ts';
import { TestTree } from './testTree.ts';

export type TestingServices = Pick<
  Services,
  'connections' | 'forms' | 'functions' | 'history' | 'invocations' | 'local' | 'localFunctions' | 'presets' | 'views'
>;

interface TestingCommands extends vscode.Disposable {
  readonly handlers: Pick<Handlers, 'acceptAsExpected' | 'checkHistory'>;
  /** Lists all tests, or those below an item. */
  resolve(item?: vscode.TestItem): Promise<void>;
}

/** The tests of the window, their runs, and their commands. Loaded when VS Code shows or runs tests. */
export async function createTestingCommands(services: TestingServices): Promise<TestingCommands> {
  const { connections, forms, functions, history, invocations, local, localFunctions, views } = services;
  const presets = await services.presets();
  const { files, runner, testFiles } = presets;
  const controller = views.tests;
  const tree = new TestTree({ controller, files, testFiles });
  const lastResults: LastResults = new WeakMap();
  const runs = new TestRuns({
    controller,
    invocations,
    connections,
    files,
    runner,
    testFiles,
    debug: async (...order) => (await functions()).debug(...order),
    wholeLog: ({ result: { outcome } }: EndedInvocation) => readWholeLog(local, outcome),
    results: lastResults,
  });
  let isListed = false;

  async function update(): Promise<void> {
    await tree.update();
    isListed = true;
  }

  /** The tests of a request, as they are in their files now. */
  async function collect({ include, exclude }: vscode.TestRunRequest): Promise<RunnableTest[]> {
    await update();
    return tree.collect(include, exclude);
  }

  const isFollowingClick = createButtonClicks();
  let lastToken: vscode.CancellationToken | undefined;

  /** Whether a request is the second one of a double click. A request after Stop isn't. */
  function isRepeated(request: vscode.TestRunRequest, token: vscode.CancellationToken, isDebug: boolean): boolean {
    const row = JSON.stringify([isDebug, request.include?.map(testId)]);
    const isFollowing = isFollowingClick(row) && lastToken?.isCancellationRequested !== true;
    lastToken = token;
    return isFollowing;
  }

  const runNow =
    (isDebug: boolean) =>
    async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
      if (request.continuous === true) {
        return runContinuously(request, token, { connections, localFunctions, runs, collect });
      }
      if (isRepeated(request, token, isDebug)) return;
      const tests = await collect(request);
      await runs.run(tests, request, { token, isDebug });
    };
  const { Run, Debug } = vscode.TestRunProfileKind;
  const owned = vscode.Disposable.from(
    controller.createRunProfile(vscode.l10n.t('Run'), Run, runNow(false), true, undefined, true),
    controller.createRunProfile(vscode.l10n.t('Debug on Local'), Debug, runNow(true), true),
    files.onDidChange(() => {
      if (isListed) reportErrors(update());
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => reportErrors(tree.updateCases(uri))),
  );
  return {
    resolve: (item) => (item === undefined ? update() : tree.resolve(item)),
    handlers: {
      acceptAsExpected: createAcceptCommand({ tree, presets, forms, history, lastResults, update }),
      checkHistory: createCheckCommand({
        tree,
        runs,
        runner,
        history,
        selection: () => views.history.view.selection,
        update,
      }),
    },
    dispose: () => owned.dispose(),
  };
}
