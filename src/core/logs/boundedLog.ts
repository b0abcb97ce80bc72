/** The text of a log whose middle is left out beyond a maximum. */
export interface BoundedLog {
  /** Adds an event, which can have several lines. */
  add(message: string): void;
  /** The number of events, including those that were left out. */
  readonly events: number;
  readonly omitted: number;
  /** Calls `gapLine` for the line between the start and the end if events were left out. */
  text(gapLine: (omitted: number) => string): string;
}

/** The share of the start. The end is longer, because it has the errors and the report. */
const START_SHARE = 0.25;

/** The number of omitted events that are removed from memory at once. */
const COMPACT_AT = 1024;

/** Removes the line breaks at the end. */
export function withoutLineEnd(message: string): string {
  let { length } = message;
  while (length > 0 && (message[length - 1] === '\n' || message[length - 1] === '\r')) length--;
  return message.slice(0, length);
}

/** Collects a log of at most `maxLength` characters. The last event is always included. */
export function createBoundedLog(maxLength: number): BoundedLog {
  const maxStart = Math.floor(maxLength * START_SHARE);
  const maxEnd = maxLength - maxStart;
  const start: string[] = [];
  let startLength = 0;
  let isStartFull = false;
  let end: string[] = [];
  let endLength = 0;
  /** How many of the first events in `end` were left out. */
  let dropped = 0;
  let omitted = 0;
  let events = 0;

  return {
    add(message) {
      events++;
      const text = withoutLineEnd(message);
      isStartFull ||= startLength + text.length + 1 > maxStart;
      if (!isStartFull) {
        start.push(text);
        startLength += text.length + 1;
        return;
      }
      end.push(text);
      endLength += text.length + 1;
      while (endLength > maxEnd + 1 && dropped < end.length - 1) {
        endLength -= (end[dropped]?.length ?? 0) + 1;
        end[dropped] = '';
        dropped++;
        omitted++;
      }
      if (dropped < COMPACT_AT) return;
      end = end.slice(dropped);
      dropped = 0;
    },
    get events() {
      return events;
    },
    get omitted() {
      return omitted;
    },
    text(gapLine) {
      const gap = omitted === 0 ? [] : [gapLine(omitted)];
      const lines = [...start, ...gap, ...end.slice(dropped)];
      return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
    },
  };
}
