import type { Row } from './row.ts';

/** A response as observed by a client. `headers` is undefined if the client doesn't expose them. */
export interface ObservedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly exception?: string;
  /** The body as text. */
  readonly body: string;
  readonly log?: string;
}

function isPattern(expected: unknown): expected is string {
  return typeof expected === 'string' && expected.length > 1 && expected.startsWith('/') && expected.endsWith('/');
}

/** Differences between the expected and the actual value. Additional keys and array items are allowed. */
function differences(expected: unknown, actual: unknown, path = 'body'): string[] {
  if (isPattern(expected)) {
    const matches = new RegExp(expected.slice(1, -1), 'u').test(String(actual));
    return matches ? [] : [`${path} is ${JSON.stringify(actual)}, not like ${expected}`];
  }
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(expected, actual) ? [] : [`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  }
  if (typeof actual !== 'object' || actual === null) return [`${path} is ${JSON.stringify(actual)}`];
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(value, (actual as Record<string, unknown>)[key], `${path}.${key}`),
  );
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** Compares a response with its row. Returns one line per mismatch. */
export function findMismatches(row: Row, observed: ObservedResponse): string[] {
  const mismatches: string[] = [];
  if (observed.status !== row.status) mismatches.push(`status is ${observed.status}, not ${row.status}`);
  if (observed.exception !== row.exception) mismatches.push(`exception is ${observed.exception}, not ${row.exception}`);
  for (const [name, expected] of Object.entries(row.headers ?? {})) {
    if (observed.headers === undefined) break;
    const value = observed.headers[name];
    if (expected === null ? value !== undefined : !new RegExp(expected).test(value ?? ''))
      mismatches.push(`${name} is ${value}, not ${expected}`);
  }
  if (row.body !== undefined) mismatches.push(...differences(row.body, parseBody(observed.body)));
  for (const pattern of row.log ?? []) {
    if (!new RegExp(pattern).test(observed.log ?? '')) mismatches.push(`the log has no ${pattern}: ${observed.log}`);
  }
  return mismatches;
}

/** The payload of a row's request. */
export function payloadOf({ request: { Payload, repeat } }: Row): string | undefined {
  return repeat === undefined ? Payload : Payload?.replace('x', 'x'.repeat(repeat));
}
