/** Lambda's log levels, in ascending order. Source: Lambda API reference, LoggingConfig. */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The levels of the lines that Lambda itself writes. */
const SYSTEM_LOG_LEVELS = ['DEBUG', 'INFO', 'WARN'] as const satisfies readonly LogLevel[];
type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

/** How a function logs. The levels only have an effect in JSON. */
export interface LoggingSettings {
  readonly logFormat: 'Text' | 'JSON';
  /** INFO if absent. */
  readonly applicationLogLevel?: LogLevel;
  /** INFO if absent. */
  readonly systemLogLevel?: SystemLogLevel;
}

/** Text with levels is invalid in Lambda, and an unknown level has no effect here. */
export function loggingSettings(format: unknown, applicationLevel: unknown, systemLevel: unknown): LoggingSettings {
  if (format !== 'JSON') return { logFormat: 'Text' };
  const applicationLogLevel = LOG_LEVELS.find((level) => level === applicationLevel);
  const systemLogLevel = SYSTEM_LOG_LEVELS.find((level) => level === systemLevel);
  return {
    logFormat: 'JSON',
    ...(applicationLogLevel !== undefined && { applicationLogLevel }),
    ...(systemLogLevel !== undefined && { systemLogLevel }),
  };
}

/** Whether a line of this level is logged from `minimum` on. */
export function isLogged(level: LogLevel, minimum: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(minimum);
}
