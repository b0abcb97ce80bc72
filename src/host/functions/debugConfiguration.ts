import * as vscode from 'vscode';
import { DEBUGPY_TOKEN, parseDebugpyAddress, type DebugpyAddress } from '../../core/functions/debugpyAddress.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';

/** Attaches VS Code's JavaScript debugger to the inspector at a `ws://` URL. */
function nodeConfiguration(address: string) {
  return {
    type: 'node',
    websocketAddress: address,
    continueOnAttach: true,
    // The debugger would open an inspector in every child process, whose address all users of this machine can read.
    autoAttachChildProcesses: false,
    attachExistingChildren: false,
    skipFiles: ['<node_internals>/**', '**/nodeBootstrap.js'],
    sourceMaps: true,
    // Code that was compiled for this run can be outside the workspace.
    resolveSourceMapLocations: ['**', '!**/node_modules/**'],
  };
}

/** Attaches the Python Debugger extension. Its own setting determines whether it steps into libraries. */
function pythonConfiguration({ port, token, copy }: DebugpyAddress) {
  return {
    type: 'debugpy',
    connect: { host: '127.0.0.1', port },
    [DEBUGPY_TOKEN]: token,
    subProcess: false,
    rules: [{ path: '**/pythonRuntime/**', include: false }],
    ...(copy !== undefined && { pathMappings: [{ localRoot: copy.of, remoteRoot: copy.path }] }),
  };
}

/** The configuration that attaches to a function at its debugger's address. */
export function debugConfiguration({ name }: LocalFunctionView, address: string): vscode.DebugConfiguration {
  const debugpy = parseDebugpyAddress(address);
  return {
    request: 'attach',
    name: vscode.l10n.t('Local function {0}', visibleLine(name)),
    ...(debugpy === undefined ? nodeConfiguration(address) : pythonConfiguration(debugpy)),
  };
}

/** Whether a session debugs the process with this address itself, not one of its threads. */
export function debugs(address: string, { configuration, parentSession }: vscode.DebugSession): boolean {
  if (parentSession !== undefined) return false;
  const token = parseDebugpyAddress(address)?.token;
  return token === undefined ? configuration['websocketAddress'] === address : configuration[DEBUGPY_TOKEN] === token;
}
