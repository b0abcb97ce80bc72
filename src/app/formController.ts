import type { Connection } from '../core/connection/connection.ts';
import type { Draft, VariableUse } from '../core/invocation/draft.ts';
import { message } from '../core/messages/messages.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { OutcomeView } from '../core/outcome/outcome.ts';
import type { ToHost } from '../protocol/toHost.ts';
import type { EndedInvocation, Invocations, RunningInvocation } from './invocations.ts';
import type { FormServices } from './formServices.ts';
import { postResponse } from './postResponse.ts';
import { postStream } from './postStream.ts';
import type { ResponseStream, StreamSink } from './responseStream.ts';
import { presetOf, sentDraft, type ShownDraft } from './shownDraft.ts';

/** `ended`: the response is complete, and the form shows it. */
type SaveResult = Awaited<ReturnType<ResponseStream['saveTo']>>;

type Invoke = Extract<ToHost, { type: 'invoke' }>;

type DraftChange = Extract<ToHost, { type: 'draftChanged' }>;

/** In milliseconds. */
const SHOW_RUNNING_AFTER_MS = 120;

/** The state of an open form: its connection, its draft, and at most one running invocation. */
export class FormController {
  readonly #services: FormServices;
  readonly #invocations: Pick<Invocations, 'start'>;
  #running: RunningInvocation | undefined;
  #streaming: ReturnType<typeof postStream> | undefined;
  /** The file for the next streamed response. */
  #streamFile: StreamSink | undefined;
  #ended: EndedInvocation | undefined;
  #pendingDraft: Draft | undefined;
  #openedPreset: OpenedPreset | undefined;
  /** The draft of the saved preset, until the page has received it. */
  #savedDraft: Draft | undefined;
  /** The connection of the draft or preset in the form, until another one is selected in the window. */
  #formConnection: Connection | undefined;
  #isStopping = false;
  #isDirty = false;
  #isReady = false;
  #describedFile = '';
  #isDisposed = false;
  /** After a reload, only the page knows the connection of the form. */
  #acceptsRestoredConnection: boolean;

  /** A form that is restored after a reload is dirty until it reports its draft. */
  constructor(services: FormServices, invocations: Pick<Invocations, 'start'>, isRestored = false) {
    this.#isDirty = isRestored;
    this.#acceptsRestoredConnection = isRestored;
    this.#services = services;
    this.#invocations = invocations;
  }

  /** Whether filling the form would discard edited fields or a running invocation. */
  get isOccupied(): boolean {
    return this.#isDirty || this.#running !== undefined;
  }

  /** The connection of the form, if it isn't the window's. */
  get formConnection(): Connection | undefined {
    return this.#formConnection;
  }

  /** The preset that was opened in this form. Its variables are preserved when it is saved again. */
  get openedPreset(): OpenedPreset | undefined {
    return this.#openedPreset;
  }

