import type { Connection } from '../core/connection/connection.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { EndedInvocation } from './invocations.ts';

/** What a form's controller needs from its surroundings. */
export interface FormServices {
  post(message: ToForm): void;
  /** The connection chosen in the window. */
  connection(): Connection;
  /** Shows the connection that this form uses. */
  showConnection(): void;
  /** Posts what the page needs to know once it has loaded: recent files, the connection, the payload file's state. */
  postInitialState(): void;
  /** Posts the state of the payload file. */
  describePayload(uri: string): void;
  /** Posts the lines of a failed function's stack that are in the workspace. */
  findFrames(ended: EndedInvocation): void;
  /** The form was closed while it waited: its outcome is shown in a notification. */
  notifyOutcome(ended: EndedInvocation): void;
}
