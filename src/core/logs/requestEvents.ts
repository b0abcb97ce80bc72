import type { LogEvent } from './logEvent.ts';
import { parseTextLine } from './textLine.ts';

/** The request of an event, as far as its text names it. */
export interface EventHead {
  /** The event of a platform line, such as START or REPORT. */
  readonly event?: string;
  readonly requestId?: string;
  readonly isJson: boolean;
}

/** Reads the head of an event in text or JSON format. */
export function eventHead(message: string): EventHead {
  const isJson = message.startsWith('{');
  const { parts } = parseTextLine(isJson ? message : (message.split('\n', 1)[0] ?? ''));
  return {
    isJson,
    ...(parts.kind === 'platform' && parts.event !== undefined && { event: parts.event }),
    ...(parts.requestId !== undefined && { requestId: parts.requestId }),
  };
}

/** Events of an initialization that are held back until it's known which request it was for. */
const MAX_INIT_EVENTS = 1000;

/** Which request the events of a stream belong to. `reported`: after the request's report, until another request. */
type Phase = 'other' | 'init' | 'request' | 'reported';

interface StreamState {
  phase: Phase;
  /** The start of the request is in the stream, so all events until its report are the request's. */
  hasStart: boolean;
  /** The stream has the start of any request. */
  hasStarts: boolean;
  init: LogEvent[];
}

interface RequestEventsOptions {
  readonly requestId: string;
  /** The time of the last report of the request in a log stream, if it has one. */
  readonly reportedAt: (logStream: string) => number | undefined;
}

export interface RequestEvents {
  /** Takes the next event of a log stream. Returns those that belong to the request, which can include earlier ones. */
  next(event: LogEvent): readonly LogEvent[];
  /** Concurrent requests write to the same stream, so lines without a request ID can't be assigned. */
  readonly isShared: boolean;
}

/**
 * Selects the events of a request from log streams, in their order. Between its START and the next one, all events of a
 * stream belong to it, and so does the initialization before it. In JSON logs without platform events, an event without a
 * request ID belongs to the request of the events before it.
 */
export function createRequestEvents({ requestId, reportedAt }: RequestEventsOptions): RequestEvents {
  const streams = new Map<string, StreamState>();
  let isShared = false;

  /** Ends the initialization with the request. */
  function take(state: StreamState, event: LogEvent, phase: Phase): LogEvent[] {
    const events = [...state.init, event];
    state.init = [];
    state.phase = phase;
    return events;
  }

  function leave(state: StreamState): LogEvent[] {
    state.phase = 'other';
    state.init = [];
    return [];
  }

  function ofRequest(state: StreamState, event: LogEvent, { event: platform }: EventHead): LogEvent[] {
    if (platform === 'START') state.hasStart = true;
    if (platform === 'REPORT') return take(state, event, 'reported');
    return take(state, event, state.phase === 'reported' && platform !== 'START' ? 'reported' : 'request');
  }

  function ofOther(state: StreamState, event: LogEvent, { event: platform, isJson }: EventHead): LogEvent[] {
    const isInside = state.phase === 'request' && state.hasStart;
    if (platform !== 'START') {
      // The function itself wrote a text that looks like another request ID.
      if (isInside) return [event];
      if (state.phase !== 'init') return leave(state);
      state.init.push(event);
      return [];
    }
    if (!isInside || event.timestamp > (reportedAt(event.logStream) ?? -Infinity)) return leave(state);
    // Only managed instances run concurrent requests, and they log JSON. In a text log, the function printed the line.
    isShared ||= isJson;
    return [event];
  }

  function withoutId(state: StreamState, event: LogEvent, { event: platform }: EventHead): LogEvent[] {
    const isStart = platform === 'INIT_START' || platform === 'RESTORE_START';
    if (isStart && state.phase !== 'request') {
      const isAfterInit = platform === 'RESTORE_START' && state.phase === 'init';
      state.init = isAfterInit ? [...state.init, event] : [event];
      state.phase = 'init';
      return [];
    }
    if (state.phase === 'request' || state.phase === 'reported') return [event];
    // The ID is in an unknown field.
    if (!state.hasStarts && event.message.includes(requestId)) return take(state, event, 'request');
    if (state.phase === 'init' && state.init.length < MAX_INIT_EVENTS) state.init.push(event);
    return [];
  }

  return {
    next(event) {
      const state = streams.get(event.logStream) ?? { phase: 'other', hasStart: false, hasStarts: false, init: [] };
      streams.set(event.logStream, state);
      const head = eventHead(event.message);
      state.hasStarts ||= head.event === 'START';
      if (head.requestId === undefined) return withoutId(state, event, head);
      return head.requestId === requestId ? ofRequest(state, event, head) : ofOther(state, event, head);
    },
    get isShared() {
      return isShared;
    },
  };
}
