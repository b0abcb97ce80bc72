import {
  EMPTY_DRAFT,
  isSameDraft,
  toDraft,
  toInvocation,
  variableUse,
  type Draft,
} from '../../src/core/invocation/draft.ts';
import { looksLikeAwsCommand } from '../../src/core/importExport/looksLikeAwsCommand.ts';
import { parseFunctionName, splitQualifier } from '../../src/core/functions/functionName.ts';
import type { Connection, ConnectionView } from '../../src/core/connection/connection.ts';
import { factWarnings } from '../../src/core/functions/functionFacts.ts';
import { fieldWarnings } from '../../src/core/invocation/fieldWarnings.ts';
import { problemsWithVariables, withDraftStandIns } from '../../src/core/presets/draftVariables.ts';
import { errorsOf, validateFields, type Problem } from '../../src/core/invocation/validate.ts';
import type { PayloadFileView, PresetOrigin, ToForm } from '../../src/protocol/messages.ts';
import type { FunctionAction, SaveTarget } from '../../src/protocol/toHost.ts';
import { showApplicable, showStreamHint } from './conditionalFields.ts';
import { showConnection } from './connectionView.ts';
import { byId } from '../dom.ts';
import { showFacts } from './factsView.ts';
import { onFieldChange, readFields, writeFields } from './fields.ts';
import { newInvocationId } from './invocationId.ts';
import { payloadProblems, showPayload } from './payloadView.ts';
import { focusProblem, isOnlyNotJson, showProblems } from './problemsView.ts';
import type { TextField } from '../toolkit.ts';
import { VariablesView } from './variablesView.ts';
import { saveState, savedState, post } from '../vscodeApi.ts';

type Facts = Extract<ToForm, { type: 'facts' }>;

/** The form: its draft, the problems next to its fields, and Invoke. */
export class Form {
  #payloadFile = '';
  readonly #variables = new VariablesView(() => this.#changed());
  /** The preset that the draft comes from. */
  #preset: PresetOrigin | undefined;
  #file: PayloadFileView | undefined;
  #connection: ConnectionView | undefined;
  #own: Connection | undefined;
  #facts: Facts | undefined;
  /** Identifies the connection that the facts belong to. */
  #place: string | undefined;
  #baseline: Draft = EMPTY_DRAFT;
  #isRunning = false;
  /** A missing name is an error only after an attempt to invoke. */
  #requiresName = false;

