import { isTime } from '../core/json/checks.ts';
import { withoutLineEnd } from '../core/logs/boundedLog.ts';
import type { LogEvent } from '../core/logs/logEvent.ts';
import { parseTextLine } from '../core/logs/textLine.ts';
import { visibleText } from '../core/messages/visibleText.ts';
import { reportJson } from './reports/reportJson.ts';

function isoTime(time: number): string {
  return isTime(time) ? new Date(time).toISOString() : String(time);
}

/** An event as lines of text: its time and the message, without control characters of terminals. */
export function textLines({ timestamp, message }: LogEvent): string {
  // Lambda joins the lines of one entry with \r.
  const text = withoutLineEnd(message).replaceAll(/\r\n?/g, '\n');
  return `${isoTime(timestamp)} ${visibleText(text)}\n`;
}

/** An event as a line of JSON. The request ID and the level are those in the message. */
export function jsonLine({ id, timestamp, message, logGroup, logStream }: LogEvent): string {
  const text = withoutLineEnd(message);
  const { requestId, level } = parseTextLine(text.startsWith('{') ? text : (text.split(/[\r\n]/, 1)[0] ?? '')).parts;
  const fields = { timestamp: isoTime(timestamp), logGroup, logStream, requestId, level, message: text, id };
  return `${reportJson(fields)}\n`;
}
