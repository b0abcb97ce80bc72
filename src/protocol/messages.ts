import type { Connection, ConnectionView } from '../core/connection/connection.ts';
import type { Draft } from '../core/invocation/draft.ts';
import type { FunctionFacts } from '../core/functions/functionFacts.ts';
import type { LogProgress } from '../core/logs/logProgress.ts';
import type { Message } from '../core/messages/messages.ts';
import type { OutcomeView, StreamStats } from '../core/outcome/outcome.ts';
import type { Report } from '../core/outcome/report.ts';
import type { PresetOrigin } from '../core/presets/presetOrigin.ts';

/** A payload file as the form shows it. */
export interface PayloadFileView {
  readonly uri: string;
  /** The path, relative to its workspace folder if possible. */
  readonly label: string;
  readonly byteLength?: number;
  /** Why it couldn't be sent when it was last read. It is read again for each invocation. */
  readonly problem?: Message;
  /** Problems that don't prevent sending. */
  readonly warnings?: readonly Message[];
}

/** A file in the payload's file menu. */
export interface PayloadFileChoice {
  readonly uri: string;
  /** The path, relative to its workspace folder if possible. */
  readonly label: string;
  readonly group: 'recent' | 'workspace';
}

/** A function in the list of the function field. */
export interface FunctionSuggestion {
  readonly FunctionName: string;
  readonly source: 'recent' | 'workspace' | 'account';
  /** Runtime, folder or connection. */
  readonly detail?: string;
}

/** The position of a result among the results of a form, from the oldest, which is 1. */
export interface ResultPosition {
  readonly number: number;
  readonly count: number;
}

/** The selection, or the JSON value at the cursor, or its path. */
export type CopiedPart = 'selection' | 'value' | 'path';

/** A stack frame that can be opened. */
export interface FrameLink {
  readonly line: number;
  readonly label: string;
  /** The range of the location in the line. */
  readonly start: number;
  readonly end: number;
}

/** A part of a response. The parts are consecutive, from offset 0 to `byteLength`. */
export interface ResponsePart {
  readonly offset: number;
  readonly byteLength: number;
  readonly bytes: Uint8Array;
  /** The total size, if only the first `byteLength` bytes are available. */
  readonly totalBytes?: number;
}

/** A log that was read from CloudWatch Logs, without its text. */
export interface ReadLogView {
  readonly isComplete: boolean;
  /** What is missing, and notes. */
  readonly notes: readonly Message[];
  /** The report, which has the figures of the invocation. */
  readonly report?: Report;
}

/** Messages from the host to the form. */
export type ToForm =
  /** A draft with edits has a `baseline`, which is the draft without them. */
  | { readonly type: 'draft'; readonly draft: Draft; readonly baseline?: Draft; readonly preset?: PresetOrigin }
  /** The preset has this draft now, after saving or undoing it. The form's draft has no edits if it is the same. */
  | { readonly type: 'presetSaved'; readonly draft: Draft; readonly preset: PresetOrigin }
  | { readonly type: 'payloadChosen'; readonly uri: string }
  | { readonly type: 'payloadFile'; readonly payloadFile: PayloadFileView }
  | { readonly type: 'payloadFiles'; readonly files: readonly PayloadFileChoice[] }
  | { readonly type: 'functionSuggestions'; readonly suggestions: readonly FunctionSuggestion[] }
  /** `formConnection` is set if it isn't the window's connection. The form stores it with its draft. */
  | { readonly type: 'connection'; readonly connection: ConnectionView; readonly formConnection?: Connection }
  /** New values of the fields. Missing ones don't change. */
  | { readonly type: 'functionChosen'; readonly FunctionName?: string; readonly Qualifier?: string }
  /** The configuration of a function. Loading if `facts` and `problem` are missing. */
  | {
      readonly type: 'facts';
      readonly FunctionName: string;
      readonly Qualifier?: string;
      readonly facts?: FunctionFacts;
      readonly problem?: Message;
    }
  /** The text of the payload's editor or of a sample becomes the inline payload. */
  | { readonly type: 'payloadTyped'; readonly text: string }
  /**
   * While it is open, the form reports each change of the inline payload with `payloadEdited`. After a reload, the form
   * returns `editorId`, because the host might have a later text.
   */
  | { readonly type: 'payloadEditor'; readonly isOpen: boolean; readonly editorId: string }
  /** Ctrl+Enter in the payload's editor. The form invokes as with its own key. */
  | { readonly type: 'invoke' }
  /** The form posts what it would invoke, to be invoked on two targets. */
  | { readonly type: 'invokeOnTwoTargets' }
  /** A modal dialog was closed. VS Code sometimes returns the focus to the frame around the page only. */
  | { readonly type: 'focus' }
  /** A command of the context menu of the result. */
  | { readonly type: 'copy'; readonly what: CopiedPart }
  | {
      readonly type: 'outcome';
      readonly invocationId: string;
      readonly outcome: OutcomeView;
      /** The payload file that was sent: its path, relative to its workspace folder if possible. Missing while running. */
      readonly payloadFile?: string;
      /** Missing if no result is shown. While the next invocation runs, that of the previous result. */
      readonly position?: ResultPosition;
      /** The first part of the response, so that both are shown together. */
      readonly response?: ResponsePart;
      /** The response is no longer in memory, so none is posted. A note of the outcome says so. */
      readonly isDropped?: boolean;
      /** The log that was requested is gone, too. */
      readonly isLogDropped?: boolean;
      /** CloudWatch Logs can have more of the log than the outcome. */
      readonly hasMoreLog?: boolean;
      /** The status code of an HTTP response that is no longer in memory. */
      readonly statusCode?: number;
    }
  /** The whole log, from the local endpoint or CloudWatch Logs. */
  | { readonly type: 'log'; readonly invocationId: string; readonly text: string; readonly read?: ReadLogView }
  /** The progress of reading the whole log. Absent if the read has ended: because of `problem`, or canceled. */
  | {
      readonly type: 'logProgress';
      readonly invocationId: string;
      readonly progress?: LogProgress;
      readonly problem?: Message;
    }
  /** The payload as it was sent, with the values of its variables. At most the first 256 kB. */
  | {
      readonly type: 'sent';
      readonly invocationId: string;
      readonly bytes: Uint8Array;
      /** The size of the whole payload, 0 if none could be read. */
      readonly byteLength: number;
      /** It is no longer in memory. */
      readonly isDropped?: boolean;
    }
  /** A part of the response that follows the first one. */
  | (ResponsePart & { readonly type: 'response'; readonly invocationId: string })
  /** A part of a streaming response, with statistics of the entire response so far. */
  | {
      readonly type: 'streamed';
      readonly invocationId: string;
      readonly offset: number;
      readonly bytes: Uint8Array;
      readonly stats: StreamStats;
    }
  /** The file for the next streamed response. None if the label is missing. */
  | { readonly type: 'streamFile'; readonly label?: string }
  /** The stack frames that are in the workspace. */
  | { readonly type: 'frames'; readonly invocationId: string; readonly frames: readonly FrameLink[] };
