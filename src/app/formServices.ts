import type { Connection } from '../core/connection/connection.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { EndedInvocation } from './invocations.ts';

/** The dependencies of a form controller. */
export interface FormServices {
  post(message: ToForm): void;
  /** Resolves to whether the page has received the messages so far. Pending or false if it's closed. Never rejects. */
  received(): PromiseLike<boolean>;
  /** The connection of the window. */
  connection(): Connection;
  /** Shows the function of a draft in the title of the form. */
  showFunction(FunctionName: string): void;
  /** Shows the inline payload of a draft in its editor, if it is open. */
  fillPayload(text: string): void;
  /** Shows the connection that this form uses. */
  showConnection(): void;
  /** Posts the initial state of a page: recent files, connection, and state of the payload file. */
  postInitialState(): void;
  /** The path of a payload file, relative to its workspace folder if possible. */
  labelOf(uri: string): string;
  /** Posts the state of the payload file. */
  describePayload(uri: string): void;
  /** An invocation of the form has ended. */
  invocationEnded(): void;
  /** A modal dialog of an invocation was answered. Returns the focus to the form if its tab is the active one. */
  returnFocus(): void;
  /** Posts the stack frames of a function error that are in the workspace. */
  findFrames(ended: EndedInvocation): void;
  /** Posts the whole log, if more is available than the log tail. */
  postLog(ended: EndedInvocation): void;
  /** Shows the outcome in a notification, because the form was closed. */
  notifyOutcome(ended: EndedInvocation): void;
}
