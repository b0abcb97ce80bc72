import {
  boolean,
  filledText,
  flag,
  integer,
  length,
  oneOf,
  optional,
  parseMessage,
  text,
  type MessageOf,
  type Shape,
} from './fields.ts';
import { parseDraft, parseDraftFields, parseInvocation, parseTextChange } from './invocationFields.ts';

/** Parts of an outcome that can be exported. */
export const OUTCOME_PARTS = ['response', 'httpBody', 'log', 'sent'] as const;
export type OutcomePart = (typeof OUTCOME_PARTS)[number];

const DESTINATIONS = ['clipboard', 'file', 'editor'] as const;
export type Destination = (typeof DESTINATIONS)[number];

/** The actions of a result other than Try Again. */
const RESULT_ACTIONS = ['signIn', 'manageTrust', 'installSdk'] as const;

const COMPARED_RESULTS = ['previous', 'historyEntry'] as const;
export type ComparedResult = (typeof COMPARED_RESULTS)[number];

/** `same`: the preset that the form came from, if it still exists. */
const SAVE_TARGETS = ['same', 'new'] as const;
export type SaveTarget = (typeof SAVE_TARGETS)[number];

/** Read-only actions for the function in the form. */
const FUNCTION_ACTIONS = [
  'browse',
  'qualifier',
  'facts',
  'console',
  'copyArn',
  'logGroup',
  'statistics',
  'followLog',
  'identity',
] as const;
export type FunctionAction = (typeof FUNCTION_ACTIONS)[number];

/** See `VariableUse`. */
const VARIABLES = { hasVariables: flag, payloadFileVariables: flag } as const;

/** The messages from the form and their fields, which define the types and the parser. */
const INTENTS = {
  /** The page has loaded. `editorId`: see `payloadEditor`. */
  ready: { editorId: optional(filledText) },
  /** The page has been painted. What would delay that, or takes long, follows now. */
  painted: {},
  /**
   * `isSentAnyway` allows a payload that isn't JSON. With `hasVariables`, the host resolves the variables first. With
   * `isDebugged`, it starts the debugger and invokes the function on Local.
   */
  invoke: { invocationId: filledText, invocation: parseInvocation, isSentAnyway: flag, isDebugged: flag, ...VARIABLES },
  /** Invokes on two targets, and compares the results. */
  invokeOnTwoTargets: { invocation: parseInvocation, ...VARIABLES },
  /** Repeats the invocation whose result is shown. */
  repeat: { invocationId: filledText },
  stopWaiting: {},
  /** Shows an older (negative) or a newer result of this form. */
  showResult: { step: integer },
  /** Compares the shown result with the previous one of this form, or with one that the user selects in the history. */
  compareResult: { other: oneOf(COMPARED_RESULTS) },
  /** Requests the payload of the shown result as it was sent. */
  readSent: {},
  /** Reads the whole log of the shown result from CloudWatch Logs. */
  readLog: {},
  stopReadingLog: {},
  /** Opens the X-Ray trace of the shown result in the console. */
  openTrace: {},
  /** `signIn` and `installSdk` repeat the invocation with this ID afterwards. */
  resultAction: { action: oneOf(RESULT_ACTIONS), invocationId: filledText },
  /**
   * `payload` is the change of the inline payload since the last of these messages. A page reports all of it first.
   * `drafts` is the number of drafts that the page has received since it loaded.
   */
  draftChanged: { isDirty: boolean, draft: parseDraftFields, payload: parseTextChange, drafts: length },
  /** An edit of a large inline payload. The next `draftChanged`, which follows when typing pauses, includes it. */
  payloadTyping: { change: parseTextChange },
  browsePayload: {},
  openPayload: { uri: text },
  /** Opens the inline payload in an editor that is kept in sync with the form. */
  editPayload: { text },
  /** The inline payload was changed in the form while it is also open in an editor. */
  payloadEdited: { text },
  /** Selects a sample event as the inline payload. */
  chooseSample: {},
  savePreset: { draft: parseDraft, target: oneOf(SAVE_TARGETS) },
  copyAs: { invocation: parseInvocation, ...VARIABLES },
  /** The user pasted a text that looks like a command line. */
  importText: { text },
  /** The user dropped files on the form: URIs, one per line. */
  dropPayload: { uris: text },
  selectConnection: {},
  selectRegion: {},
  selectEndpoint: {},
  functionAction: { action: oneOf(FUNCTION_ACTIONS), FunctionName: text, Qualifier: optional(text) },
  /** Shows the statistics of the function whose result is shown. */
  showStatistics: {},
  /** Follows the log of the function of the shown result. */
  followLog: {},
  /** Shows the JSON of a row of the log in a form, with the function of the shown result or a local one. */
  useLogJson: { text, isLocal: flag },
  showOutput: {},
  /** Selects the file for the next streamed response. */
  chooseStreamFile: {},
  forgetStreamFile: {},
  /** Saves the streaming response to a file. */
  saveStream: {},
  /** Opens a stack frame by its line number. */
  openFrame: { line: integer },
  /** Copies a text, for a command of the context menu. */
  copyText: { text },
  exportResult: { part: oneOf(OUTCOME_PARTS), to: oneOf(DESTINATIONS) },
} as const satisfies Readonly<Record<string, Shape>>;

/** Messages from the form to the host. */
export type ToHost = MessageOf<typeof INTENTS>;

/** Parses a message from the form. Returns undefined if it is invalid. */
export function parseToHost(value: unknown): ToHost | undefined {
  return parseMessage(INTENTS, value);
}
