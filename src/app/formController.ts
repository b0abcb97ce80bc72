import type { Connection } from '../core/connection.ts';
import { toDraft, type Draft } from '../core/draft.ts';
import type { Invocation } from '../core/invocation.ts';
import { message } from '../core/messages.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { OutcomeView } from '../core/outcome.ts';
import type { Destination, OutcomePart, ToForm, ToHost } from '../protocol/messages.ts';
import type { EndedInvocation, Invocations, RunningInvocation } from './invocations.ts';
import { postResponse } from './postResponse.ts';

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
  showOutput(): void;
  takeOut(ended: EndedInvocation, part: OutcomePart, to: Destination): void;
  /** A form that was closed while it waited: its outcome is told elsewhere. */
  announce(ended: EndedInvocation): void;
  onDidChangeDraft(draft: { readonly FunctionName: string }): void;
}

/** Serves one open form: what it asks for, and the one invocation it may have running. */
export class FormController {
  readonly #services: FormServices;
  readonly #invocations: Pick<Invocations, 'start'>;
  #running: RunningInvocation | undefined;
  #ended: EndedInvocation | undefined;
  #toFill: Draft | undefined;
  /** The preset that was opened in this form: saved again, it keeps its variables. */
  #opened: OpenedPreset | undefined;
  /** The connection of what fills the form; choosing another one in the window ends it. */
  #ownConnection: Connection | undefined;
  #isStopping = false;
  #isDirty = false;
  #isReady = false;
  #described = '';
  #isDisposed = false;
  /** Only a page that comes back after a reload knows a connection that we do not. */
  #takesKeptConnection: boolean;

  /** A form that comes back after a reload counts as dirty until it has told what it holds. */
  constructor(services: FormServices, invocations: Pick<Invocations, 'start'>, isRestored = false) {
    this.#isDirty = isRestored;
    this.#takesKeptConnection = isRestored;
    this.#services = services;
    this.#invocations = invocations;
  }

  /** Whether filling the form would lose something: typed fields, or an outcome that is still awaited. */
  get isOccupied(): boolean {
    return this.#isDirty || this.#running !== undefined;
  }

  /** The connection of what filled the form, where it is not the window's. */
  get ownConnection(): Connection | undefined {
    return this.#ownConnection;
  }

  /** What this form invokes with. */
  get connection(): Connection {
    return this.#ownConnection ?? this.#services.connection();
  }

  /** Shows a draft in the form, now or as soon as it is ready. Without a connection it is the window's. */
  fill(draft: Draft, connection?: Connection, opened?: OpenedPreset): void {
    this.#opened = opened;
    this.#isDirty = false;
    this.#ended = undefined; // an outcome beside another draft would be taken for that draft's
    this.#ownConnection = connection;
    this.#takesKeptConnection = false;
    if (!this.#isReady) this.#toFill = draft;
    else {
      this.#services.post({ type: 'draft', draft });
      this.#services.showConnection();
      this.#postOutcome();
    }
  }

  /** The person chose a connection in the window: it is this form's as well. */
  useChosenConnection(): void {
    this.#ownConnection = undefined;
    this.#takesKeptConnection = false;
    if (this.#isReady) this.#services.showConnection();
  }

  /** The tab is hidden: its page is gone until it says `ready` again, and with it whatever is posted. */
  hide(): void {
    this.#isReady = false;
  }

  /** Shows what was invoked elsewhere, and how it ended. */
  show(ended: EndedInvocation): void {
    this.fill(toDraft(ended.order.invocation), ended.order.connection);
    this.#ended = ended;
    if (this.#isReady) this.#postOutcome();
  }

  handle(asked: ToHost): void {
    const services = this.#services;
    switch (asked.type) {
      case 'ready':
        return this.#ready(asked.connection);
      case 'invoke':
        return this.#invoke(asked.invocationId, asked.invocation);
      case 'stopWaiting':
        return this.#stopWaiting();
      case 'draftChanged':
        this.#isDirty = asked.isDirty;
        this.#describe(asked.payloadFile);
        return services.onDidChangeDraft(asked);
      case 'browsePayload':
      case 'selectConnection':
      case 'selectRegion':
      case 'showOutput':
        return services[asked.type]();
      case 'openPayload':
        return services.openPayload(asked.uri);
      case 'editPayload':
        return services.editPayload(asked.text);
      case 'savePreset':
        return services.savePreset(asked.invocation, this.connection, this.#opened);
      case 'copyAs':
        return services.copyAs(asked.invocation, this.connection);
      case 'importText':
        return this.#import(asked.text);
      case 'dropPayload':
        return services.dropPayload(asked.uris);
      case 'takeOut':
        return this.#ended && services.takeOut(this.#ended, asked.part, asked.to);
    }
  }

  /** The form is gone. An invocation that runs goes on, and its outcome is announced. */
  dispose(): void {
    this.#isDisposed = true;
    this.#ended = undefined;
  }

  #import(text: string): void {
    this.#services.importText(text, (draft, connection) => {
      if (this.isOccupied) this.#services.openDraft(draft, connection);
      else this.fill(draft, connection);
    });
  }

  #describe(payloadFile: string): void {
    if (payloadFile === this.#described) return;
    this.#described = payloadFile;
    if (payloadFile !== '') this.#services.describePayload(payloadFile);
  }

  #ready(kept: Connection | undefined): void {
    this.#isReady = true;
    if (this.#takesKeptConnection) this.#ownConnection = kept;
    this.#takesKeptConnection = false;
    this.#described = ''; // the form has forgotten it
    if (this.#toFill !== undefined) this.#services.post({ type: 'draft', draft: this.#toFill });
    this.#toFill = undefined;
    this.#services.greet();
    this.#postOutcome();
  }

  #invoke(invocationId: string, invocation: Invocation): void {
    if (this.#running !== undefined) return; // the outcome that is awaited stays in view
    const running = this.#invocations.start(invocationId, { invocation, connection: this.connection });
    if (running === undefined) {
      const outcome = { state: 'failed', reason: message('alreadyRunning'), clientMs: 0, notes: [] } as const;
      return this.#services.post({ type: 'outcome', invocationId, outcome });
    }
    this.#running = running;
    this.#ended = undefined;
    this.#isStopping = false;
    this.#postOutcome();
    void running.result.then((result) => this.#end({ invocationId, order: running.order, result }));
  }

  #end(ended: EndedInvocation): void {
    this.#running = undefined;
    if (this.#isDisposed) return this.#services.announce(ended);
    this.#ended = ended;
    this.#postOutcome();
    // The file was read again: what the form shows of it may be old.
    if (this.#described !== '') this.#services.describePayload(this.#described);
  }

  #stopWaiting(): void {
    this.#isStopping = true;
    this.#running?.stopWaiting();
    this.#postOutcome();
  }

  #view(): OutcomeView {
    if (this.#running !== undefined) {
      return { state: 'running', elapsedMs: Date.now() - this.#running.startedAt, isStopping: this.#isStopping };
    }
    return this.#ended?.result.outcome ?? { state: 'idle' };
  }

  #postOutcome(): void {
    if (!this.#isReady || this.#isDisposed) return;
    const invocationId = this.#running?.invocationId ?? this.#ended?.invocationId ?? '';
    this.#services.post({ type: 'outcome', invocationId, outcome: this.#view() });
    const body = this.#running === undefined ? this.#ended?.result.Payload : undefined;
    if (body !== undefined) postResponse(invocationId, body, (message) => this.#services.post(message));
  }
}
