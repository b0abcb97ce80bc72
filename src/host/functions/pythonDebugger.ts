import * as vscode from 'vscode';
import { isRecord } from '../../core/json/isRecord.ts';
import { message } from '../../core/messages/messages.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { notify } from '../notify.ts';

/** The Python Debugger extension. */
const EXTENSION = 'ms-python.debugpy';

/** Part of the Python Debugger extension's API. Source: src/extension/apiTypes.ts of microsoft/vscode-python-debugger. */
interface PythonDebuggerApi {
  readonly debug: { getDebuggerPackagePath(): Promise<string | undefined> };
}

function isApi(value: unknown): value is PythonDebuggerApi {
  return isRecord(value) && isRecord(value['debug']) && typeof value['debug']['getDebuggerPackagePath'] === 'function';
}

/**
 * The folder of the package debugpy in the Python Debugger extension. Without the extension, offers to show its page and
 * resolves to undefined. Rejects if the extension doesn't provide the folder or can't be activated.
 */
export async function debugpyOfExtension(): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<unknown>(EXTENSION);
  if (extension === undefined) {
    notify('error', message('pythonDebuggerMissing'), {
      label: vscode.l10n.t('Install Python Debugger'),
      run: () => vscode.commands.executeCommand('extension.open', EXTENSION),
    });
    return undefined;
  }
  const api = await extension.activate();
  const path = isApi(api) ? await api.debug.getDebuggerPackagePath() : undefined;
  if (path === undefined) throw new InvokeError(message('pythonDebuggerOutdated'));
  return path;
}
