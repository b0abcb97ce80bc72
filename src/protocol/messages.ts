import type { Connection, ConnectionView } from '../core/connection/connection.ts';
import type { Draft } from '../core/invocation/draft.ts';
import type { FunctionFacts } from '../core/functions/functionFacts.ts';
import type { Message } from '../core/messages/messages.ts';
import type { OutcomeView, StreamStats } from '../core/outcome/outcome.ts';

/** A payload file as the form shows it. */
export interface PayloadFileView {
  readonly uri: string;
  /** The path as a person would say it: relative to the workspace folder where it lies in one. */
  readonly label: string;
  readonly byteLength?: number;
  /** What keeps it from being sent, found when it was last looked at. It is read again for each invocation. */
  readonly problem?: Message;
  /** What is worth a look; it is sent all the same. */
  readonly warnings?: readonly Message[];
}

export interface RecentFile {
  readonly uri: string;
  readonly label: string;
}

/** A line of a stack that can be opened, and what it opens. */
export interface FrameLink {
  readonly line: number;
  readonly label: string;
  /** Which part of the line names the place. */
  readonly start: number;
  readonly end: number;
}

/** Snapshots that come down, from the host to the form. */
export type ToForm =
  | { readonly type: 'draft'; readonly draft: Draft }
  | { readonly type: 'payloadChosen'; readonly uri: string }
  | { readonly type: 'payloadFile'; readonly payloadFile: PayloadFileView }
  | { readonly type: 'recentFiles'; readonly files: readonly RecentFile[] }
  /** `own` is the form's own connection where it is not the window's: the form keeps it with its draft. */
  | { readonly type: 'connection'; readonly connection: ConnectionView; readonly formConnection?: Connection }
  /** What was chosen for the fields; absent ones stay as they are. */
  | { readonly type: 'functionChosen'; readonly FunctionName?: string; readonly Qualifier?: string }
  /** The facts about a function. Without `facts` and `problem`, they are being read. */
  | {
      readonly type: 'facts';
      readonly FunctionName: string;
      readonly Qualifier?: string;
      readonly facts?: FunctionFacts;
      readonly problem?: Message;
    }
  /** The editor behind an unsaved payload was closed: its text goes on as the typed payload. */
  | { readonly type: 'payloadTyped'; readonly text: string }
  | { readonly type: 'outcome'; readonly invocationId: string; readonly outcome: OutcomeView }
  /** A part of the response's bytes; the parts follow one another from offset 0 to `byteLength`. */
  | {
      readonly type: 'response';
      readonly invocationId: string;
      readonly offset: number;
      readonly byteLength: number;
      readonly bytes: Uint8Array;
      /** The response had so many bytes; these are the first of them. */
      readonly totalBytes?: number;
    }
  /** A part of a response that comes as a stream; figures count all of it. */
  | {
      readonly type: 'streamed';
      readonly invocationId: string;
      readonly offset: number;
      readonly bytes: Uint8Array;
      readonly stats: StreamStats;
    }
  /** The file the next streamed response is written to; without a label there is none. */
  | { readonly type: 'streamFile'; readonly label?: string }
  /** The lines of the stack that lie in the workspace, by their numbers. */
  | { readonly type: 'frames'; readonly invocationId: string; readonly frames: readonly FrameLink[] };
