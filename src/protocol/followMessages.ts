import type { Connection } from '../core/connection/connection.ts';
import type { FollowState } from '../core/logs/followState.ts';
import { isRecord } from '../core/json/isRecord.ts';
import { flag, integer, oneOf, parseMessage, text, type MessageOf, type Shape } from './fields.ts';
import { parseConnection } from './invocationFields.ts';

/** A function of a tab that follows logs, as its page stores it. */
export interface StoredFollowed {
  readonly FunctionName: string;
  readonly connection: Connection;
}

/** A function whose log is followed, as the page shows it. */
export interface FollowedView {
  readonly id: number;
  readonly name: string;
  readonly connection: string;
  readonly state: FollowState;
}

/** An event of a log, or lines of a local invocation. */
export interface FollowedText {
  /** The ID of its function. */
  readonly id: number;
  /** In milliseconds since the epoch. */
  readonly time: number;
  readonly text: string;
}

/** Messages from the host to a page that follows logs. */
export type ToFollowPage =
  | {
      readonly type: 'state';
      /** `asking`: whether to use Live Tail. */
      readonly status: 'asking' | 'following' | 'stopped';
      readonly functions: readonly FollowedView[];
      /** What the page stores for a reload of the window. */
      readonly stored: readonly StoredFollowed[];
    }
  | { readonly type: 'texts'; readonly texts: readonly FollowedText[] };

const MODES = ['liveTail', 'poll'] as const;

const INTENTS = {
  ready: {},
  choose: { mode: oneOf(MODES) },
  stop: {},
  resume: {},
  addFunction: {},
  copy: { text },
  save: { text },
  /** Shows the JSON of a row in a form, with the function that logged it, or a local one. */
  useJson: { id: integer, text, isLocal: flag },
} as const satisfies Readonly<Record<string, Shape>>;

/** Messages from a page that follows logs. */
export type FromFollowPage = MessageOf<typeof INTENTS>;

/** Parses a message of a page that follows logs. Returns undefined if it is invalid. */
export function parseFromFollowPage(value: unknown): FromFollowPage | undefined {
  return parseMessage(INTENTS, value);
}

/** Parses what the page has stored. Drops invalid functions. */
export function parseStoredFollowed(value: unknown): StoredFollowed[] {
  const stored = isRecord(value) && Array.isArray(value['followed']) ? (value['followed'] as unknown[]) : [];
  return stored.flatMap((one) => {
    const connection = isRecord(one) ? parseConnection(one['connection']) : undefined;
    const name = isRecord(one) ? one['FunctionName'] : undefined;
    return connection === undefined || typeof name !== 'string' ? [] : [{ FunctionName: name, connection }];
  });
}
