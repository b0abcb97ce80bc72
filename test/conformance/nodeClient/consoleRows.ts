import { asyncRow, type NodeRow } from './nodeRow.ts';

const CALLS: Readonly<Record<string, string>> = {
  'all methods':
    'for (const name of ["trace", "debug", "info", "log", "warn", "error", "fatal"]) console[name](name, 1);',
  'no argument': 'console.log();',
  undefined: 'console.log(undefined);',
  'a number': 'console.log(5);',
  'an object': 'console.log({ a: { b: { c: { d: 1 } } } });',
  'several arguments': 'console.log("a %s b", "x", { c: 1 }, [2]);',
  'several lines': 'console.log("a\\nb", "c");',
  'an Error': 'console.error(new RangeError("broken"));',
  'an Error with fields': 'console.error(Object.assign(new RangeError("broken"), { code: "E1" }));',
  'an Error in an object': 'console.error({ error: new RangeError("broken") });',
  'an Error after a text': 'console.error("failed", new RangeError("broken"));',
  'an Error before a text': 'console.error(new RangeError("broken"), "failed");',
  'an error class': 'class Own extends Error {}; console.error(new Own("broken"));',
  'a circle': 'const a = {}; a.a = a; console.log(a);',
  'a BigInt': 'console.log(1n);',
  'a function': 'console.log(() => 1);',
  'a Map': 'console.log(new Map([[1, 2]]));',
  'an object with toJSON': 'console.log({ toJSON: () => "json" });',
  'identical methods': 'console.log(console.log === console.info);',
  'an Error that is thrown': 'throw Object.assign(new RangeError("broken"), { code: "E1" });',
};

const LEVELS = ['TRACE', 'debug', 'INFO', 'WARN', 'ERROR', 'FATAL', 'NONE'];

/** The format of console output. */
export const CONSOLE_ROWS: readonly NodeRow[] = [
  ...(['Text', 'JSON'] as const).flatMap((logFormat) =>
    Object.entries(CALLS).map(([name, code]) =>
      asyncRow(`console, ${logFormat}: ${name}`, code, { logFormat, environment: { AWS_LAMBDA_LOG_LEVEL: 'TRACE' } }),
    ),
  ),
  ...LEVELS.map((level) =>
    asyncRow(`console from level ${level}`, CALLS['all methods'] ?? '', {
      environment: { AWS_LAMBDA_LOG_LEVEL: level },
    }),
  ),
  asyncRow('console with a tenant', 'console.log("a");', { logFormat: 'JSON', tenantId: 'blue', versions: [3] }),
];
