import type { Row } from './row.ts';

/** What a client saw. `headers` is undefined for a client that does not show them. */
export interface Seen {
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

/** Where a value is not what was expected; an object may have more keys, and an array more items, than expected. */
function differences(expected: unknown, actual: unknown, path = 'body'): string[] {
  if (isPattern(expected)) {
    const fits = new RegExp(expected.slice(1, -1), 'u').test(String(actual));
    return fits ? [] : [`${path} is ${JSON.stringify(actual)}, not like ${expected}`];
  }
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(expected, actual) ? [] : [`${path} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  }
  if (typeof actual !== 'object' || actual === null) return [`${path} is ${JSON.stringify(actual)}`];
  return Object.entries(expected).flatMap(([key, value]) =>
    differences(value, (actual as Record<string, unknown>)[key], `${path}.${key}`),
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

/** What is wrong with an answer, one line each; nothing where it is as the row says. */
export function judge(row: Row, seen: Seen): string[] {
  const wrong: string[] = [];
  if (seen.status !== row.status) wrong.push(`status is ${seen.status}, not ${row.status}`);
  if (seen.exception !== row.exception) wrong.push(`exception is ${seen.exception}, not ${row.exception}`);
  for (const [name, expected] of Object.entries(row.headers ?? {})) {
    if (seen.headers === undefined) break;
    const value = seen.headers[name];
    if (expected === null ? value !== undefined : !new RegExp(expected).test(value ?? ''))
      wrong.push(`${name} is ${value}, not ${expected}`);
  }
  if (row.body !== undefined) wrong.push(...differences(row.body, parsed(seen.body)));
  for (const pattern of row.log ?? []) {
    if (!new RegExp(pattern).test(seen.log ?? '')) wrong.push(`the log has no ${pattern}: ${seen.log}`);
  }
  return wrong;
}

/** The payload a row sends. */
export function payloadOf({ request: { Payload, repeat } }: Row): string | undefined {
  return repeat === undefined ? Payload : Payload?.replace('x', 'x'.repeat(repeat));
}
