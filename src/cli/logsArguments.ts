import { parse, PLACE, placeOptions, type Options, type PlaceOptions } from './commonArguments.ts';
import { UsageError } from './usageError.ts';

/** Which log to read. */
export interface LogsOptions extends PlaceOptions {
  readonly source: { readonly functionName: string } | { readonly logGroup: string };
  readonly requestId?: string;
  /** In milliseconds since the epoch. */
  readonly since: number;
  readonly follows: boolean;
  readonly isJson: boolean;
}

export const LOGS_OPTIONS = {
  ...PLACE,
  function: { type: 'string' },
  'log-group': { type: 'string' },
  request: { type: 'string' },
  since: { type: 'string', default: '10m' },
  follow: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const satisfies Options;

/** In milliseconds. */
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** An ISO 8601 date, or a date and time. Other formats that JavaScript accepts depend on the machine. */
const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

function timeOf(text: string, now: number): number {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const time =
    count === undefined ? Date.parse(ISO_TIME.test(text) ? text : '') : now - Number(count) * (UNITS[unit] ?? 0);
  if (Number.isNaN(time))
    throw new UsageError(`Invalid --since ${text}. Use a duration such as 10m or 2h, or an ISO 8601 time.`, 'logs');
  if (time > now) throw new UsageError(`Invalid --since ${text}. The time is in the future.`, 'logs');
  return Math.max(0, time);
}

/** Parses the options of `logs`. `now` is in milliseconds since the epoch. Throws UsageError. */
export function parseLogsOptions(args: readonly string[], now: number): LogsOptions | 'help' {
  const { values, positionals } = parse('logs', args, LOGS_OPTIONS);
  if (values.help) return 'help';
  const [extra] = positionals;
  const { function: functionName, 'log-group': logGroup, request: requestId } = values;
  if (extra !== undefined) throw new UsageError(`Unexpected argument "${extra}". Use --function.`, 'logs');
  const place = placeOptions(values, 'logs');
  if (place.isLocal) {
    const advice = 'To see the log of an invocation, run lambda-invoke invoke --local.';
    throw new UsageError(`Local functions have no log in CloudWatch Logs. ${advice}`);
  }
  if (requestId !== undefined && !/^[\w-]{1,128}$/.test(requestId))
    throw new UsageError(`Invalid --request ${requestId}. Use the request ID of an invocation.`, 'logs');
  if (requestId !== undefined && values.follow)
    throw new UsageError('Use either --request or --follow, not both.', 'logs');
  const named = functionName === undefined ? undefined : { functionName };
  const source = logGroup === undefined ? named : { logGroup };
  if (source === undefined) throw new UsageError('Specify --function, or --log-group.', 'logs');
  return {
    ...place,
    source,
    since: timeOf(values.since, now),
    follows: values.follow,
    isJson: values.json,
    ...(requestId !== undefined && { requestId }),
  };
}
