import type { LogLevel } from './logEntry.ts';

/**
 * The names of levels in lower case: syslog, Python, java.util.logging, .NET, Ruby, winston, zerolog, zap, logrus,
 * Serilog, Powertools.
 */
const NAMES: Readonly<Record<LogLevel, string>> = {
  TRACE: 'trace trc trce verbose vrb silly finest finer',
  DEBUG: 'debug dbg debu dbug fine',
  INFO: 'info inf information informational notice config success http',
  WARN: 'warn wrn warning',
  ERROR: 'error err fail failure severe',
  FATAL: 'fatal ftl fata critical crit crt alert emerg emergency panic pnc pani dpanic',
};

const LEVELS = new Map(
  (Object.entries(NAMES) as [LogLevel, string][]).flatMap(([level, names]) =>
    names.split(' ').map((name) => [name, level] as const),
  ),
);

/** The level with a name in any case, such as `Information`. */
export function levelOf(name: string): LogLevel | undefined {
  return LEVELS.get(name.toLowerCase());
}

/** The numbers of pino and bunyan: 10 is trace, 60 is fatal. */
export function levelOfNumber(level: number): LogLevel | undefined {
  const levels: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
  return level >= 10 && level < 70 ? levels[Math.floor(level / 10) - 1] : undefined;
}

/** Words that are levels only where a level is expected: they are also English words or abbreviations. */
const AMBIGUOUS = new Set([
  'fine',
  'finer',
  'finest',
  'config',
  'success',
  'http',
  'fail',
  'failure',
  'alert',
  'silly',
]);

interface ReadLevel {
  readonly level: LogLevel;
  readonly end: number;
}

/** A word in brackets, or followed by a separator. */
const WORD = /(\[|\|)?[ ]{0,2}([A-Za-z]{3,13})[ ]{0,2}(?:(\]|\|)|(:)|(?=[\s|\][]|$))/y;

/**
 * Reads a level at an offset. Without a time before it, it must be in upper case, in brackets or before a colon: other
 * words are part of a message.
 */
export function readLevel(line: string, at: number, hasTime: boolean): ReadLevel | undefined {
  WORD.lastIndex = at;
  const match = WORD.exec(line);
  if (match === null) return undefined;
  const [, open, name = '', close, colon] = match;
  const level = levelOf(name);
  if (level === undefined) return undefined;
  const isBracketed = open !== undefined || close !== undefined;
  const isUpper = name === name.toUpperCase();
  const isMarked = isBracketed || colon !== undefined;
  const isLevel = hasTime ? isUpper || isMarked || line[match.index + name.length] === '\t' : isUpper || isMarked;
  if (!isLevel) return undefined;
  // `Error: x` is the start of a stack trace, and `Failure: x` is a message.
  if (!isUpper && !isBracketed && name !== name.toLowerCase()) return undefined;
  const isShort = name.length < 4 && !hasTime && !isBracketed;
  if ((AMBIGUOUS.has(name.toLowerCase()) || isShort) && !(hasTime || isBracketed || (isUpper && colon !== undefined)))
    return undefined;
  return { level, end: WORD.lastIndex };
}
