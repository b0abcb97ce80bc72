import { InvokeError } from '../core/outcome/invokeError.ts';
import { message } from '../core/messages/messages.ts';
import { logCoverage } from '../core/outcome/logCoverage.ts';
import type { Outcome } from '../core/outcome/outcome.ts';
import type { ToForm } from '../protocol/messages.ts';
import type { FormServices } from './formServices.ts';
import type { EndedInvocation, Invocations, RunningInvocation } from './invocations.ts';
import { postStream } from './postStream.ts';
import { responseParts } from './responseParts.ts';
import type { ResponseStream, StreamSink } from './responseStream.ts';
import type { FormResults, HeldResult } from './results.ts';
import type { InvocationOrder } from './runInvocation.ts';
import { runningView } from './runningView.ts';
import { Undelivered } from './undelivered.ts';

/** `ended`: the response is complete, and the form shows it. */
type SaveResult = Awaited<ReturnType<ResponseStream['saveTo']>>;

/** In milliseconds. */
const SHOW_RUNNING_AFTER_MS = 120;

/** Longer than VS Code takes to return the focus itself. In milliseconds. */
const RETURN_FOCUS_AFTER_MS = 120;

/** How much of a sent payload is posted. In bytes. */
const MAX_SENT_BYTES = 262_144;

interface FormInvocationsOptions {
  readonly services: Pick<
    FormServices,
    'post' | 'received' | 'labelOf' | 'postLog' | 'findFrames' | 'notifyOutcome' | 'invocationEnded' | 'returnFocus'
  >;
  readonly invocations: Pick<Invocations, 'start'>;
  readonly results: FormResults;
  /** Whether the page receives messages. */
  readonly isReady: () => boolean;
}

/** The invocations of a form: at most one that runs, and the results of earlier ones. */
export class FormInvocations {
  readonly #options: FormInvocationsOptions;
  #running: RunningInvocation | undefined;
  #streaming: ReturnType<typeof postStream> | undefined;
  /** The file for the next streamed response. */
  #streamFile: StreamSink | undefined;
  #isStopping = false;
  /** Why the last click sent nothing, until another result is shown. */
  #refused: { readonly invocationId: string; readonly outcome: Outcome } | undefined;
  readonly #undelivered = new Undelivered();
  #isDisposed = false;

