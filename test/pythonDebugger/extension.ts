// Replaces the Python Debugger extension, which isn't in the npm registry. It has the same ID, API and debug type, and uses
// the debugpy that the tests have installed.
import * as vscode from 'vscode';

/** The same as `createDebugAdapterDescriptor` for attach requests with `connect`. */
function adapterOf({ configuration }: vscode.DebugSession): vscode.DebugAdapterDescriptor {
  const { host = '127.0.0.1', port } = configuration['connect'] as { readonly host?: string; readonly port: number };
  return new vscode.DebugAdapterServer(port, host);
}

export function activate({ subscriptions }: vscode.ExtensionContext) {
  subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', { createDebugAdapterDescriptor: adapterOf }),
  );
  return { debug: { getDebuggerPackagePath: () => Promise.resolve(process.env['TEST_DEBUGPY']) } };
}
