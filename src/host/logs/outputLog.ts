import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { sentence } from '../ui/localize.ts';
import { outputLines } from './outputLines.ts';
import { setting } from '../settings.ts';

/**
 * The Output channel "Lambda Invoke": a line per invocation and its log tail; never payloads, responses, credentials.
 */
export class OutputLog implements vscode.Disposable {
  #channel: vscode.OutputChannel | undefined;

  write(ended: EndedInvocation): void {
    const lines = outputLines(ended, {
      time: new Date(),
      hasLogTail: setting('output.logTail'),
      sentence,
      cutNote: vscode.l10n.t('… (truncated by Lambda to 4 KB)'),
    });
    this.#open().appendLine(lines.join('\n')); // one call, because each is a message to the window
  }

  /** Writes a line that doesn't belong to an invocation. `text` can contain untrusted errors. */
  writeLine(text: string): void {
    this.#open().appendLine(visibleLine(`${new Date().toISOString()} ${text}`));
  }

  show(): void {
    this.#open().show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }

  #open(): vscode.OutputChannel {
    return (this.#channel ??= vscode.window.createOutputChannel('Lambda Invoke'));
  }
}
