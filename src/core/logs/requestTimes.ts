import { findReport } from '../outcome/logTail.ts';
import type { Report } from '../outcome/report.ts';
import type { LogEvent } from './logEvent.ts';
import { createRecentIds } from './recentIds.ts';
import { eventHead } from './requestEvents.ts';

interface StreamTimes {
  firstAt: number;
  lastAt: number;
  reportedAt?: number;
}

/** Where and when a request wrote to its log group, from the events that contain its ID. */
export interface RequestTimes {
  add(event: LogEvent): void;
  /** The number of events. */
  readonly events: number;
  /** The log streams of the request, without those that only mention its ID. */
  readonly streams: ReadonlyMap<string, Readonly<StreamTimes>>;
  /** The times of the first and last events. Undefined without events. */
  readonly range: { readonly from: number; readonly to: number } | undefined;
  /** The number of starts. Lambda retries failed events. */
  readonly attempts: number;
  /** The report of the last attempt. Undefined while it's running. */
  readonly report: Report | undefined;
}

function addTime(streams: Map<string, StreamTimes>, { logStream, timestamp }: LogEvent): StreamTimes {
  const times = streams.get(logStream) ?? { firstAt: timestamp, lastAt: timestamp };
  streams.set(logStream, times);
  times.firstAt = Math.min(times.firstAt, timestamp);
  times.lastAt = Math.max(times.lastAt, timestamp);
  return times;
}

/** Collects the times of a request. Adding an event again changes nothing. */
export function createRequestTimes(requestId: string): RequestTimes {
  const own = new Map<string, StreamTimes>();
  const mentions = new Map<string, StreamTimes>();
  const starts = new Set<string>();
  const ids = createRecentIds();
  let events = 0;
  let startedAt = -Infinity;
  let reported: { readonly at: number; readonly report: Report } | undefined;
  const streams = () => (own.size > 0 ? own : mentions);

  return {
    add(event) {
      const { id, timestamp, message } = event;
      if (!ids.add(id)) return;
      events++;
      const { event: platform, requestId: of } = eventHead(message);
      if (of !== requestId) {
        // Without platform events, the ID of each line might be in an unknown field.
        if (of === undefined) addTime(mentions, event);
        return;
      }
      const times = addTime(own, event);
      if (platform === 'START') {
        starts.add(id);
        startedAt = Math.max(startedAt, timestamp);
      }
      if (platform !== 'REPORT') return;
      times.reportedAt = Math.max(times.reportedAt ?? -Infinity, timestamp);
      if (timestamp >= (reported?.at ?? -Infinity))
        reported = { at: timestamp, report: findReport(message, requestId) ?? {} };
    },
    get events() {
      return events;
    },
    get streams() {
      return streams();
    },
    get range() {
      const times = [...streams().values()];
      if (times.length === 0) return undefined;
      return {
        from: Math.min(...times.map(({ firstAt }) => firstAt)),
        to: Math.max(...times.map(({ lastAt }) => lastAt)),
      };
    },
    get attempts() {
      return starts.size;
    },
    get report() {
      return reported !== undefined && reported.at >= startedAt ? reported.report : undefined;
    },
  };
}
