import { isLogged, LOG_LEVELS, type LogLevel } from '../../../core/functions/logLevels.ts';
import { CLIENT_VERSION } from './clientVersion.ts';
import { toError, toLogText } from './errorPayload.ts';
import { toJsonLine, toTextLine } from './logRecord.ts';
import { writeStdout } from './standardOutput.ts';

const isJson = process.env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() === 'JSON';
const levelName = process.env['AWS_LAMBDA_LOG_LEVEL']?.toUpperCase();
/** Everything is logged if the level is unknown. */
const minimum = LOG_LEVELS.find((level) => level === levelName) ?? 'TRACE';

/** The request ID of the running event, or of the last one. */
let requestId = CLIENT_VERSION === 4 ? '-' : undefined;
let tenantId: string | undefined;

/** Sets the IDs in the log lines of an event. */
export function setLogContext(id: string, tenant: string | undefined): void {
  requestId = id;
  tenantId = tenant;
  if (CLIENT_VERSION === 4) return;
  Object.assign(globalThis, {
    [Symbol.for('aws.lambda.runtime.requestId')]: id,
    [Symbol.for('aws.lambda.runtime.tenantId')]: tenant,
  });
}

function write(level: LogLevel, message: unknown, params: unknown[]): void {
  const head = { timestamp: new Date().toISOString(), level, requestId, tenantId };
  writeStdout(isJson ? toJsonLine(head, message, params) : toTextLine(head, message, params));
}

type Log = (message?: unknown, ...params: unknown[]) => void;

function loggerOf(level: LogLevel): Log {
  return isLogged(level, minimum) ? (message, ...params) => write(level, message, params) : () => undefined;
}

/** Logs an error like Lambda's Node.js runtime: its title and fields as text, or its fields as the message in JSON. */
export function logError(title: string, value: unknown): void {
  const error = toError(value);
  if (!isLogged('ERROR', minimum)) return;
  if (isJson) write('ERROR', error, []);
  else write('ERROR', title, [`\t${toLogText(error)}`]);
}

/**
 * Makes `console` write Lambda's log format, drops lines below AWS_LAMBDA_LOG_LEVEL, and adds `console.fatal`. Call it
 * before the handler's module is loaded. Source: aws-lambda-ric, LogPatch.
 */
export function patchConsole(): void {
  const info = loggerOf('INFO');
  Object.assign(console, {
    trace: loggerOf('TRACE'),
    debug: loggerOf('DEBUG'),
    info,
    log: info,
    warn: loggerOf('WARN'),
    error: loggerOf('ERROR'),
    fatal: loggerOf('FATAL'),
  });
}
