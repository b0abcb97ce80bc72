import { format } from 'node:util';

const LEVELS = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' } as const;
type Method = keyof typeof LEVELS;

const isJson = process.env['AWS_LAMBDA_LOG_FORMAT'] === 'JSON';

let requestId: () => string | undefined = () => undefined;

/** Writes Lambda's text format: time, request ID, level, message. Line breaks in the message become \r. */
function writeText(method: Method, text: string): void {
  const line = [new Date().toISOString(), requestId() ?? 'undefined', LEVELS[method], text.replaceAll('\n', '\r')].join(
    '\t',
  );
  process.stdout.write(`${line}\n`);
}

function describe(value: unknown): unknown {
  if (!(value instanceof Error)) return value;
  return { errorType: value.name, errorMessage: value.message, stackTrace: (value.stack ?? '').split('\n').slice(1) };
}

/** Writes Lambda's JSON format: a single object as is, other arguments as text formatted by `console`. */
function writeJson(method: Method, values: readonly unknown[]): void {
  const [first] = values;
  const isSingleObject = values.length === 1 && typeof first === 'object' && first !== null;
  const message = isSingleObject ? describe(first) : format(...values);
  const id = requestId();
  const head = {
    timestamp: new Date().toISOString(),
    level: LEVELS[method],
    ...(id !== undefined && { requestId: id }),
  };
  let line: string;
  try {
    line = JSON.stringify({ ...head, message }, (_, value: unknown) => describe(value));
  } catch {
    line = JSON.stringify({ ...head, message: format(...values) }); // circular reference
  }
  process.stdout.write(`${line}\n`);
}

/** Logs an error like Lambda's Node.js runtime: title and fields as text, or the fields as JSON message. */
export function logError(title: string, fields: object): void {
  if (isJson) writeJson('error', [fields]);
  else writeText('error', `${title} \t${JSON.stringify(fields)}`);
}

/** Makes `console` write Lambda's log format. Call it before the handler's module is loaded. */
export function patchConsole(current: () => string | undefined): void {
  requestId = current;
  for (const method of Object.keys(LEVELS) as Method[]) {
    console[method] = (...values: unknown[]) => {
      if (isJson) writeJson(method, values);
      else writeText(method, format(...values));
    };
  }
}
