import type { EntryParts } from './logEntry.ts';

/** START, END and REPORT with a request ID, which people replace by placeholders in examples. */
const INVOCATION = /^(START|END|REPORT)[ \t]+RequestId:[ \t]*(\S*)/;

/** Phases of an environment. */
const PHASE =
  /^(INIT_START|INIT_REPORT|INIT_RUNTIME_DONE|RESTORE_START|RESTORE_REPORT|RESTORE_RUNTIME_DONE|RUNTIME_DONE)[ \t]/;

/** Lines about extensions and tracing. The field after the word distinguishes them from a message in upper case. */
const OTHER = /^(EXTENSION|TELEMETRY|LOGS|RUNTIME|XRAY)[ \t]+(?:Name|TraceId|State|Version|Runtime Version):/;

/** Fields are separated by tabs. */
function fieldsText(text: string): string {
  return text
    .split('\t')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' · ');
}

/**
 * Parses a line that Lambda wrote in its text format. The time before it isn't part of it. Source: Lambda developer
 * guide, "Log formats"; logs of real functions.
 */
export function platformLine(line: string): EntryParts | undefined {
  const invocation = INVOCATION.exec(line);
  if (invocation !== null) {
    const [head, event = '', requestId = ''] = invocation;
    const message = fieldsText(line.slice(head.length));
    return { kind: 'platform', event, message, ...(requestId !== '' && { requestId }) };
  }
  const event = (PHASE.exec(line) ?? OTHER.exec(line))?.[1];
  return event === undefined ? undefined : { kind: 'platform', event, message: fieldsText(line.slice(event.length)) };
}

/** A field of a report, or the version of START, on its own line: consoles and copies wrap them. */
const WRAPPED =
  /^(?:Version|(?:Billed |Init |Restore |Billed Restore )?Duration|Memory Size|Max Memory Used|Status|Error Type):/;

/** Whether a line continues a platform line. */
export function isWrappedPlatformLine(line: string): boolean {
  return WRAPPED.test(line);
}
