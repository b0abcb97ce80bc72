import * as vscode from 'vscode';
import { presetConnection } from '../../core/presets/preset.ts';
import { indexNames } from '../../core/functions/nameIndex.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { affectedFunctions } from '../../core/testing/affectedFunctions.ts';
import type { Connections } from '../connections/connections.ts';
import type { LocalFunctions } from '../functions/localFunctions.ts';
import { notify } from '../notify.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { RunnableTest } from './testNodes.ts';
import type { TestRuns } from './testRuns.ts';

export interface ContinuousRunDependencies {
  readonly connections: Pick<Connections, 'store'>;
  readonly localFunctions: Pick<LocalFunctions, 'list'>;
  readonly runs: Pick<TestRuns, 'run'>;
  /** The tests of a request, as they are in their files now. */
  readonly collect: (request: vscode.TestRunRequest) => Promise<RunnableTest[]>;
}

/** Formatters and Save All save several files at once. In milliseconds. */
const SETTLE_MS = 150;

/** Whether a preset runs on Local. Variables in its endpoint make it an address. */
function isLocal({ stored: { preset } }: RunnableTest, { connections }: ContinuousRunDependencies): boolean {
  return presetConnection(preset, connections.store.get()).kind === 'local';
}

function functionOf({ stored }: RunnableTest, functions: readonly LocalFunctionView[]): LocalFunctionView | undefined {
  const { FunctionName } = stored.preset;
  return indexNames(functions).find(parseFunctionName(FunctionName)?.name ?? FunctionName);
}

/** Runs the tests of a function on Local again whenever its handler is saved, until the user switches it off. */
export function runContinuously(
  request: vscode.TestRunRequest,
  token: vscode.CancellationToken,
  dependencies: ContinuousRunDependencies,
): void {
  const { localFunctions, runs, collect } = dependencies;
  const saved = new Set<string>();
  /** Prompts are answered once. */
  const answers = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function runAffected(): Promise<void> {
    const paths = [...saved];
    saved.clear();
    if (paths.length === 0 || token.isCancellationRequested) return;
    const { functions } = await localFunctions.list();
    const affected = new Set(paths.flatMap((path) => affectedFunctions(path, functions)));
    const tests = (await collect(request)).filter((test) => {
      const fn = isLocal(test, dependencies) ? functionOf(test, functions) : undefined;
      return fn !== undefined && affected.has(fn);
    });
    if (tests.length === 0) return;
    await runs.run(tests, request, { token, isDebug: false, isContinuous: true, answers });
  }

  async function explain(): Promise<void> {
    const others = (await collect(request)).filter((test) => !isLocal(test, dependencies));
    if (others.length === 0) return;
    const text =
      others.length === 1
        ? vscode.l10n.t("Continuous run skips a test that doesn't run on Local.")
        : vscode.l10n.t("Continuous run skips {0} tests that don't run on Local.", others.length);
    notify('information', text);
  }

  const isFile = ({ uri }: vscode.TextDocument) => uri.scheme === 'file';
  const changed = new Set(vscode.workspace.textDocuments.filter((document) => document.isDirty && isFile(document)));
  const changing = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (document.isDirty && isFile(document)) changed.add(document);
  });
  const saving = vscode.workspace.onDidSaveTextDocument((document) => {
    // VS Code also saves files without changes.
    if (!changed.delete(document)) return;
    saved.add(document.uri.fsPath);
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(runAffected);
      reportErrors(running);
      running = running.catch(() => undefined);
    }, SETTLE_MS);
  });
  token.onCancellationRequested(() => {
    clearTimeout(timer);
    changing.dispose();
    saving.dispose();
  });
  reportErrors(explain());
}
