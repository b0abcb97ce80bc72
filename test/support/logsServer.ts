import type { ServerResponse } from 'node:http';
import { eventMessage, exceptionMessage } from './eventStreamMessages.ts';

/** A request to CloudWatch Logs. */
interface LogsRequest {
  readonly operation: string;
  readonly input: LogsInput;
  readonly accessKeyId: string | undefined;
  /** When it was received, in milliseconds since the epoch. */
  readonly at: number;
}

interface LogsInput {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logGroupIdentifiers?: readonly string[];
  readonly logStreamNames?: readonly string[];
  readonly startTime?: number;
  readonly endTime?: number;
  readonly filterPattern?: string;
  readonly logEventFilterPattern?: string;
  readonly nextToken?: string;
  readonly limit?: number;
}

interface StoredEvent {
  readonly eventId: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly logStreamName: string;
}

/** An event to write. A time in the past makes it a late one. */
export type NewEvent = Pick<StoredEvent, 'message'> & Partial<StoredEvent>;

/** An open Live Tail session. */
interface LiveTailSession {
  readonly input: LogsInput;
  /** Sends an exception such as SessionTimeoutException, and waits for the client to close. Without one, ends the response. */
  end(exception?: string): void;
  /** Closes the connection. */
  drop(): void;
  /** Whether the client has closed the connection. */
  readonly isClosed: () => boolean;
}

interface Refusal {
  readonly name: string;
  readonly message?: string;
  readonly status?: number;
}

/** CloudWatch Logs in memory: FilterLogEvents and StartLiveTail. */
export interface LogsServer {
  readonly requests: readonly LogsRequest[];
  requestsOf(operation: string): LogsRequest[];
  /** Creates the log group, and writes events to it and to the open sessions. */
  write(logGroup: string, ...events: readonly NewEvent[]): void;
  /** Rejects the next requests, in order. `undefined` lets one through. */
  refuseNext(...refusals: readonly (Refusal | undefined)[]): void;
  /** Rejects an access key from now on, as if its session token had expired. */
  expireKey(accessKeyId: string): void;
  /** Called before each page is sent, with its number from 1. */
  beforePage: (page: number) => void | Promise<void>;
  /** The size of pages, and how many empty pages with a token precede each of them. */
  readonly pages: { size: number; empty: number };
  /** Returns the last event of each page again at the start of the next one. */
  repeatsEvents: boolean;
  readonly sessions: readonly LiveTailSession[];
  /** Answers a request whose `x-amz-target` starts with `Logs_`. */
  respond(
    response: ServerResponse,
    request: { readonly target: string; readonly body: string; readonly accessKeyId: string | undefined },
  ): void;
}

const PAGE_BYTES = 1_048_576;
/** Live Tail returns a sample of more events. */
const UPDATE_EVENTS = 500;

export const THROTTLED: Refusal = { name: 'ThrottlingException', message: 'Rate exceeded' };

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'logs-1' });
  response.end(JSON.stringify(body));
}

function refuse(response: ServerResponse, { name, message = `${name} happened`, status = 400 }: Refusal): void {
  json(response, status, { __type: name, message });
}

/** Terms in quotes or without; an event must contain all of them. Source: CloudWatch Logs, filter pattern syntax. */
function matches(pattern: string | undefined): (message: string) => boolean {
  const terms = [...(pattern ?? '').matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, word = '']) => quoted?.replaceAll(/\\(.)/g, '$1') ?? word,
  );
  return (message) => terms.every((term) => message.includes(term));
}

function groupName(identifier: string): string {
  return identifier.split(':').at(-1) ?? identifier;
}

