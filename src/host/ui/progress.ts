import * as vscode from 'vscode';
import { withoutIcons, withoutMarkupAnywhere } from '../../core/messages/plainText.ts';

interface ProgressStep {
  readonly message: string;
  /** The progress since the previous step, in percent. */
  readonly increment?: number;
}

/** Shows a notification with Cancel while a task runs. If it is hidden, VS Code shows it in the status bar. */
export async function withCancellableProgress<T>(
  title: string,
  task: (report: (step: ProgressStep) => void, token: vscode.CancellationToken) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: withoutMarkupAnywhere(title), cancellable: true };
  return vscode.window.withProgress(options, (progress, token) =>
    task(({ message, ...step }) => progress.report({ ...step, message: withoutMarkupAnywhere(message) }), token),
  );
}

const BRIEFLY_MS = 3000;

/** Shows a text in the status bar for a few seconds. */
export function showBriefly(text: string): void {
  vscode.window.setStatusBarMessage(withoutIcons(text), BRIEFLY_MS);
}
