import { isSameDraft, toDraft, toInvocation, variableUse, type Draft } from '../../src/core/invocation/draft.ts';
import type { Connection, ConnectionView } from '../../src/core/connection/connection.ts';
import { errorsOf, type Field, type Problem } from '../../src/core/invocation/validate.ts';
import type { FunctionSuggestion, PayloadFileView, ToForm } from '../../src/protocol/messages.ts';
import type { FunctionAction, SaveTarget } from '../../src/protocol/toHost.ts';
import { byId } from '../dom.ts';
import { post } from '../vscodeApi.ts';
import { DraftContext } from './draftContext.ts';
import { DraftState } from './draftState.ts';
import { onFieldChange, readFields, writeFields } from './fields.ts';
import { FunctionCombobox } from './functionCombobox.ts';
import { listenToFunctionName } from './functionField.ts';
import { newInvocationId } from './invocationId.ts';
import { showOptions } from './optionsView.ts';
import { PayloadField } from './payloadField.ts';
import { showPreset } from './presetView.ts';
import { focusProblem, isOnlyNotJson, showProblems } from './problemsView.ts';
import { VariablesView } from './variablesView.ts';

interface FormListener {
  /** The draft has changed, or what is known about it. */
  onShow(draft: Draft): void;
  /** A field with a problem gets the focus. */
  onProblem(): void;
}

type Update<K extends ToForm['type']> = Omit<Extract<ToForm, { type: K }>, 'type'>;

/** The form: its draft, the problems next to its fields, and Invoke. */
export class Form {
  readonly payload: PayloadField;
  readonly #context = new DraftContext();
  readonly #combobox: FunctionCombobox;
  readonly #listener: FormListener;
  readonly #state = new DraftState();
  readonly #variables = new VariablesView(() => this.#changed());
  #payloadFile = '';
  #isRunning = false;
  /** A missing name is an error only after an attempt to invoke. */
  #requiresName = false;

