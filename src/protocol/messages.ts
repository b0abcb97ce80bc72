import type { Connection, ConnectionView } from '../core/connection/connection.ts';
import type { Draft } from '../core/invocation/draft.ts';
import type { FunctionFacts } from '../core/functions/functionFacts.ts';
import type { Invocation } from '../core/invocation/invocation.ts';
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

/** Parts of an outcome a person can take out of the form. */
export type OutcomePart = 'response' | 'logTail';
export type Destination = 'clipboard' | 'file' | 'editor';

/** What a form asks about the function in its fields; each only reads, and only when the person asks for it. */
export const FUNCTION_QUESTIONS = [
  'browse',
  'qualifier',
  'facts',
  'console',
  'copyArn',
  'logGroup',
  'identity',
] as const;
export type FunctionQuestion = (typeof FUNCTION_QUESTIONS)[number];

/** Intents that go up, from the form to the host. */
export type ToHost =
  /** The page is there; with the connection of its own that it kept over a reload, if it had one. */
  | { readonly type: 'ready'; readonly connection?: Connection }
  | {
      readonly type: 'invoke';
      readonly invocationId: string;
      readonly invocation: Invocation;
      /** The payload is no JSON, and is sent all the same: said for this click only. */
      readonly isSentAnyway: boolean;
    }
  | { readonly type: 'stopWaiting' }
  | {
      readonly type: 'draftChanged';
      readonly isDirty: boolean;
      readonly FunctionName: string;
      readonly payloadFile: string;
    }
  | { readonly type: 'browsePayload' }
  | { readonly type: 'openPayload'; readonly uri: string }
  | { readonly type: 'editPayload'; readonly text: string }
  | { readonly type: 'savePreset'; readonly invocation: Invocation }
  | { readonly type: 'copyAs'; readonly invocation: Invocation }
  /** A text that was pasted into the form and reads like a command line. */
  | { readonly type: 'importText'; readonly text: string }
  /** A file that was dragged onto the form: a list of URIs, one a line. */
  | { readonly type: 'dropPayload'; readonly uris: string }
  | { readonly type: 'selectConnection' }
  | { readonly type: 'selectRegion' }
  | { readonly type: 'selectEndpoint' }
  | {
      readonly type: 'askFunction';
      readonly what: FunctionQuestion;
      readonly FunctionName: string;
      readonly Qualifier?: string;
    }
  | { readonly type: 'showOutput' }
  /** The next streamed response is written to a file that the person chooses now. */
  | { readonly type: 'chooseStreamFile' }
  | { readonly type: 'forgetStreamFile' }
  /** The response that comes now is written to a file that the person chooses. */
  | { readonly type: 'saveStream' }
  /** A line of the stack, by its number. */
  | { readonly type: 'openFrame'; readonly line: number }
  | { readonly type: 'exportResult'; readonly part: OutcomePart; readonly to: Destination };

/** Snapshots that come down, from the host to the form. */
export type ToForm =
  | { readonly type: 'draft'; readonly draft: Draft }
  | { readonly type: 'payloadChosen'; readonly uri: string }
  | { readonly type: 'payloadFile'; readonly payloadFile: PayloadFileView }
  | { readonly type: 'recentFiles'; readonly files: readonly RecentFile[] }
  /** `own` is the form's own connection where it is not the window's: the form keeps it with its draft. */
  | { readonly type: 'connection'; readonly connection: ConnectionView; readonly own?: Connection }
  /** What was chosen for the fields; absent ones stay as they are. */
  | { readonly type: 'functionChosen'; readonly FunctionName?: string; readonly Qualifier?: string }
  /** What is known of the function that was asked about: nothing yet while it is read. */
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
      readonly ofBytes?: number;
    }
  /** A part of a response that comes as a stream; figures count all of it. */
  | {
      readonly type: 'streamed';
      readonly invocationId: string;
      readonly offset: number;
      readonly bytes: Uint8Array;
      readonly figures: StreamStats;
    }
  /** The file the next streamed response is written to; without a label there is none. */
  | { readonly type: 'streamFile'; readonly label?: string }
  /** The lines of the stack that lie in the workspace, by their numbers. */
  | { readonly type: 'frames'; readonly invocationId: string; readonly frames: readonly FrameLink[] };
