import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import type { IncomingHttpHeaders } from 'node:http';
import { payloadTooLarge } from '../http/invokeRoute.ts';
import type { ServiceError } from '../http/lambdaResponse.ts';

type DurableOperation = 'checkpoint' | 'state' | 'history' | 'stop' | 'get' | 'list' | 'succeed' | 'fail' | 'heartbeat';

/** A request to the API of durable executions. */
export interface DurableRoute {
  readonly operation: DurableOperation;
  /** An ARN of an execution, the ID of a callback, or the name of a function. */
  readonly id: string;
  readonly query: URLSearchParams;
  /** The maximum size of the body, in bytes. */
  readonly maxBytes: number;
}

export const DURABLE_PREFIX = '/2025-12-01/';

const ROUTES: readonly { pattern: RegExp; methods: Readonly<Record<string, DurableOperation>> }[] = [
  {
    pattern: /^\/2025-12-01\/durable-executions\/([^/]+)(?:\/(checkpoint|state|history|stop))?$/,
    methods: {
      'POST checkpoint': 'checkpoint',
      'GET state': 'state',
      'GET history': 'history',
      'POST stop': 'stop',
      'GET ': 'get',
    },
  },
  {
    pattern: /^\/2025-12-01\/durable-execution-callbacks\/([^/]+)\/(succeed|fail|heartbeat)$/,
    methods: { 'POST succeed': 'succeed', 'POST fail': 'fail', 'POST heartbeat': 'heartbeat' },
  },
  {
    pattern: /^\/2025-12-01\/functions\/([^/]+)\/(durable-executions)$/,
    methods: { 'GET durable-executions': 'list' },
  },
];

/** The maximum size of an error in JSON with escapes, in bytes. */
const MAX_ERROR_BODY = 262_144;

function maxBytesOf(operation: DurableOperation): number {
  if (operation === 'checkpoint') return DURABLE_LIMITS.checkpointBody;
  return operation === 'succeed' ? DURABLE_LIMITS.callbackResult : MAX_ERROR_BODY;
}

/**
 * Parses the path of a request below DURABLE_PREFIX, or returns an error: 404 for an unknown path, 405 for another method,
 * 413 for a content-length over the limit. Source: Lambda service model.
 */
export function parseDurableRoute(
  method: string,
  url: string,
  { 'content-length': length = '0' }: IncomingHttpHeaders,
): DurableRoute | ServiceError {
  const { pathname, searchParams: query } = new URL(url, 'http://local');
  for (const { pattern, methods } of ROUTES) {
    const [, encoded, action = ''] = pattern.exec(pathname) ?? [];
    if (encoded === undefined) continue;
    const operation = methods[`${method} ${action}`];
    if (operation === undefined)
      return { StatusCode: 405, name: 'MethodNotAllowedException', message: `Unsupported method ${method}.` };
    const maxBytes = maxBytesOf(operation);
    if (Number(length) > maxBytes) return payloadTooLarge(maxBytes);
    return { operation, id: decode(encoded), query, maxBytes };
  }
  return { StatusCode: 404, name: 'UnknownOperationException', message: `Unsupported path: ${pathname}` };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