/** The index of the first event after a position. */
function indexAfter(events: readonly StoredEvent[], isAfter: (event: StoredEvent) => boolean): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const event = events[middle];
    if (event !== undefined && isAfter(event)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Cursor {
  readonly empty: number;
  readonly page: number;
  /** The last event that was returned. */
  readonly timestamp?: number;
  readonly eventId?: string;
}

export function createLogsServer(): LogsServer {
  const groups = new Map<string, StoredEvent[]>();
  const requests: LogsRequest[] = [];
  const sessions: (LiveTailSession & { send(logGroup: string, events: readonly StoredEvent[]): void })[] = [];
  const refusals: (Refusal | undefined)[] = [];
  const expired = new Set<string>();
  let written = 0;

  /** IDs increase in the order of writing, as those of CloudWatch Logs do within a millisecond. */
  function stored(event: NewEvent): StoredEvent {
    const now = Date.now();
    return {
      eventId: `3${String(++written).padStart(55, '0')}`,
      timestamp: now,
      ingestionTime: now,
      logStreamName: '2026/11/28/[$LATEST]0123456789abcdef0123456789abcdef',
      ...event,
    };
  }

  function insert(events: StoredEvent[], event: StoredEvent): void {
    const isLater = (other: StoredEvent) =>
      other.timestamp > event.timestamp || (other.timestamp === event.timestamp && other.eventId > event.eventId);
    const last = events.at(-1);
    if (last === undefined || !isLater(last)) events.push(event);
    else events.splice(indexAfter(events, isLater), 0, event);
  }

  async function filterLogEvents(response: ServerResponse, input: LogsInput): Promise<void> {
    const events = groups.get(groupName(input.logGroupIdentifier ?? input.logGroupName ?? ''));
    const missing = { name: 'ResourceNotFoundException', message: 'The specified log group does not exist.' };
    if (events === undefined) return refuse(response, missing);
    const { nextToken, startTime = 0, endTime = Infinity, logStreamNames, limit = Infinity } = input;
    const cursor: Cursor =
      nextToken === undefined
        ? { empty: 0, page: 1 }
        : (JSON.parse(Buffer.from(nextToken, 'base64url').toString()) as Cursor);
    await server.beforePage(cursor.page);
    const respond = (page: readonly StoredEvent[], next?: Cursor) =>
      json(response, 200, {
        events: page,
        searchedLogStreams: [],
        ...(next !== undefined && { nextToken: Buffer.from(JSON.stringify(next)).toString('base64url') }),
      });
    if (cursor.empty < server.pages.empty)
      return respond([], { ...cursor, empty: cursor.empty + 1, page: cursor.page + 1 });
    const isMatch = matches(input.filterPattern);
    const { timestamp = -Infinity, eventId = '' } = cursor;
    const start = indexAfter(
      events,
      (event) =>
        event.timestamp >= startTime &&
        (event.timestamp > timestamp || (event.timestamp === timestamp && event.eventId > eventId)),
    );
    const page: StoredEvent[] = [];
    let bytes = 0;
    let hasMore = false;
    for (let at = start; at < events.length && !hasMore; at++) {
      const event = events[at];
      if (event === undefined || event.timestamp > endTime) break;
      if (logStreamNames?.includes(event.logStreamName) === false || !isMatch(event.message)) continue;
      bytes += event.message.length;
      hasMore = page.length >= Math.min(server.pages.size, limit) || (bytes > PAGE_BYTES && page.length > 0);
      if (!hasMore) page.push(event);
    }
    const last = page.at(-1);
    const repeated = server.repeatsEvents ? events.find((event) => event.eventId === cursor.eventId) : undefined;
    const place = last ?? cursor;
    const next = { empty: 0, page: cursor.page + 1, timestamp: place.timestamp, eventId: place.eventId } as Cursor;
    respond(repeated === undefined ? page : [repeated, ...page], hasMore ? next : undefined);
  }

  function startLiveTail(response: ServerResponse, input: LogsInput): void {
    const names = (input.logGroupIdentifiers ?? []).map(groupName);
    const missing = names.find((name) => !groups.has(name));
    if (missing !== undefined) return refuse(response, { name: 'ResourceNotFoundException', message: missing });
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream', 'x-amzn-requestid': 'logs-1' });
    response.write(eventMessage('initial-response', {}));
    response.write(eventMessage('sessionStart', { sessionId: 'session-1', logGroupIdentifiers: names }));
    const isMatch = matches(input.logEventFilterPattern);
    let isClosed = false;
    response.on('close', () => (isClosed = true));
    sessions.push({
      input,
      isClosed: () => isClosed,
      end(exception) {
        if (exception === undefined) response.end();
        else response.write(exceptionMessage(exception));
      },
      drop: () => void response.destroy(),
      send(logGroup, events) {
        const sent = names.includes(logGroup) ? events.filter(({ message }) => isMatch(message)) : [];
        if (sent.length === 0 || isClosed || response.writableEnded) return;
        const results = sent.slice(0, UPDATE_EVENTS).map(({ timestamp, ingestionTime, message, logStreamName }) => ({
          timestamp,
          ingestionTime,
          message,
          logStreamName,
          logGroupIdentifier: `123456789012:${logGroup}`,
        }));
        const sessionMetadata = { sampled: sent.length > UPDATE_EVENTS };
        response.write(eventMessage('sessionUpdate', { sessionMetadata, sessionResults: results }));
      },
    });
  }

  const server: LogsServer = {
    requests,
    requestsOf: (operation) => requests.filter((request) => request.operation === operation),
    write(logGroup, ...events) {
      const group = groups.get(logGroup) ?? [];
      groups.set(logGroup, group);
      const added = events.map(stored);
      for (const event of added) insert(group, event);
      for (const session of sessions) session.send(logGroup, added);
    },
    refuseNext: (...added) => void refusals.push(...added),
    expireKey: (accessKeyId) => void expired.add(accessKeyId),
    beforePage: () => undefined,
    pages: { size: 10_000, empty: 0 },
    repeatsEvents: false,
    sessions,
    respond(response, { target, body, accessKeyId }) {
      const operation = target.split('.').at(-1) ?? '';
      const input = JSON.parse(body === '' ? '{}' : body) as LogsInput;
      requests.push({ operation, input, accessKeyId, at: Date.now() });
      if (expired.has(accessKeyId ?? ''))
        return refuse(response, { name: 'ExpiredTokenException', message: 'The security token has expired' });
      const refusal = refusals.shift();
      if (refusal !== undefined) return refuse(response, refusal);
      if (operation === 'FilterLogEvents') return void filterLogEvents(response, input);
      if (operation === 'StartLiveTail') return startLiveTail(response, input);
      refuse(response, { name: 'UnknownOperationException' });
    },
  };
  return server;
}
