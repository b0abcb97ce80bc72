/** Lambda's log levels, in ascending order. Source: Lambda API reference, LoggingConfig. */
export const LOG_LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The levels of the lines that Lambda itself writes. */
const SYSTEM_LOG_LEVELS = ['DEBUG', 'INFO', 'WARN'] as const satisfies readonly LogLevel[];
type SystemLogLevel = (typeof SYSTEM_LOG_LEVELS)[number];

/** The logging settings of a function. Only JSON logs have levels. */
export interface LoggingSettings {
  readonly logFormat: 'Text' | 'JSON';
  /** INFO if absent. */
  readonly applicationLogLevel?: LogLevel;
  /** INFO if absent. */
  readonly systemLogLevel?: SystemLogLevel;
}

/**
 * Parses the logging settings of a template or presets file. Omits the levels of text logs, which Lambda rejects, and
 * unknown levels. Source: Lambda API reference, LoggingConfig.
 */
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

/** Whether lines of this level are logged when `minimum` is the log level. */
export function isLogged(level: LogLevel, minimum: LogLevel): boolean {
  return LOG_LEVELS.indexOf(level) >= LOG_LEVELS.indexOf(minimum);
}
