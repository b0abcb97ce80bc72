import type { RuntimeReply } from './runtimeChannel.ts';

/** What ended an invocation: the runtime's reply, or the end of its process. */
export type RunEnd =
  | { readonly kind: 'reply'; readonly reply: RuntimeReply }
  | {
      readonly kind: 'exit';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      /** The handler hasn't received the event, which can be sent to another process. */
      readonly isUnread?: boolean;
    }
  | { readonly kind: 'outOfMemory' }
  /** The process couldn't be started; `message` is the operating system's. */
  | { readonly kind: 'notStarted'; readonly message: string };

/** Why a process ended before its debugger could attach. */
export function describeEarlyEnd(end: RunEnd): string {
  if (end.kind === 'notStarted') return `The process couldn't be started: ${end.message}`;
  const how = end.kind === 'exit' && end.code !== null ? ` with code ${end.code}` : '';
  return `The process exited${how} before the debugger could attach.`;
}
