import type { Message } from '../messages/messages.ts';

/** How log groups are followed. */
export type FollowMode = 'liveTail' | 'poll';

/** How the log of a function is followed now. */
export type FollowState =
  | { readonly kind: 'starting' }
  /** `problem`: what was logged before the session can't be read. */
  | { readonly kind: 'liveTail'; readonly isSampled: boolean; readonly problem?: Message }
  /** `notLive`: why Live Tail can't be used. `problem`: why the last read failed. */
  | { readonly kind: 'polling'; readonly notLive?: Message; readonly problem?: Message }
  | { readonly kind: 'local' }
  | { readonly kind: 'stopped'; readonly reason?: Message };
