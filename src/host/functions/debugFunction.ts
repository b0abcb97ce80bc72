import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import type { DebugSessions } from './debugSessions.ts';
import type { LocalProcess } from './localProcess.ts';

/** How long to wait for VS Code's event that the session has started. */
const MAX_WAIT_MS = 30_000;

/** Whether a session debugs the process with this inspector URL itself, not one of its threads. */
function debugs(address: string, { configuration, parentSession }: vscode.DebugSession): boolean {
  return configuration['websocketAddress'] === address && parentSession === undefined;
}

/**
 * Attaches VS Code's JavaScript debugger to the inspector at `address`, a `ws://` URL. Resolves when the session has
 * started. Always removes its listeners.
 */
async function attach(fn: LocalFunctionView, address: string): Promise<void> {
  const owned: vscode.Disposable[] = [];
  try {
    const started = new Promise<void>((resolve) => {
      vscode.debug.onDidStartDebugSession((session) => debugs(address, session) && resolve(), undefined, owned);
    });
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fn.folder));
    const isStarted = await vscode.debug.startDebugging(folder, {
      type: 'node',
      request: 'attach',
      name: vscode.l10n.t('Local function {0}', visibleLine(fn.name)),
      websocketAddress: address,
      continueOnAttach: true,
      // The debugger would open an inspector in every child process, whose address all users of this machine can read.
      autoAttachChildProcesses: false,
      attachExistingChildren: false,
      skipFiles: ['<node_internals>/**', '**/nodeBootstrap.js'],
    });
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
 * Debug Locally: starts a new process of the function with the JavaScript debugger, then calls `run`. Time and memory
 * aren't limited during the session, and the process ends with it. Ends the sessions of the function's earlier process
 * first. Rejects with InvokeError.
 */
export async function debugFunction(
  fn: LocalFunctionView,
  { local, sessions, run }: { local: Pick<LocalProcess, 'ask'>; sessions: DebugSessions; run: () => Promise<unknown> },
): Promise<void> {
  if (!fn.canDebug) throw new InvokeError(message('debugNodeOnly', fn.name, fn.runtime));
  const { name } = fn;
  const notStarted = (error: unknown) =>
    new InvokeError(message('debugNotStarted', error instanceof Error ? error.message : String(error)));
  await sessions.end(name);
  const address = await local.ask({ what: 'debug', name }).then(String, (error: unknown) => {
    throw notStarted(error);
  });
  const stop = () => local.ask({ what: 'stopDebugging', name, address }).catch(() => undefined); // it might have exited
  sessions.follow(address, { name, stop });
  try {
    await attach(fn, address);
  } catch (error) {
    sessions.forget(address);
    await stop();
    throw notStarted(error);
  }
  await run();
}
