import { format } from 'node:util';
import { stringify } from './originals.ts';
import { writeStdout } from './standardOutput.ts';

const LEVELS = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' } as const;
type Method = keyof typeof LEVELS;

const isJson = process.env['AWS_LAMBDA_LOG_FORMAT'] === 'JSON';

let requestId: () => string | undefined = () => undefined;

/** Lambda's text format: time, request ID, level, message. Line breaks in the message become \r. */
function toText(method: Method, text: string): string {
  const fields = [new Date().toISOString(), requestId() ?? 'undefined', LEVELS[method], text.replaceAll('\n', '\r')];
  return `${fields.join('\t')}\n`;
}

function describe(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { errorType: value.name, errorMessage: value.message, stackTrace: (value.stack ?? '').split('\n').slice(1) };
}

/** Lambda's JSON format: a single object as is, other arguments as text formatted by `console`. */
function toJson(method: Method, values: readonly unknown[]): string {
  const [first] = values;
  const isSingleObject = values.length === 1 && typeof first === 'object' && first !== null;
  const message = isSingleObject ? describe(first) : format(...values);
  const id = requestId();
  const head = {
    timestamp: new Date().toISOString(),
    level: LEVELS[method],
    ...(id !== undefined && { requestId: id }),
  };
  try {
    return `${stringify({ ...head, message }, (_, value: unknown) => describe(value))}\n`;
  } catch {
    return `${stringify({ ...head, message: format(...values) })}\n`; // circular reference
  }
}

/** Logs an error like Lambda's Node.js runtime: title and fields as text, or the fields as JSON message. */
export function logError(title: string, fields: object): void {
  writeStdout(isJson ? toJson('error', [fields]) : toText('error', `${title} \t${stringify(fields)}`));
}

/** Makes `console` write Lambda's log format. Call it before the handler's module is loaded. */
export function patchConsole(current: () => string | undefined): void {
  requestId = current;
  for (const method of Object.keys(LEVELS) as Method[]) {
    console[method] = (...values: unknown[]) => {
      process.stdout.write(isJson ? toJson(method, values) : toText(method, format(...values)));
    };
  }
}