  constructor(options: FormInvocationsOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** The result that the form shows, also while the next invocation runs. */
  get shown(): HeldResult | undefined {
    return this.#options.results.shown;
  }

  /** The result before the one that the form shows. */
  get previous(): HeldResult | undefined {
    return this.#options.results.previous;
  }

  /** Starts an invocation, unless one is running. */
  start(invocationId: string, order: InvocationOrder): void {
    if (this.#running !== undefined) return; // keep showing the running invocation
    const isStreamed = order.invocation.InvokeMode === 'RESPONSE_STREAM';
    const sink = isStreamed ? this.#streamFile : undefined;
    const running = this.#options.invocations.start(invocationId, order, sink && { sink });
    if (running === undefined) {
      const outcome = { state: 'failed', reason: message('alreadyRunning'), clientMs: 0, notes: [] } as const;
      return this.#post({ type: 'outcome', invocationId, outcome });
    }
    if (sink !== undefined) this.useStreamFile(undefined);
    this.follow(running);
  }

  /** Shows a running invocation and its outcome. */
  follow(running: RunningInvocation): void {
    this.#running = running;
    this.#refused = undefined;
    this.#isStopping = false;
    if (running.stream !== undefined) {
      this.#streaming = postStream(running.stream, running.invocationId, (posted) => this.#post(posted));
    }
    const showRunning = () => {
      if (this.#running === running) this.#postRunning();
    };
    // What ends sooner, such as an invocation that isn't confirmed, doesn't show the running state, which would flicker.
    const showRunningSoon = () => {
      if (running.stream === undefined) setTimeout(showRunning, SHOW_RUNNING_AFTER_MS);
      else showRunning();
    };
    let lastWait = running.wait();
    running.onDidChangeWait(() => {
      const wait = running.wait();
      if (lastWait?.kind === 'confirmation') this.#returnFocusSoon();
      lastWait = wait;
      if (wait === undefined) showRunningSoon();
      else showRunning();
    });
    showRunningSoon();
    void running.result.then((result) => {
      const { invocationId, order } = running;
      if (this.#running === running) this.#end({ invocationId, order, result });
    });
  }

  /** The running invocation of a closed form, for the form that follows it from now on. */
  release(): RunningInvocation | undefined {
    const running = this.#running;
    this.#running = undefined;
    this.#streaming?.stop();
    return running;
  }

  /** Runs the order of the shown result again, with its connection. Throws InvokeError if its payload was dropped. */
  repeat(invocationId: string): void {
    const { shown } = this;
    // Its variables have no values yet, so the form has to invoke again.
    if (shown === undefined && this.#refused !== undefined) {
      this.#postShown(); // the page has dimmed it, and the form might have errors
      return this.#post({ type: 'invoke' });
    }
    if (shown === undefined) return;
    const { isConfirmed: _, ...order } = shown.ended.order; // it is confirmed again
    const { invocation } = order;
    if (shown.isDropped && invocation.payload.kind === 'typed') {
      if (this.#running === undefined) this.#postShown(); // the page has dimmed it
      throw new InvokeError(message('typedPayloadGone'));
    }
    this.start(invocationId, order);
  }

  /** Adds a result from outside of the form, or shows one of the form. */
  show(ended: EndedInvocation): void {
    this.#options.results.add(ended);
    if (this.#running === undefined) this.#postShown();
  }

  /** Shows an older (negative) or a newer result. */
  step(step: number): void {
    if (this.#running === undefined && this.#options.results.step(step)) this.#postShown();
  }

  /** Shows no result, because one next to another draft would be misleading. */
  hideResult(): void {
    this.#refused = undefined;
    this.#options.results.hide();
    if (this.#running === undefined) this.#postShown();
  }

  /** Shows why nothing was sent, without adding a result. */
  refuse(invocationId: string, outcome: Outcome): void {
    if (this.#running !== undefined) return;
    this.#options.results.hide();
    this.#refused = { invocationId, outcome };
    this.#postShown();
  }

  stopWaiting(): void {
    this.#isStopping = true;
    this.#running?.stopWaiting();
    if (this.#running !== undefined) this.#postRunning();
  }

  /** Sets the file for the next streamed response. */
  useStreamFile(sink: StreamSink | undefined): void {
    this.#streamFile = sink;
    this.#postStreamFile();
  }

  /** Returns a function that saves the streaming response, or undefined if none is streaming. */
  streamSaver(): ((sink: StreamSink) => Promise<SaveResult>) | undefined {
    const running = this.#running;
    const stream = running?.stream;
    if (stream === undefined) return undefined;
    return async (sink) => {
      const result = await stream.saveTo(sink);
      // It might have ended during the file dialog, and another outcome might be shown.
      const isShown = this.shown?.ended.invocationId === running?.invocationId;
      return result === 'ended' && !isShown ? 'notBuffered' : result;
    };
  }

  /** Posts the beginning of the payload of the shown result. */
  postSent(): void {
    const { shown } = this;
    if (shown === undefined) return;
    const { ended, isDropped } = shown;
    const { invocationId, result } = ended;
    const { sent = new Uint8Array() } = result;
    // A copy, because posting a view would send its entire buffer. A Buffer's `slice` isn't a copy.
    const bytes = new Uint8Array(sent.subarray(0, MAX_SENT_BYTES));
    const { byteLength } = sent;
    this.#post({ type: 'sent', invocationId, bytes, byteLength, ...(isDropped && { isDropped }) });
  }

  /** Posts everything to a page that has just loaded. */
  postAll(): void {
    this.#undelivered.clear();
    this.#postStreamFile();
    this.#postShown();
    if (this.#running !== undefined) this.#postRunning();
  }

  /** The form was closed. A running invocation continues, and a notification shows its outcome unless it's released. */
  dispose(): void {
    this.#isDisposed = true;
    const { ended } = this.#undelivered;
    if (ended !== undefined) this.#options.services.notifyOutcome(ended);
  }

  #post(posted: ToForm): void {
    if (this.#options.isReady() && !this.#isDisposed) this.#options.services.post(posted);
  }

  /** After a modal dialog. Not at once, because another prompt might follow, which needs the focus. */
  #returnFocusSoon(): void {
    setTimeout(() => {
      if (!this.#isDisposed && this.#running?.wait() === undefined) this.#options.services.returnFocus();
    }, RETURN_FOCUS_AFTER_MS);
  }

  #end(ended: EndedInvocation): void {
    const { services, results } = this.#options;
    const { outcome } = ended.result;
    if (outcome.state === 'cancelled' && outcome.declined === 'signIn') this.#returnFocusSoon();
    // Keep a file that nothing was written to for the next response.
    const { chunks = 0 } = this.#running?.stream?.stats ?? {};
    if (chunks === 0 && outcome.state !== 'succeeded') this.#streamFile ??= this.#running?.stream?.sink;
    this.#running = undefined;
    if (this.#streamFile !== undefined) this.#postStreamFile();
    this.#streaming?.stop();
    this.#streaming = undefined;
    if (this.#isDisposed) return services.notifyOutcome(ended);
    results.add(ended);
    this.#postShown();
    if (this.#options.isReady()) this.#undelivered.post(ended, services.received());
    services.invocationEnded();
  }

  #postStreamFile(): void {
    const label = this.#streamFile?.label;
    this.#post({ type: 'streamFile', ...(label !== undefined && { label }) });
  }

  /** Posts the running invocation. The position is that of the previous result, which the page still shows. */
  #postRunning(): void {
    const running = this.#running;
    if (running === undefined) return;
    const { invocationId } = running;
    this.#post({ type: 'outcome', invocationId, outcome: runningView(running, this.#isStopping), ...this.#position() });
    this.#streaming?.replay();
  }

  #postShown(): void {
    const { shown } = this;
    if (shown === undefined) {
      return this.#post({ type: 'outcome', ...(this.#refused ?? { invocationId: '', outcome: { state: 'idle' } }) });
    }
    const { ended, isDropped } = shown;
    const { invocationId, order, result } = ended;
    const { outcome, Payload, statusCode } = result;
    const { LogType, payload } = order.invocation;
    const file = payload.kind === 'file' ? { payloadFile: this.#options.services.labelOf(payload.uri) } : {};
    const isLogDropped = isDropped && LogType === 'Tail' && 'StatusCode' in outcome && outcome.logTail === undefined;
    const details = {
      ...file,
      ...this.#position(),
      ...(isDropped && { isDropped }),
      ...(isLogDropped && { isLogDropped }),
      ...(logCoverage(outcome, order.connection) === 'part' && { hasMoreLog: true }),
      ...(statusCode !== undefined && { statusCode }),
    };
    const [response, ...parts] = Payload === undefined ? [] : responseParts(Payload, outcome.stream?.bytes);
    const first = response === undefined ? {} : { response };
    this.#post({ type: 'outcome', invocationId, outcome, ...first, ...details });
    for (const part of parts) this.#post({ type: 'response', invocationId, ...part });
    this.#options.services.postLog(ended);
    if (outcome.state === 'functionError') this.#options.services.findFrames(ended);
  }

  #position() {
    const { position } = this.#options.results;
    return position === undefined ? {} : { position };
  }
}
