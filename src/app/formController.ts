import type { Connection } from '../core/connection/connection.ts';
import type { Draft, VariableUse } from '../core/invocation/draft.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { FormInvocations, toOrder } from './formInvocations.ts';
import type { FormServices } from './formServices.ts';
import type { EndedInvocation, Invocations } from './invocations.ts';
import type { FormResults } from './results.ts';
import { presetOf, sentDraft, type ShownDraft } from './shownDraft.ts';

type Invoke = Extract<ToHost, { type: 'invoke' }>;

type DraftChange = Extract<ToHost, { type: 'draftChanged' }>;

interface FormControllerOptions {
  readonly invocations: Pick<Invocations, 'start'>;
  readonly results: FormResults;
  /** A form that is restored after a reload is dirty until it reports its draft. */
  readonly isRestored: boolean;
}

/** The state of an open form: its connection, its draft, and its invocations. */
export class FormController {
  readonly invocations: FormInvocations;
  readonly #services: FormServices;
  #pendingDraft: Draft | undefined;
  #openedPreset: OpenedPreset | undefined;
  /** The draft of the saved preset, until the page has received it. */
  #savedDraft: Draft | undefined;
  /** The connection of the draft or preset in the form, until another one is selected in the window. */
  #formConnection: Connection | undefined;
  #isDirty = false;
  #isReady = false;
  #describedFile = '';
  /** After a reload, only the page knows the connection of the form. */
  #acceptsRestoredConnection: boolean;

  constructor(services: FormServices, { invocations, results, isRestored }: FormControllerOptions) {
    this.#isDirty = isRestored;
    this.#acceptsRestoredConnection = isRestored;
    this.#services = services;
    const isReady = () => this.#isReady;
    this.invocations = new FormInvocations({ services, invocations, results, isReady });
  }

  /** Whether filling the form would discard edited fields or a running invocation. */
  get isOccupied(): boolean {
    return this.#isDirty || this.invocations.isRunning;
  }

  /** The connection of the form, if it isn't the window's. */
  get formConnection(): Connection | undefined {
    return this.#formConnection;
  }

  /** The preset that was opened in this form. Its variables are preserved when it is saved again. */
  get openedPreset(): OpenedPreset | undefined {
    return this.#openedPreset;
  }

  /** The connection that the form uses. */
  get connection(): Connection {
    return this.#formConnection ?? this.#services.connection();
  }

  /** Shows a draft as soon as the form is ready. Without a connection, the form uses the window's. */
  fill(draft: Draft, connection?: Connection, openedPreset?: OpenedPreset): void {
    this.#openedPreset = openedPreset;
    this.#savedDraft = undefined;
    this.#isDirty = false;
    this.#formConnection = connection;
    this.#acceptsRestoredConnection = false;
    this.#services.showFunction(draft.FunctionName);
    if (!this.#isReady) this.#pendingDraft = draft;
    else {
      this.#services.post({ type: 'draft', draft, ...presetOf(openedPreset) });
      this.#services.showConnection();
    }
    this.invocations.hideResult();
  }

  /** Whether the page may still restore what it showed before a reload. */
  get acceptsRestored(): boolean {
    return this.#acceptsRestoredConnection;
  }

  /** The page has restored the draft of this preset. */
  restorePreset(opened: OpenedPreset): void {
    this.#openedPreset ??= opened;
  }

  /** The preset of the form was saved, or saving it was undone: it has this draft now. */
  presetSaved(draft: Draft, opened: OpenedPreset): void {
    this.#openedPreset = opened;
    this.#savedDraft = draft;
    this.#postSavedDraft();
  }

  /** A hidden page receives it when it is ready again. */
  #postSavedDraft(): void {
    const { preset } = presetOf(this.#openedPreset);
    if (!this.#isReady || this.#savedDraft === undefined || preset === undefined) return;
    this.#services.post({ type: 'presetSaved', draft: this.#savedDraft, preset });
    this.#savedDraft = undefined;
  }

  /** Shows a draft if the form isn't occupied. Returns whether it did. */
  fillUnlessOccupied(draft: Draft, connection: Connection | undefined): boolean {
    if (this.isOccupied) return false;
    this.fill(draft, connection);
    return true;
  }

  /** Uses a connection that was selected for this form only. */
  useFormConnection(connection: Connection): void {
    this.#formConnection = connection;
    this.#acceptsRestoredConnection = false;
    if (this.#isReady) this.#services.showConnection();
  }

  /** A connection was selected in the window, which the form uses too. */
  useWindowConnection(): void {
    this.#formConnection = undefined;
    this.#acceptsRestoredConnection = false;
    if (this.#isReady) this.#services.showConnection();
  }

  /** The tab is hidden. VS Code discards its page and messages until the page is `ready` again. */
  hide(): void {
    this.#isReady = false;
  }

  /** Shows an invocation that was started elsewhere, with its outcome. By default it shows what was sent. */
  show(ended: EndedInvocation, shown?: ShownDraft): void {
    const { draft, connection, opened } = shown ?? sentDraft(ended);
    this.fill(draft, connection, opened);
    this.invocations.show(ended);
  }

  /** The form was closed. A running invocation continues, and a notification shows its outcome. */
  dispose(): void {
    this.invocations.dispose();
  }

  #describe(payloadFile: string): void {
    if (payloadFile === this.#describedFile) return;
    this.#describedFile = payloadFile;
    if (payloadFile !== '') this.#services.describePayload(payloadFile);
  }

  /** The page has loaded. After a reload it restores a connection. */
  ready(restored?: Connection): void {
    this.#isReady = true;
    if (this.#acceptsRestoredConnection) this.#formConnection = restored;
    this.#acceptsRestoredConnection = false;
    this.#describedFile = ''; // the new page doesn't have it
    if (this.#pendingDraft !== undefined) {
      this.#services.post({ type: 'draft', draft: this.#pendingDraft, ...presetOf(this.#openedPreset) });
    }
    this.#pendingDraft = undefined;
    this.#postSavedDraft();
    this.#services.postInitialState();
    this.invocations.postAll();
  }

  /** Invokes with the values of variables. The connection is that of the click, because the form's can change meanwhile. */
  invoke(intent: Omit<Invoke, keyof VariableUse | 'isDebugged'>, connection = this.connection): void {
    this.invocations.start(intent.invocationId, toOrder(intent, connection, this.#openedPreset));
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** The form has edits that its page doesn't know yet. */
  markEdited(): void {
    this.#isDirty = true;
  }

  changeDraft({ isDirty, payloadFile }: Pick<DraftChange, 'isDirty' | 'payloadFile'>): void {
    this.#isDirty = isDirty;
    this.#describe(payloadFile);
  }
}
