import {
  boolean,
  filledText,
  flag,
  integer,
  oneOf,
  optional,
  parseMessage,
  text,
  type MessageOf,
  type Shape,
} from './fields.ts';
import { parseConnection, parseInvocation } from './invocationFields.ts';

/** Parts of an outcome that a person can export. */
const OUTCOME_PARTS = ['response', 'logTail'] as const;
export type OutcomePart = (typeof OUTCOME_PARTS)[number];

const DESTINATIONS = ['clipboard', 'file', 'editor'] as const;
export type Destination = (typeof DESTINATIONS)[number];

/** What a form can do with the function in its fields. Each only reads. */
const FUNCTION_ACTIONS = ['browse', 'qualifier', 'facts', 'console', 'copyArn', 'logGroup', 'identity'] as const;
export type FunctionAction = (typeof FUNCTION_ACTIONS)[number];

/** Every intent of a form with its fields: their types and their parser come from here. */
const INTENTS = {
  /** The page has loaded. After a reload it brings the connection of its own that it kept. */
  ready: { connection: optional(parseConnection) },
  /** `isSentAnyway`: the payload isn't JSON and is sent as it is, this once. */
  invoke: { invocationId: filledText, invocation: parseInvocation, isSentAnyway: flag },
  stopWaiting: {},
  draftChanged: { isDirty: boolean, FunctionName: text, payloadFile: text },
  browsePayload: {},
  openPayload: { uri: text },
  editPayload: { text },
  savePreset: { invocation: parseInvocation },
  copyAs: { invocation: parseInvocation },
  /** A text was pasted that looks like a command line. */
  importText: { text },
  /** Files were dropped on the form: a list of URIs, one per line. */
  dropPayload: { uris: text },
  selectConnection: {},
  selectRegion: {},
  selectEndpoint: {},
  functionAction: { action: oneOf(FUNCTION_ACTIONS), FunctionName: text, Qualifier: optional(text) },
  showOutput: {},
  /** The next streamed response is written to a file that the person chooses now. */
  chooseStreamFile: {},
  forgetStreamFile: {},
  /** The response that is being streamed is written to a file that the person chooses. */
  saveStream: {},
  /** A line of the stack, by its number. */
  openFrame: { line: integer },
  exportResult: { part: oneOf(OUTCOME_PARTS), to: oneOf(DESTINATIONS) },
} as const satisfies Readonly<Record<string, Shape>>;

/** Intents that go up, from the form to the host. */
export type ToHost = MessageOf<typeof INTENTS>;

/** A message from the form; undefined for anything else. Nothing from a webview is used unparsed. */
export function parseToHost(value: unknown): ToHost | undefined {
  return parseMessage(INTENTS, value);
}
