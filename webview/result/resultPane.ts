import * as l10n from '@vscode/l10n';
import { httpStatusCode, parseHttpResponse, type HttpResponse } from '../../src/core/outcome/httpResponse.ts';
import { hasResponse, type Outcome, type OutcomeView } from '../../src/core/outcome/outcome.ts';
import { verdictOf, type Verdict } from '../../src/core/outcome/verdict.ts';
import type { CopiedPart, FrameLink, ResponsePart, ResultPosition, ToForm } from '../../src/protocol/messages.ts';
import { byId, create, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { INVOKE_KEY } from '../invokeKey.ts';
import { post } from '../vscodeApi.ts';
import { announcement } from './announcement.ts';
import { detailsView } from './detailsView.ts';
import { failureView } from './failureView.ts';
import { linkFrames } from './frameLinks.ts';
import { headlineView } from './headline.ts';
import { HttpView } from './httpView.ts';
import { LogPane } from './logPane.ts';
import { progressView } from './progressView.ts';
import { ResponseView } from './responseView.ts';
import { ResultHeader } from './resultHeader.ts';
import { ResultTools, type ToolTarget } from './resultTools.ts';
import { SentView } from './sentView.ts';
import { resultMessage } from './resultMessage.ts';
import { announce, hideNotes, setBusy, showMain, showNotes } from './resultParts.ts';
import { TabChoice, type ResultKind } from './tabChoice.ts';
import { Tabs, type TabName } from './tabs.ts';

type Message<T extends ToForm['type']> = Extract<ToForm, { type: T }>;

/** Larger responses are searched for an HTTP response in a separate task. In bytes. */
const MAX_SYNC_BYTES = 262_144;
/** How often the clock of a running invocation changes. In milliseconds. */
const TICK_MS = 100;

interface Ended extends Pick<
  Message<'outcome'>,
  'invocationId' | 'position' | 'payloadFile' | 'isDropped' | 'isLogDropped' | 'hasMoreLog' | 'statusCode'
> {
  readonly outcome: Outcome;
}

/** The result pane: the last result, dimmed while the next invocation is in progress. */
export class ResultPane {
  readonly #header = new ResultHeader(() => setBusy(true));
  readonly #response = new ResponseView(() => this.#tools.show());
  readonly #http = new HttpView(() => this.#tools.show());
  readonly #sent = new SentView();
  readonly #log = new LogPane(() => this.#offerTabs());
  readonly #tools = new ResultTools(() => this.#toolTarget());
  readonly #choice = new TabChoice();
  readonly #tabs = new Tabs((name, isUser) => this.#onTab(name, isUser));
  #shown: Ended | undefined;
  #statusCode: number | undefined;
  #kind: ResultKind = 'response';
  #isStreaming = false;
  #hasDetails = false;
  #clock: number | undefined;

  /** Creates what the first result needs. */
  prepare(): void {
    this.#response.panel.prepare();
    this.#log.prepare();
  }

  /** Shows an outcome. `timeout` is the function's timeout in seconds, if known. */
  show(shown: Message<'outcome'>, timeout?: number): void {
    const { outcome, position, response } = shown;
    window.clearInterval(this.#clock);
    byId('result').removeAttribute('aria-busy');
    switch (outcome.state) {
      case 'idle':
        return this.#showIdle();
      case 'waiting':
      case 'running':
        return this.#showProgress(outcome, position, timeout);
      case 'succeeded':
      case 'accepted':
      case 'dryRun':
      case 'functionError':
      case 'failed':
      case 'cancelled': {
        this.#showEnded({ ...shown, outcome }, response);
      }
    }
  }

  addResponse({ invocationId, ...part }: Message<'response'>): void {
    if (this.#shown === undefined || invocationId !== this.#shown.invocationId) return;
    const whole = this.#response.add(invocationId, part);
    if (whole !== undefined && this.#shown.outcome.state === 'succeeded') this.#readHttp(whole, this.#shown);
    this.#showState();
  }

  addStreamed(part: Message<'streamed'>): void {
    const isFirst = this.#response.addStreamed(part);
    if (isFirst) {
      this.#isStreaming = true;
      this.#shown = undefined;
      this.#http.clear();
      this.#log.show(undefined);
      hideNotes();
      showMain(true);
      setBusy(false);
      this.#offerTabs();
    }
    this.#showState();
  }

  /** Copies what a command of the context menu names. */
  copy(what: CopiedPart): void {
    this.#tools.copy(what);
  }

  showSent(sent: Message<'sent'>): void {
    if (sent.invocationId === this.#shown?.invocationId) this.#sent.show(sent);
  }

  showWholeLog({ invocationId, text, read }: Message<'log'>): void {
    if (this.#shown === undefined || invocationId !== this.#shown.invocationId) return;
    const { outcome } = this.#shown;
    this.#log.showWhole(text, outcome.requestId, read);
    this.#header.addLog();
    if (read?.report === undefined || !hasResponse(outcome) || outcome.report !== undefined) return;
    this.#shown = { ...this.#shown, outcome: { ...outcome, report: read.report } };
    this.#hasDetails = false;
    this.#showHeadline();
    if (this.#tabs.selected === 'details') this.#showDetails();
  }

  showLogProgress({ invocationId, progress, problem }: Message<'logProgress'>): void {
    if (invocationId === this.#shown?.invocationId) this.#log.showReadState({ progress, problem });
  }

  linkFrames(invocationId: string, frames: readonly FrameLink[]): void {
    if (invocationId !== this.#shown?.invocationId) return;
    linkFrames(frames);
    this.#log.linkFrames(frames);
  }

  #showIdle(): void {
    this.#shown = undefined;
    this.#isStreaming = false;
    this.#response.clear();
    this.#http.clear();
    showMain(false);
    byId('result-head').hidden = true;
    byId('result-progress').hidden = true;
    hideNotes();
    byId('result-empty').hidden = false;
    const text = l10n.t('Press {0} to invoke.', INVOKE_KEY);
    byId('result-empty').replaceChildren(icon('play'), create('p', '', text));
  }

  #showProgress(
    outcome: Extract<OutcomeView, { state: 'waiting' | 'running' }>,
    position: ResultPosition | undefined,
    timeout: number | undefined,
  ): void {
    const onStop = () => post({ type: 'stopWaiting' });
    const { title, headline, elements, tick } = progressView(outcome, { onStop, timeout });
    if (tick !== undefined) this.#clock = window.setInterval(tick, TICK_MS);
    byId('result-empty').hidden = true;
    byId('result-progress').hidden = false;
    byId('result-progress').replaceChildren(...elements);
    byId('result-head').hidden = false;
    byId('result-headline').replaceChildren(headline);
    this.#header.show(this.#shown?.outcome, position, true);
    this.#hideNeutral();
    setBusy(!this.#isStreaming);
    setText(byId('result-status'), title); // once per state
  }

  #showEnded(ended: Ended, received: ResponsePart | undefined): void {
    const { invocationId, outcome, position, isDropped, isLogDropped, hasMoreLog } = ended;
    const message = resultMessage(outcome, isDropped);
    const response = message !== undefined && received?.byteLength === 0 ? undefined : received;
    const isHttp = outcome.state === 'succeeded' && response !== undefined;
    this.#shown = ended;
    this.#isStreaming = false;
    this.#hasDetails = false;
    this.#statusCode = isHttp ? httpStatusCode(response.bytes) : undefined;
    if (response === undefined) this.#response.clear();
    const isWhole = response !== undefined && response.bytes.byteLength === response.byteLength;
    if (this.#statusCode === undefined || !isWhole) this.#http.clear();
    this.#sent.clear();
    byId('details').replaceChildren();
    byId('result-empty').hidden = true;
    byId('result-progress').hidden = true;
    byId('result-progress').replaceChildren();
    byId('result-head').hidden = false;
    byId('failure').replaceChildren(...failureView(outcome));
    byId('failure').classList.toggle('neutral', verdictOf(outcome).level === 'neutral');
    this.#response.showMessage(message);
    showNotes(outcome.notes);
    this.#header.show(outcome, position, false);
    this.#log.show(outcome, { isDropped: isLogDropped, hasMore: hasMoreLog });
    showMain(true);
    setBusy(false);
    this.#showVerdict();
    this.#offerTabs();
    if (response !== undefined) this.addResponse({ type: 'response', invocationId, ...response });
    this.#showState();
  }

  #showVerdict(): void {
    const verdict = this.#showHeadline();
    if (this.#shown !== undefined && verdict !== undefined) announce(announcement(this.#shown.outcome, verdict));
  }

  #showHeadline(): Verdict | undefined {
    if (this.#shown === undefined) return undefined;
    const { outcome, payloadFile } = this.#shown;
    const verdict = verdictOf(outcome, this.#statusCode ?? this.#shown.statusCode);
    byId('result-headline').replaceChildren(headlineView(outcome, verdict, payloadFile));
    return verdict;
  }

  #readHttp(whole: Uint8Array, shown: Ended): void {
    if (whole.byteLength <= MAX_SYNC_BYTES) return this.#showHttp(parseHttpResponse(whole));
    window.setTimeout(() => {
      if (this.#shown === shown) this.#showHttp(parseHttpResponse(whole));
    });
  }

  #showHttp(http: HttpResponse | undefined): void {
    if (http !== undefined) this.#http.show(http);
    if (http?.statusCode === this.#statusCode) return;
    this.#statusCode = http?.statusCode;
    this.#showVerdict();
    this.#offerTabs();
  }

  /** Offers the tabs of the current result, and selects the one that was chosen for its kind before. */
  #offerTabs(): void {
    const outcome = this.#shown?.outcome;
    const names: TabName[] = [];
    if (outcome === undefined) names.push('response');
    else {
      if (outcome.state === 'functionError' || !hasResponse(outcome)) names.push('error');
      if (this.#statusCode !== undefined) names.push('http');
      if (hasResponse(outcome)) names.push('response');
      // Nothing was sent, so there is nothing to add.
      if (verdictOf(outcome).level !== 'neutral' || outcome.requestId !== undefined) names.push('details');
    }
    if (this.#log.isTab) names.push('log');
    const isHttp = this.#statusCode !== undefined;
    setText(byId('tab-http'), isHttp ? `HTTP ${this.#statusCode}` : 'HTTP');
    setText(
      byId('tab-error'),
      outcome !== undefined && verdictOf(outcome).level === 'neutral' ? l10n.t('Result') : l10n.t('Error'),
    );
    this.#kind = names.includes('error') ? 'error' : isHttp ? 'http' : 'response';
    this.#tabs.offer(names);
    this.#tabs.select(this.#choice.of(this.#kind));
  }

  #onTab(name: TabName, isUser: boolean): void {
    if (isUser) this.#choice.set(this.#kind, name);
    if (name === 'details') this.#showDetails();
    this.#showState();
  }

  /** The details are created when they are first seen. */
  #showDetails(): void {
    if (this.#hasDetails || this.#shown === undefined) return;
    this.#hasDetails = true;
    byId('details').replaceChildren(...detailsView(this.#shown.outcome), this.#sent.element);
    post({ type: 'readSent' });
  }

  #showState(): void {
    const { selected } = this.#tabs;
    setText(byId('response-state'), selected === 'response' ? this.#response.state : '');
    byId('response-save-stream').hidden = !this.#isStreaming || selected !== 'response';
    this.#tools.show();
  }

  #toolTarget(): ToolTarget | undefined {
    const { selected } = this.#tabs;
    if (selected === 'http' && this.#http.hasBody) {
      const { panel, isText, isRaw, hasRaw } = this.#http;
      const toggleRaw = () => this.#http.toggleRaw();
      return { part: 'httpBody', panel, isText, isRaw, hasRaw, canExport: true, toggleRaw };
    }
    if (selected !== 'response' || !this.#response.hasContent) return undefined;
    const { panel, isRaw, hasRaw } = this.#response;
    const toggleRaw = () => this.#response.toggleRaw();
    return { part: 'response', panel, isText: true, isRaw, hasRaw, canExport: !this.#isStreaming, toggleRaw };
  }

  /** A previous result without a response, such as a canceled one, could be taken for the current state. */
  #hideNeutral(): void {
    if (this.#shown === undefined || verdictOf(this.#shown.outcome).level !== 'neutral') return;
    showMain(false);
    hideNotes();
  }
}