  constructor(listener: FormListener) {
    this.#listener = listener;
    const { initial } = this.#state;
    this.payload = new PayloadField(initial.Payload, () => this.#payloadTyped());
    this.#write(initial);
    onFieldChange(() => this.#changed());
    this.#combobox = new FunctionCombobox((FunctionName) => this.chooseFunction({ FunctionName }));
    listenToFunctionName(() => this.#changed());
  }

  fill({ draft, baseline = draft, preset }: Update<'draft'>): void {
    this.#state.fill(baseline, preset);
    this.#write(draft);
    this.#changed();
  }

  presetSaved({ draft, preset }: Update<'presetSaved'>): void {
    this.#variables.write({ ...this.#draft(), hasVariables: draft.hasVariables });
    this.#state.presetSaved(draft, preset, this.#draft());
    this.#changed();
  }

  /** Sends the draft to the host and stores it in VS Code. */
  report(): void {
    this.#state.report(this.#draft());
  }

  choosePayload(uri: string): void {
    this.#payloadFile = uri;
    writeFields({ ...this.#draft(), payloadKind: 'file' });
    this.#changed();
  }

  typePayload(text: string): void {
    this.#payloadFile = '';
    this.payload.text = text;
    writeFields({ ...this.#draft(), payloadKind: 'typed' });
    this.#changed();
  }

  /** Replaces the inline payload, also in its editor. */
  replacePayload(text: string): void {
    this.typePayload(text);
    this.#state.reportPayload(text);
  }

  /** Opens the inline payload in an editor, which gets its later changes as well. */
  editPayload(): void {
    this.#state.openEditor(this.payload.text);
    this.report();
  }

  /** The editor of the inline payload was opened or closed. */
  showPayloadEditor(update: Update<'payloadEditor'>): void {
    this.#state.showEditor(update);
    this.report();
  }

  showFile(file: PayloadFileView): void {
    this.#context.useFile(file);
    this.#show();
  }

  suggestFunctions(suggestions: readonly FunctionSuggestion[]): void {
    this.#combobox.show(suggestions);
  }

  /** The editor of the inline payload before a reload. */
  get editorId(): string | undefined {
    return this.#state.editorId;
  }

  get isLocal(): boolean {
    return this.#context.isLocal;
  }

  get preset(): DraftState['preset'] {
    return this.#state.preset;
  }

  showConnection(connection: ConnectionView, own: Connection | undefined): void {
    this.#context.useConnection(connection);
    this.#state.own = own;
    this.report();
    this.#show();
  }

  /** Shows the function's configuration. */
  showFacts(update: Extract<ToForm, { type: 'facts' }>): void {
    this.#context.useFacts(update);
    this.#show();
  }

  /** The timeout of the invocation in seconds, if known. */
  get timeout(): number | undefined {
    return this.#context.timeoutOf(this.#draft());
  }

  /** Writes the selected function or qualifier to the fields. */
  chooseFunction({ FunctionName, Qualifier }: Update<'functionChosen'>): void {
    const draft = this.#draft();
    // A version belongs to one function.
    const other = FunctionName !== undefined && FunctionName !== draft.FunctionName.trim() ? { Qualifier: '' } : {};
    writeFields({
      ...draft,
      ...other,
      ...(FunctionName !== undefined && { FunctionName }),
      ...(Qualifier !== undefined && { Qualifier }),
    });
    this.#combobox.close();
    this.#changed();
  }

  /** Asks the host to act on the function in the fields. All but Browse… and the account require a name. */
  functionAction(action: FunctionAction): void {
    const { FunctionName, Qualifier } = toInvocation(this.#draft());
    if (FunctionName === '' && action !== 'browse' && action !== 'identity') {
      this.#requiresName = true;
      this.#show();
      return this.#focusProblem('FunctionName');
    }
    if (action === 'facts') byId<HTMLDetailsElement>('facts').open = true;
    post({ type: 'functionAction', action, FunctionName, ...(Qualifier !== undefined && { Qualifier }) });
  }

  /** An invocation that just started isn't shown: painting would delay a quick outcome. */
  showRunning(isRunning: boolean): void {
    this.#isRunning = isRunning;
    // Not `disabled`, which would remove the focus from the button.
    byId('invoke').setAttribute('aria-disabled', String(isRunning));
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  get payloadFile(): string {
    return this.#payloadFile;
  }

  /** Where typing continues in a form that was just opened. */
  get initialField(): HTMLElement {
    const { FunctionName, payloadKind } = this.#draft();
    if (FunctionName === '') return byId('FunctionName');
    return byId(payloadKind === 'typed' ? 'Payload' : 'file-menu');
  }

  /**
   * Invokes once, or shows the errors and sends nothing. `isSentAnyway` allows a payload that isn't valid JSON. Returns
   * whether it was sent.
   */
  invoke({ isSentAnyway = false, isDryRun = false, isDebugged = false } = {}): boolean {
    if (this.#isRunning) return false;
    this.#requiresName = true;
    this.#show();
    const shown = this.#draft();
    const draft: Draft = isDryRun ? { ...shown, InvocationType: 'DryRun' } : shown;
    // Ignore the file's known problems, which might be outdated: the host reads and validates it again.
    const errors = errorsOf(this.#context.problemsOf(draft, { requiresName: true, ignoresFile: true }));
    const [problem] = errors;
    if (problem !== undefined && !(isSentAnyway && isOnlyNotJson(errors))) {
      this.#focusProblem(problem.field);
      return false;
    }
    this.#isRunning = true;
    byId('result').setAttribute('aria-busy', 'true'); // it's still the previous result
    // The history has what was sent. Inline payloads, unsent fields and edits of a preset exist only in the form.
    const isInHistory = shown.payloadKind === 'file' && isSameDraft(shown, toDraft(toInvocation(draft)));
    const request = { invocationId: newInvocationId(), invocation: toInvocation(draft), isSentAnyway, isDebugged };
    post({ type: 'invoke', ...request, ...variableUse(draft) });
    if (isInHistory && this.preset === undefined && this.#state.isEdited(shown)) {
      this.#state.baseline = shown;
      this.report();
    }
    return true;
  }

  /** Saves to the preset that the form came from, if it did. */
  save(): void {
    this.savePreset(this.preset === undefined ? 'new' : 'same');
  }

  savePreset(target: SaveTarget): void {
    const draft = this.#checked();
    if (draft !== undefined) post({ type: 'savePreset', draft, target });
  }

  /** Asks the host for something that uses the invocation in the form, unless it has errors. */
  postInvocation(type: 'copyAs' | 'invokeOnTwoTargets'): void {
    const draft = this.#checked();
    if (draft !== undefined) post({ type, invocation: toInvocation(draft), ...variableUse(draft) });
  }

  /** The draft in the form. If it has errors, focuses the first one. */
  #checked(): Draft | undefined {
    this.#requiresName = true;
    const [problem] = errorsOf(this.#show());
    if (problem !== undefined) this.#focusProblem(problem.field);
    return problem === undefined ? this.#draft() : undefined;
  }

  #focusProblem(field: Field): void {
    this.#listener.onProblem();
    focusProblem(field);
  }

  #draft(): Draft {
    const payloadFile = this.#payloadFile;
    return readFields({ Payload: this.payload.text, payloadFile, ...this.#variables.read(payloadFile) });
  }

  #write(draft: Draft): void {
    this.#payloadFile = draft.payloadFile;
    this.#requiresName = false;
    this.payload.text = draft.Payload;
    writeFields(draft);
    this.#variables.write(draft);
    this.#show();
  }

  #payloadTyped(): void {
    this.#state.reportPayload(this.payload.text);
    this.#changed();
  }

  #changed(): void {
    this.#show();
    this.report();
  }

  #show(): Problem[] {
    const draft = this.#draft();
    const problems = this.#context.problemsOf(draft, { requiresName: this.#requiresName });
    showOptions(draft, { isManaged: this.#context.isManaged(draft) });
    this.#variables.show(draft);
    this.payload.markVariables(draft.hasVariables);
    this.#context.show(draft, () => this.functionAction('facts'));
    showPreset(this.#state.preset?.name, this.#state.isEdited(draft));
    showProblems(problems);
    this.#listener.onShow(draft);
    return problems;
  }
}
