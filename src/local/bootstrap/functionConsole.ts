import { format } from 'node:util';

const LEVELS = { log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR', debug: 'DEBUG', trace: 'TRACE' } as const;
type Method = keyof typeof LEVELS;

let requestId: () => string | undefined = () => undefined;

/** Writes a line as Lambda's Node runtime does: time, request id, level, message; line ends inside become \r. */
export function logTo(method: Method, text: string): void {
  const line = [new Date().toISOString(), requestId() ?? 'undefined', LEVELS[method], text.replaceAll('\n', '\r')].join(
    '\t',
  );
  process.stdout.write(`${line}\n`);
}

/** Gives `console` the runtime's form of lines. Must run before the handler's module is loaded. */
export function patchConsole(current: () => string | undefined): void {
  requestId = current;
  for (const method of Object.keys(LEVELS) as Method[]) {
    console[method] = (...values: unknown[]) => logTo(method, format(...values));
  }
}