  constructor() {
    const saved = savedState();
    this.#own = saved?.own;
    this.#preset = saved?.preset;
    // State of an older version might lack fields.
    this.#baseline = { ...EMPTY_DRAFT, ...saved?.baseline };
    this.#write({ ...EMPTY_DRAFT, ...saved?.draft });
    onFieldChange(() => this.#changed());
    byId('FunctionName').addEventListener('change', () => this.#splitArn());
    byId('FunctionName').addEventListener('paste', (event) => this.#paste(event));
  }

  fill(draft: Draft, preset?: PresetOrigin): void {
    this.#baseline = draft;
    this.#preset = preset;
    this.#write(draft);
    this.#changed();
  }

  /** The preset has this draft now. */
  presetSaved(draft: Draft, preset: PresetOrigin): void {
    this.#baseline = draft;
    this.#preset = preset;
    // Saving can decide whether texts are variables.
    if (isSameDraft({ ...this.#draft(), hasVariables: draft.hasVariables }, draft)) this.#variables.write(draft);
    this.#changed();
  }

  get preset(): PresetOrigin | undefined {
    return this.#preset;
  }

  /** Sends the draft to the host and stores it in VS Code. */
  report(): void {
    const draft = this.#draft();
    const { FunctionName, payloadFile } = draft;
    const isDirty = !isSameDraft(draft, this.#baseline);
    post({ type: 'draftChanged', isDirty, FunctionName, payloadFile });
    saveState({
      draft,
      baseline: this.#baseline,
      ...(this.#own !== undefined && { own: this.#own }),
      ...(this.#preset !== undefined && { preset: this.#preset }),
    });
  }

  choosePayload(uri: string): void {
    this.#payloadFile = uri;
    writeFields({ ...this.#draft(), payloadKind: 'file' });
    this.#changed();
  }

  typePayload(text: string): void {
    this.#payloadFile = '';
    writeFields({ ...this.#draft(), payloadKind: 'typed', Payload: text });
    this.#changed();
  }

  showFile(file: PayloadFileView): void {
    this.#file = file;
    this.#show();
  }

  /** The form's own connection, if it has one. */
  get own(): Connection | undefined {
    return this.#own;
  }

  showConnection(connection: ConnectionView, own: Connection | undefined): void {
    const { profile, region, endpoint } = connection.kind === 'aws' ? connection : {};
    const place = JSON.stringify([connection.kind, profile, region, endpoint]);
    const isPending = connection.kind === 'aws' && connection.isPending === true;
    // A function with the same name on another connection is another function.
    if (!isPending && this.#place !== undefined && place !== this.#place) this.#facts = undefined;
    if (!isPending) this.#place = place;
    this.#connection = connection;
    this.#own = own;
    this.report();
    this.#show();
  }

  /** Shows the function's configuration and opens the fields that it requires. */
  showFacts(facts: Facts): void {
    const isAnswer = facts.facts !== undefined || facts.problem !== undefined;
    // An answer for another function than the current one.
    const isCurrent = this.#facts?.FunctionName === facts.FunctionName && this.#facts.Qualifier === facts.Qualifier;
    if (isAnswer && !isCurrent && this.#facts !== undefined) return;
    this.#facts = facts;
    if (facts.facts?.TenantIsolationMode !== undefined || facts.facts?.isDurable === true) {
      byId<HTMLDetailsElement>('more').open = true;
    }
    this.#show();
  }

  /** The function's timeout in seconds, if known. */
  get timeout(): number | undefined {
    return this.#factsOf(this.#draft())?.facts?.Timeout;
  }

  /** Writes the selected function or qualifier to the fields. */
  chooseFunction({ FunctionName, Qualifier }: Omit<Extract<ToForm, { type: 'functionChosen' }>, 'type'>): void {
    const draft = this.#draft();
    // A version belongs to one function.
    const other = FunctionName !== undefined && FunctionName !== draft.FunctionName.trim() ? { Qualifier: '' } : {};
    writeFields({
      ...draft,
      ...other,
      ...(FunctionName !== undefined && { FunctionName }),
      ...(Qualifier !== undefined && { Qualifier }),
    });
    this.#changed();
    byId(FunctionName === undefined ? 'Qualifier' : 'FunctionName').focus();
  }

  /** Asks the host to act on the function in the fields. All but Browse… and the account require a name. */
  functionAction(action: FunctionAction): void {
    const { FunctionName, Qualifier } = toInvocation(this.#draft());
    if (FunctionName === '' && action !== 'browse' && action !== 'identity') {
      this.#requiresName = true;
      this.#show();
      return focusProblem('FunctionName');
    }
    post({ type: 'functionAction', action, FunctionName, ...(Qualifier !== undefined && { Qualifier }) });
  }

  showRunning(isRunning: boolean): void {
    this.#isRunning = isRunning;
    // Not `disabled`, which would remove the focus from the button.
    byId('invoke').setAttribute('aria-disabled', String(isRunning));
  }

  /** Shows problems that the host found. */
  showHostProblems(problems: readonly Problem[]): void {
    this.#showProblems(problems);
  }

  get payloadFile(): string {
    return this.#payloadFile;
  }

  get typedPayload(): string {
    return this.#draft().Payload;
  }

  /** Invokes once, or shows the errors and sends nothing. `isSentAnyway` allows a payload that isn't valid JSON. */
  invoke({ isSentAnyway = false, isDryRun = false } = {}): void {
    if (this.#isRunning) return;
    this.#requiresName = true;
    this.#show();
    const shown = this.#draft();
    const draft: Draft = isDryRun ? { ...shown, InvocationType: 'DryRun' } : shown;
    // Ignore the file's known problems, which might be outdated: the host reads and validates it again.
    const errors = errorsOf(this.#problems(draft, undefined));
    const [problem] = errors;
    const isAllowed = isSentAnyway && isOnlyNotJson(errors);
    if (problem !== undefined && !isAllowed) return focusProblem(problem.field);
    this.showRunning(true);
    byId('result').setAttribute('aria-busy', 'true'); // it's still the previous result
    // The history has what was sent. Inline payloads and unsent fields exist only in the form.
    const isKept = shown.payloadKind === 'file' && isSameDraft(shown, toDraft(toInvocation(draft)));
    if (isKept) this.#baseline = shown;
    post({
      type: 'invoke',
      invocationId: newInvocationId(),
      invocation: toInvocation(draft),
      isSentAnyway,
      ...variableUse(draft),
    });
    this.report();
  }

  savePreset(target: SaveTarget): void {
    const draft = this.#checked();
    if (draft !== undefined) post({ type: 'savePreset', draft, target });
  }

  copyAs(): void {
    const draft = this.#checked();
    if (draft !== undefined) post({ type: 'copyAs', invocation: toInvocation(draft), ...variableUse(draft) });
  }

  /** The draft in the form. If it has errors, focuses the first one. */
  #checked(): Draft | undefined {
    this.#requiresName = true;
    const [problem] = errorsOf(this.#show());
    if (problem === undefined) return this.#draft();
    focusProblem(problem.field);
    return undefined;
  }

  #draft(): Draft {
    return { ...readFields(this.#payloadFile), ...this.#variables.read(this.#payloadFile) };
  }

  #write(draft: Draft): void {
    this.#payloadFile = draft.payloadFile;
    this.#requiresName = false;
    writeFields(draft);
    this.#variables.write(draft);
    if (draft.TenantId !== '' || draft.DurableExecutionName !== '') byId<HTMLDetailsElement>('more').open = true;
    this.#show();
  }

  #changed(): void {
    this.#show();
    this.report();
  }

  #problems(draft: Draft, file: PayloadFileView | undefined): Problem[] {
    const checked = withDraftStandIns(draft);
    const fields = toInvocation(checked);
    const region = this.#connection?.kind === 'aws' ? this.#connection.region : undefined;
    const facts = this.#factsOf(draft)?.facts;
    const found = [
      ...validateFields(fields),
      ...fieldWarnings(fields, region),
      ...(facts === undefined ? [] : factWarnings(facts, fields)),
      ...payloadProblems(checked, file),
    ];
    const problems = problemsWithVariables(found, draft);
    return this.#requiresName || draft.FunctionName !== ''
      ? problems
      : problems.filter(({ message }) => message.code !== 'functionNameMissing');
  }

  #show(): Problem[] {
    const draft = this.#draft();
    const problems = this.#problems(draft, this.#file);
    showApplicable(draft);
    this.#variables.show(draft);
    showPayload(draft, this.#file);
    showConnection(this.#connection, draft);
    const about = this.#factsOf(draft);
    showFacts(about, () => this.functionAction('facts'));
    showStreamHint(about?.facts, draft);
    this.#showProblems(problems);
    return problems;
  }

  /** The facts, if they belong to the current function. */
  #factsOf({ FunctionName, Qualifier }: Draft): Facts | undefined {
    const facts = this.#facts;
    const isIt = facts?.FunctionName === FunctionName.trim() && (facts.Qualifier ?? '') === Qualifier.trim();
    return isIt ? facts : undefined;
  }

  #showProblems(problems: readonly Problem[]): void {
    showProblems(problems);
    byId('send-as-is').hidden = !isOnlyNotJson(problems);
  }

  /** Imports a pasted command line. Other text is pasted into the field. */
  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!looksLikeAwsCommand(text)) {
      setTimeout(() => this.#splitArn());
      return;
    }
    event.preventDefault();
    post({ type: 'importText', text });
  }

  /** Moves the qualifier of a full ARN to its own field. */
  #splitArn(): void {
    const { FunctionName, Qualifier } = this.#draft();
    if (parseFunctionName(FunctionName.trim())?.isArn !== true) return;
    const parts = splitQualifier(FunctionName.trim());
    if (parts.Qualifier === undefined || (Qualifier !== '' && Qualifier !== parts.Qualifier)) return;
    byId<TextField>('FunctionName').value = parts.FunctionName;
    byId<TextField>('Qualifier').value = parts.Qualifier;
    this.#changed();
  }
}
