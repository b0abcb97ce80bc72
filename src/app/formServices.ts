import type { Connection } from '../core/connection/connection.ts';
import type { Draft } from '../core/invocation/draft.ts';
import type { Invocation } from '../core/invocation/invocation.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { Destination, OutcomePart, ToHost } from '../protocol/toHost.ts';
import type { EndedInvocation } from './invocations.ts';
import type { StreamSink } from './responseStream.ts';

/** What a form asks of its surroundings. Each is the person's own act; none of them invokes. */
export interface FormServices {
  post(message: ToForm): void;
  /** The connection chosen in the window. */
  connection(): Connection;
  /** Shows the connection this form will use. */
  showConnection(): void;
  /** Tells the form what is around it: recent files, the connection's region and endpoint, the payload file's state. */
  greet(): void;
  describePayload(uri: string): void;
  browsePayload(): void;
  openPayload(uri: string): void;
  editPayload(text: string): void;
  savePreset(invocation: Invocation, connection: Connection, opened: OpenedPreset | undefined): void;
  copyAs(invocation: Invocation, connection: Connection): void;
  /** Calls back with the draft of a pasted command line; not at all for a text that is none. */
  importText(text: string, fill: (draft: Draft, connection: Connection | undefined) => void): void;
  /** Shows a draft in another form: this one would lose something. */
  openDraft(draft: Draft, connection: Connection | undefined): void;
  dropPayload(uris: string): void;
  selectConnection(): void;
  selectRegion(): void;
  selectEndpoint(): void;
  /** Finds a function, or what is known of it; what comes of it is posted. Invokes nothing. */
  functionAction(asked: Extract<ToHost, { type: 'functionAction' }>, connection: Connection): void;
  showOutput(): void;
  exportResult(ended: EndedInvocation, part: OutcomePart, to: Destination): void;
  /** Asks for the file a streamed response is written to; does not call back where none is chosen. */
  askStreamFile(take: (sink: StreamSink) => void): void;
  /** Why a response cannot be written to another file: it is no longer whole in memory, or it is written already. */
  tellNotSaved(why: 'notHeld' | 'alreadySaving'): void;
  /** Finds the lines of a failed function's stack that lie in the workspace, and tells the form. */
  findFrames(ended: EndedInvocation): void;
  openFrame(line: number): void;
  /** A form that was closed while it waited: its outcome is told elsewhere. */
  announce(ended: EndedInvocation): void;
  onDidChangeDraft(draft: { readonly FunctionName: string }): void;
}
