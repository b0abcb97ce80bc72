import type { EndedInvocation } from '../../app/invocations.ts';
import { describeConnection } from '../../core/connection/connection.ts';
import { describeFunction } from '../../core/invocation/invocation.ts';
import type { Message } from '../../core/messages/messages.ts';
import { visibleLine, visibleText } from '../../core/messages/visibleText.ts';
import { hasResponse } from '../../core/outcome/outcome.ts';
import { summarize } from '../../core/outcome/summary.ts';

interface OutputOptions {
  readonly time: Date;
  readonly hasLogTail: boolean;
  readonly sentence: (message: Message) => string;
  /** The line before a truncated log. */
  readonly cutNote: string;
}

function exceptionLines({ result: { outcome } }: EndedInvocation): string[] {
  if (!('exception' in outcome) || outcome.exception === undefined) return [];
  const { name, message, StatusCode } = outcome.exception;
  return [`  ${[StatusCode, name].filter((part) => part !== undefined).join(' ')}: ${message}`];
}

function logLines({ result: { outcome } }: EndedInvocation, cutNote: string): string[] {
  if (!hasResponse(outcome) || outcome.logTail === undefined) return [];
  const { text, isTruncated } = outcome.logTail;
  // Lines of one log entry are separated by \r.
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  return [...(isTruncated ? [cutNote] : []), ...lines].map((line) => `  | ${line}`);
}

/**
 * An invocation in the Output channel: a summary, the AWS error and the log tail. Untrusted text stays on one line, so
 * that it can't look like another entry.
 */
export function outputLines(ended: EndedInvocation, { time, hasLogTail, sentence, cutNote }: OutputOptions): string[] {
  const { order, result } = ended;
  const { outcome } = result;
  const { requestId, attempts } = outcome;
  const connection = hasResponse(outcome) ? outcome.connection : order.connection;
  const { InvocationType } = order.invocation;
  const results = [
    sentence(summarize(outcome)),
    ...(requestId === undefined ? [] : [`request id ${requestId}`]),
    ...(attempts === undefined ? [] : [`${attempts} attempts`]),
  ];
  const request = `${describeFunction(order.invocation)} ${InvocationType} ${describeConnection(connection)}`;
  const summary = [`${time.toISOString()} ${request} → ${results.join(', ')}`, ...exceptionLines(ended)];
  return [...summary.map(visibleLine), ...(hasLogTail ? logLines(ended, cutNote).map(visibleText) : [])];
}
