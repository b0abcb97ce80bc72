import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import type { LocalProcess } from './localProcess.ts';

/** How long to wait for VS Code's event that the session has started. */
const MAX_WAIT_MS = 30_000;

/** Attaches VS Code's JavaScript debugger. Always removes its listeners. */
async function attach(fn: LocalFunctionView, address: URL): Promise<vscode.DebugSession> {
  const name = vscode.l10n.t('Local function {0}', visibleLine(fn.name));
  const owned: vscode.Disposable[] = [];
  try {
    const started = new Promise<vscode.DebugSession>((resolve) => {
      vscode.debug.onDidStartDebugSession(
        (session) => {
          if (session.configuration.name === name) resolve(session);
        },
        undefined,
        owned,
      );
    });
    const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(fn.folder));
    const isStarted = await vscode.debug.startDebugging(folder, {
      type: 'node',
      request: 'attach',
      name,
      address: address.hostname,
      port: Number(address.port),
      continueOnAttach: true,
      skipFiles: ['<node_internals>/**', '**/nodeBootstrap.js'],
    });
    const notStarted = new Error(vscode.l10n.t("VS Code didn't start the debug session."));
    if (!isStarted) throw notStarted;
    const late = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => reject(notStarted), MAX_WAIT_MS);
      owned.push({ dispose: () => clearTimeout(timer) });
    });
    return await Promise.race([started, late]);
  } finally {
    for (const one of owned) one.dispose();
  }
}

/**
 * Debug Locally: starts a new process of the function with the JavaScript debugger, then calls `run`. Time and memory
 * aren't limited during the session, and the process ends with it. Rejects with InvokeError.
 */
export async function debugFunction(
  fn: LocalFunctionView,
  { local, run }: { local: Pick<LocalProcess, 'ask'>; run: () => Promise<unknown> },
): Promise<void> {
  if (!fn.canDebug) throw new InvokeError(message('debugNodeOnly', fn.name, fn.runtime));
  let session: vscode.DebugSession;
  try {
    const address = new URL(String(await local.ask({ what: 'debug', name: fn.name })));
    session = await attach(fn, address);
  } catch (error) {
    // Report why the debugger didn't start, even if the endpoint has exited.
    await local.ask({ what: 'restart', name: fn.name }).catch(() => undefined);
    throw new InvokeError(message('debugNotStarted', error instanceof Error ? error.message : String(error)));
  }
  const ended = vscode.debug.onDidTerminateDebugSession(({ id }) => {
    if (id !== session.id) return;
    ended.dispose();
    void local.ask({ what: 'restart', name: fn.name }).catch(() => undefined); // the endpoint might have exited
  });
  await run();
}
