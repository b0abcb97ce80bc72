import type { Sample } from '../core/history/statistics.ts';
import { parseMessage, type MessageOf } from './fields.ts';

/** What the host posts to the page with the statistics of a function. */
export interface ToStatistics {
  /** As it was invoked. */
  readonly name: string;
  /** The connection, and other facts about the function. */
  readonly place: string;
  /** Oldest first. */
  readonly samples: readonly Sample[];
}

const MESSAGES = {
  /** The page has loaded. */
  ready: {},
  /** The user pressed Esc. */
  close: {},
} as const;

/** Messages from the page to the host. */
export type FromStatistics = MessageOf<typeof MESSAGES>;

/** Parses a message from the page. Returns undefined if it is invalid. */
export function parseFromStatistics(value: unknown): FromStatistics | undefined {
  return parseMessage(MESSAGES, value);
}
