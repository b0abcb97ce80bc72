import type { Connection } from '../core/connection/connection.ts';
import { EMPTY_DRAFT, type Draft, type VariableUse } from '../core/invocation/draft.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import type { PresetOrigin } from '../core/presets/presetOrigin.ts';
import type { TextChange } from '../core/text/textChange.ts';
import type { ToHost } from '../protocol/toHost.ts';
import { FormDraft, type DraftReport } from './formDraft.ts';
import { FormInvocations } from './formInvocations.ts';
import type { FormServices } from './formServices.ts';
import type { EndedInvocation, Invocations, RunningInvocation } from './invocations.ts';
import type { FormResults } from './results.ts';
import { presetOf, sentDraft, type FormContent, type ShownDraft } from './shownDraft.ts';
import { toOrder } from './toOrder.ts';

type Invoke = Extract<ToHost, { type: 'invoke' }>;

export interface FormControllerOptions {
  readonly invocations: Pick<Invocations, 'start'>;
  readonly results: FormResults;
  /** The content of a form that was closed or reloaded. After a reload, the page has the draft. */
  readonly content?: FormContent;
  /** A form that is reloaded is dirty until it reports its draft. */
  readonly isReloaded?: boolean;
  /** The invocation of a form that was closed while it ran. */
  readonly running?: RunningInvocation | undefined;
}

/** The state of an open form: its connection, its draft, and its invocations. */
export class FormController {
  readonly invocations: FormInvocations;
  readonly #services: FormServices;
  readonly #draft: FormDraft;
  #openedPreset: OpenedPreset | undefined;
  /** The preset of a restored form, which has to be read again. */
  #unreadPreset: PresetOrigin | undefined;
  /** The draft of the saved preset, until the page has received it. */
  #savedDraft: Draft | undefined;
  /** The connection of the draft or preset in the form, until another one is selected in the window. */
  #formConnection: Connection | undefined;
  #isReady = false;
  #describedFile = '';

  constructor(services: FormServices, options: FormControllerOptions) {
    const { invocations, results, content, isReloaded, running } = options;
    this.#services = services;
    const isReady = () => this.#isReady;
    this.invocations = new FormInvocations({ services, invocations, results, isReady });
    if (running !== undefined) this.invocations.follow(running);
    this.#draft = new FormDraft(content ?? { draft: EMPTY_DRAFT, baseline: EMPTY_DRAFT });
    if (content === undefined) return;
    this.#formConnection = content.connection;
    this.#openedPreset = content.opened;
    this.#unreadPreset = content.preset;
    if (isReloaded === true) this.#draft.markEdited();
    else this.#draft.fill(content);
    services.showFunction(content.draft.FunctionName);
  }

  /** Whether filling the form would discard edited fields or a running invocation. */
  get isOccupied(): boolean {
    return this.#draft.isDirty || this.invocations.isRunning;
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
    this.#unreadPreset = undefined;
    this.#savedDraft = undefined;
    this.#formConnection = connection;
    this.#draft.fill({ draft, baseline: draft });
    this.#services.fillPayload(draft.Payload);
    this.#services.showFunction(draft.FunctionName);
    if (this.#isReady) {
      this.#postDraft();
      this.#services.showConnection();
    }
    this.invocations.hideResult();
  }

  /** The content of the form, with all edits. */
  get content(): FormContent {
    const [connection, opened, preset] = [this.#formConnection, this.#openedPreset, this.#unreadPreset];
    return {
      ...this.#draft.edited,
      ...(connection && { connection }),
      ...(opened && { opened }),
      ...(preset && { preset }),
    };
  }

  #postDraft(): void {
    const { draft, baseline } = this.#draft.edited;
    const edited = this.#draft.isDirty ? { baseline } : {};
    const preset = this.#unreadPreset === undefined ? presetOf(this.#openedPreset) : { preset: this.#unreadPreset };
    this.#services.post({ type: 'draft', draft, ...edited, ...preset });
  }

  /** The preset of a restored form, which has to be read again. */
  get unreadPreset(): PresetOrigin | undefined {
    return this.#unreadPreset;
  }

  /** The preset of the restored form was read. */
  restorePreset(origin: PresetOrigin, opened: OpenedPreset): void {
    if (this.#unreadPreset !== origin) return; // the form shows another draft
    this.#unreadPreset = undefined;
    this.#openedPreset = opened;
  }

  /** The preset of the form was saved, or saving it was undone: it has this draft now. */
  presetSaved(draft: Draft, opened: OpenedPreset): void {
    this.#openedPreset = opened;
    this.#unreadPreset = undefined;
    this.#savedDraft = draft;
    this.#draft.saved(draft);
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
    if (this.#isReady) this.#services.showConnection();
  }

  /** A connection was selected in the window, which the form uses too. */
  useWindowConnection(): void {
    this.#formConnection = undefined;
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

  /** The page has loaded. */
  ready(): void {
    this.#isReady = true;
    this.#describedFile = ''; // the new page doesn't have it
    this.#draft.pageLoaded();
    if (this.#draft.isPending) this.#postDraft();
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
    this.#draft.markEdited();
  }

  /** The host has posted another inline payload. */
  replacePayload(text: string): void {
    this.#draft.replacePayload(text);
  }

  typePayload(change: TextChange): void {
    this.#draft.type(change);
  }

  changeDraft(report: DraftReport): void {
    if (!this.#draft.report(report)) return;
    this.#services.showFunction(report.draft.FunctionName);
    this.#describe(report.draft.payloadFile);
  }
}
