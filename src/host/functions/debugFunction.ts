import * as vscode from 'vscode';
import { debugObstacle } from '../../core/functions/localInvocation.ts';
import type { DebuggedProcess, LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { debugConfiguration, debugs } from './debugConfiguration.ts';
import type { DebugSessions } from './debugSessions.ts';
import type { LocalProcess } from './localProcess.ts';
import { debugpyOfExtension } from './pythonDebugger.ts';

/** How long to wait for VS Code's event that the session has started. */
const MAX_WAIT_MS = 30_000;

/** Attaches VS Code to a function. Resolves when the session has started. Always removes its listeners. */
async function attach(fn: LocalFunctionView, address: string): Promise<void> {
  const owned: vscode.Disposable[] = [];
  try {
    const started = new Promise<void>((resolve) => {
      vscode.debug.onDidStartDebugSession((session) => debugs(address, session) && resolve(), undefined, owned);
    });
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fn.folder));
    const isStarted = await vscode.debug.startDebugging(folder, debugConfiguration(fn, address));
    const notStarted = new Error(vscode.l10n.t("VS Code didn't start the debug session."));
    if (!isStarted) throw notStarted;
    const late = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(notStarted), MAX_WAIT_MS);
      owned.push({ dispose: () => clearTimeout(timer) });
    });
    await Promise.race([started, late]);
  } finally {
    for (const one of owned) one.dispose();
  }
}

/**
 * Starts a new process of the function with VS Code's debugger attached, which handles the function's events. Time and
 * memory aren't limited during the session, and the process ends with it. Ends the sessions of the function's earlier
 * process first. Resolves to false if a required extension is missing. Rejects with InvokeError.
 */
export async function startDebugging(
  fn: LocalFunctionView,
  {
    local,
    sessions,
    environment,
  }: {
    readonly local: Pick<LocalProcess, 'ask'>;
    readonly sessions: DebugSessions;
    readonly environment?: Readonly<Record<string, string>> | undefined;
  },
): Promise<boolean> {
  const { name, runtime } = fn;
  const obstacle = debugObstacle(fn);
  if (obstacle !== undefined) throw new InvokeError(obstacle);
  const notStarted = (error: unknown) =>
    isInvokeError(error)
      ? error
      : new InvokeError(message('debugNotStarted', error instanceof Error ? error.message : String(error)));
  const rejectAsNotStarted = (error: unknown) => {
    throw notStarted(error);
  };
  const isPython = runtime.startsWith('python');
  const debugpy = isPython ? await debugpyOfExtension().catch(rejectAsNotStarted) : undefined;
  if (isPython && debugpy === undefined) return false;
  await sessions.end(name);
  const { address, pid } = (await local
    .ask({ what: 'debug', name, ...(debugpy !== undefined && { debugpy }), ...(environment && { environment }) })
    .catch(rejectAsNotStarted)) as DebuggedProcess;
  const stop = () => local.ask({ what: 'stopDebugging', name, address }).catch(() => undefined); // it might have exited
  sessions.follow(address, { name, pid, stop });
  try {
    await attach(fn, address);
  } catch (error) {
    sessions.forget(address);
    await stop();
    throw notStarted(error);
  }
  return true;
}
