import * as vscode from 'vscode';
import type { EndedInvocation } from '../app/invocations.ts';
import { describeConnection } from '../core/connection.ts';
import { describeFunction } from '../core/invocation.ts';
import { hasAnswer } from '../core/outcome.ts';
import { summarize } from '../core/summary.ts';
import { sentence } from './localize.ts';
import { setting } from './settings.ts';

/** The Output channel "Lambda Invoke": a line per invocation and its log tail; never payloads, responses, credentials. */
export class OutputLog implements vscode.Disposable {
  #channel: vscode.OutputChannel | undefined;

  write({ order: { invocation, connection }, result: { outcome } }: EndedInvocation): void {
    const used = hasAnswer(outcome) ? outcome.connection : connection;
    const request = `${describeFunction(invocation)} ${invocation.InvocationType} ${describeConnection(used)}`;
    const { requestId, attempts } = outcome;
    const details = [
      ...(requestId === undefined ? [] : [`request id ${requestId}`]),
      ...(attempts === undefined ? [] : [`${attempts} attempts`]),
    ];
    const said = [sentence(summarize(outcome)), ...details].join(', ');
    const lines = [`${new Date().toISOString()} ${request} → ${said}`];
    if ('exception' in outcome && outcome.exception !== undefined) {
      const { name, message, StatusCode } = outcome.exception;
      lines.push(`  ${[StatusCode, name].filter((part) => part !== undefined).join(' ')}: ${message}`);
    }
    if (hasAnswer(outcome) && outcome.logTail !== undefined && setting('output.logTail')) {
      if (outcome.logTail.isCut) lines.push(`  | ${vscode.l10n.t('… (the last 4 KB of the log)')}`);
      for (const line of outcome.logTail.text.trimEnd().split('\n')) lines.push(`  | ${line}`);
    }
    this.#open().appendLine(lines.join('\n')); // at once: each call is a message to the window
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
