import * as vscode from 'vscode';
import type { LocalFunctionView } from '../../core/localFunctionView.ts';
import { InvokeError } from '../../core/invokeError.ts';
import { message } from '../../core/messages.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import type { LocalProcess } from '../localProcess.ts';

/** Attaches VS Code's JavaScript debugger. */
async function attach(fn: LocalFunctionView, address: URL): Promise<vscode.DebugSession> {
  const name = vscode.l10n.t('Local function {0}', visibleLine(fn.name));
  const begun = new Promise<vscode.DebugSession>((resolve) => {
    const listening = vscode.debug.onDidStartDebugSession((session) => {
      if (session.configuration.name !== name) return;
      listening.dispose();
      resolve(session);
    });
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
  if (!isStarted) throw new Error(vscode.l10n.t('VS Code refused to start it.'));
  return begun;
}

/**
 * Debug Locally: a fresh process of the function under the JavaScript debugger, then what `run` invokes. Neither time nor
 * memory is limited while the session goes on; with its end the process is ended too. Rejects with InvokeError.
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
    await local.ask({ what: 'restart', name: fn.name });
    throw new InvokeError(message('debugNotStarted', error instanceof Error ? error.message : String(error)));
  }
  const ended = vscode.debug.onDidTerminateDebugSession(({ id }) => {
    if (id !== session.id) return;
    ended.dispose();
    void local.ask({ what: 'restart', name: fn.name }).catch(() => undefined); // the endpoint may have gone
  });
  await run();
}