  /** The invocation whose outcome the form shows. */
  get ended(): EndedInvocation | undefined {
    return this.#ended;
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
    this.#ended = undefined; // an outcome next to another draft would be misleading
    this.#formConnection = connection;
    this.#acceptsRestoredConnection = false;
    if (!this.#isReady) this.#pendingDraft = draft;
    else {
      this.#services.post({ type: 'draft', draft, ...presetOf(openedPreset) });
      this.#services.showConnection();
      this.#postOutcome();
    }
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
    this.#ended = ended;
    if (this.#isReady) this.#postOutcome();
  }

  /** The form was closed. A running invocation continues, and a notification shows its outcome. */
  dispose(): void {
    this.#isDisposed = true;
    this.#ended = undefined;
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
    this.#postStreamFile();
    this.#postOutcome();
  }

  /** Invokes with the values of variables. */
  invoke({ invocationId, invocation, isSentAnyway }: Omit<Invoke, keyof VariableUse>): void {
    if (this.#running !== undefined) return; // keep showing the running invocation
    const order = { invocation, connection: this.connection, ...(isSentAnyway && { isSentAnyway }) };
    const sink = invocation.InvokeMode === 'RESPONSE_STREAM' ? this.#streamFile : undefined;
    const running = this.#invocations.start(invocationId, order, sink);
    if (running === undefined) {
      const outcome = { state: 'failed', reason: message('alreadyRunning'), clientMs: 0, notes: [] } as const;
      return this.#services.post({ type: 'outcome', invocationId, outcome });
    }
    this.#running = running;
    this.#ended = undefined;
    this.#isStopping = false;
    if (sink !== undefined) this.useStreamFile(undefined);
    if (running.stream !== undefined) {
      this.#streaming = postStream(running.stream, invocationId, (posted) => {
        if (this.#isReady && !this.#isDisposed) this.#services.post(posted);
      });
    }
    running.onDidChangeRetry(() => this.#postOutcome());
    if (running.stream !== undefined) this.#postOutcome();
    // Shorter invocations don't show the running state, which would flicker.
    else setTimeout(() => this.#running === running && this.#postOutcome(), SHOW_RUNNING_AFTER_MS);
    void running.result.then((result) => this.#end({ invocationId, order: running.order, result }));
  }

  #end(ended: EndedInvocation): void {
    // Keep a file that nothing was written to for the next response.
    const { chunks = 0 } = this.#running?.stream?.stats ?? {};
    if (chunks === 0 && ended.result.outcome.state !== 'succeeded') this.#streamFile ??= this.#running?.stream?.sink;
    this.#running = undefined;
    if (this.#streamFile !== undefined) this.#postStreamFile();
    this.#streaming?.stop();
    this.#streaming = undefined;
    if (this.#isDisposed) return this.#services.notifyOutcome(ended);
    this.#ended = ended;
    this.#postOutcome();
    // The payload file might have changed. Later, so that it is in the recent files by then.
    setTimeout(() => {
      if (!this.#isDisposed && this.#describedFile !== '') this.#services.describePayload(this.#describedFile);
    });
  }

  stopWaiting(): void {
    this.#isStopping = true;
    this.#running?.stopWaiting();
    this.#postOutcome();
  }

  changeDraft({ isDirty, payloadFile }: Pick<DraftChange, 'isDirty' | 'payloadFile'>): void {
    this.#isDirty = isDirty;
    this.#describe(payloadFile);
  }

  /** Sets the file for the next streamed response. */
  useStreamFile(sink: StreamSink | undefined): void {
    this.#streamFile = sink;
    this.#postStreamFile();
  }

  #postStreamFile(): void {
    const label = this.#streamFile?.label;
    if (this.#isReady) this.#services.post({ type: 'streamFile', ...(label !== undefined && { label }) });
  }

  /** Returns a function that saves the streaming response, or undefined if none is streaming. */
  streamSaver(): ((sink: StreamSink) => Promise<SaveResult>) | undefined {
    const running = this.#running;
    const stream = running?.stream;
    if (stream === undefined) return undefined;
    return async (sink) => {
      const result = await stream.saveTo(sink);
      // It might have ended during the file dialog, and another outcome might be shown.
      const isShown = this.#ended?.invocationId === running?.invocationId;
      return result === 'ended' && !isShown ? 'notBuffered' : result;
    };
  }

  #view(): OutcomeView {
    const running = this.#running;
    if (running !== undefined) {
      const retry = running.pendingRetry();
      const isStopping = this.#isStopping;
      if (retry !== undefined) {
        const { attempt, reason, until } = retry;
        return {
          state: 'waiting',
          waitingFor: { kind: 'retry', attempt, reason, remainingMs: until - Date.now() },
          isStopping,
        };
      }
      return {
        state: 'running',
        elapsedMs: Date.now() - running.startedAt,
        isStopping,
        ...(running.stream !== undefined && { stream: running.stream.stats }),
      };
    }
    return this.#ended?.result.outcome ?? { state: 'idle' };
  }

  #postOutcome(): void {
    if (!this.#isReady || this.#isDisposed) return;
    const invocationId = this.#running?.invocationId ?? this.#ended?.invocationId ?? '';
    this.#services.post({ type: 'outcome', invocationId, outcome: this.#view() });
    if (this.#running !== undefined) return this.#streaming?.replay();
    const { Payload, outcome } = this.#ended?.result ?? {};
    if (Payload !== undefined) {
      postResponse(invocationId, { body: Payload, totalBytes: outcome?.stream?.bytes }, (part) =>
        this.#services.post(part),
      );
    }
    if (this.#ended !== undefined) this.#services.postLog(this.#ended);
    if (this.#ended !== undefined && outcome?.state === 'functionError') this.#services.findFrames(this.#ended);
  }
}
