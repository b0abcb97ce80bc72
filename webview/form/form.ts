import { EMPTY_DRAFT, isSameDraft, toDraft, toInvocation, type Draft } from '../../src/core/invocation/draft.ts';
import { looksLikeAwsCommand } from '../../src/core/importExport/looksLikeAwsCommand.ts';
import { parseFunctionName, splitQualifier } from '../../src/core/functions/functionName.ts';
import type { Connection, ConnectionView } from '../../src/core/connection/connection.ts';
import { factWarnings } from '../../src/core/functions/functionFacts.ts';
import { fieldWarnings } from '../../src/core/invocation/fieldWarnings.ts';
import { errorsOf, validateFields, type Problem } from '../../src/core/invocation/validate.ts';
import type { PayloadFileView, ToForm } from '../../src/protocol/messages.ts';
import type { FunctionAction } from '../../src/protocol/toHost.ts';
import { showApplicable, showStreamHint } from './conditionalFields.ts';
import { showConnection } from './connectionView.ts';
import { byId } from '../dom.ts';
import { showFacts } from './factsView.ts';
import { onFieldChange, readFields, writeFields } from './fields.ts';
import { newInvocationId } from './invocationId.ts';
import { payloadProblems, showPayload } from './payloadView.ts';
import { focusProblem, isOnlyNotJson, showProblems } from './problemsView.ts';
import type { TextField } from '../toolkit.ts';
import { keepState, keptState, post } from '../vscodeApi.ts';

type Facts = Extract<ToForm, { type: 'facts' }>;

/** The form: its draft, the problems beside its fields, and the one click that invokes. */
export class Form {
  #payloadFile = '';
  #file: PayloadFileView | undefined;
  #connection: ConnectionView | undefined;
  #own: Connection | undefined;
  #facts: Facts | undefined;
  /** Where the connection leads: what facts count for. */
  #place: string | undefined;
  #baseline: Draft = EMPTY_DRAFT;
  #isRunning = false;
  /** The name is missed only after someone tried to invoke without it. */
  #missesName = false;

  constructor() {
    const kept = keptState();
    this.#own = kept?.own;
    // What an older version kept may lack a field.
    this.#baseline = { ...EMPTY_DRAFT, ...kept?.baseline };
    this.#write({ ...EMPTY_DRAFT, ...kept?.draft });
    onFieldChange(() => this.#changed());
    byId('FunctionName').addEventListener('change', () => this.#splitArn());
    byId('FunctionName').addEventListener('paste', (event) => this.#paste(event));
  }

  fill(draft: Draft): void {
    this.#baseline = draft;
    this.#write(draft);
    this.#changed();
  }

  /** Tells the host and VS Code what is in the form now. */
  report(): void {
    const draft = this.#draft();
    const { FunctionName, payloadFile } = draft;
    const isDirty = !isSameDraft(draft, this.#baseline);
    post({ type: 'draftChanged', isDirty, FunctionName, payloadFile });
    keepState({ draft, baseline: this.#baseline, ...(this.#own !== undefined && { own: this.#own }) });
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

  /** The form's own connection, where it kept one. */
  get own(): Connection | undefined {
    return this.#own;
  }

  showConnection(connection: ConnectionView, own: Connection | undefined): void {
    const { profile, region, endpoint } = connection.kind === 'aws' ? connection : {};
    const place = JSON.stringify([connection.kind, profile, region, endpoint]);
    const isPending = connection.kind === 'aws' && connection.isPending === true;
    // What was known of a function is not known of its namesake elsewhere.
    if (!isPending && this.#place !== undefined && place !== this.#place) this.#facts = undefined;
    if (!isPending) this.#place = place;
    this.#connection = connection;
    this.#own = own;
    this.report();
    this.#show();
  }

  /** What Lambda knows of the function; fields that it needs are brought into view. */
  showFacts(said: Facts): void {
    const isAnswer = said.facts !== undefined || said.problem !== undefined;
    // An answer to what nobody asks any more.
    const areVariables = this.#facts?.FunctionName === said.FunctionName && this.#facts.Qualifier === said.Qualifier;
    if (isAnswer && !areVariables && this.#facts !== undefined) return;
    this.#facts = said;
    if (said.facts?.TenantIsolationMode !== undefined || said.facts?.isDurable === true) {
      byId<HTMLDetailsElement>('more').open = true;
    }
    this.#show();
  }

  /** The timeout of the function in the fields, where it is known. In seconds. */
  get timeout(): number | undefined {
    return this.#factsOf(this.#draft())?.facts?.Timeout;
  }

  /** Puts what was chosen into the fields. */
  chooseFunction({ FunctionName, Qualifier }: Omit<Extract<ToForm, { type: 'functionChosen' }>, 'type'>): void {
    const draft = this.#draft();
    // Another function has other versions.
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

  /** Asks the host to do something with the function in the fields. All but Browse… and the account need a name. */
  functionAction(action: FunctionAction): void {
    const { FunctionName, Qualifier } = toInvocation(this.#draft());
    if (FunctionName === '' && action !== 'browse' && action !== 'identity') {
      this.#missesName = true;
      this.#show();
      return focusProblem('FunctionName');
    }
    post({ type: 'functionAction', action, FunctionName, ...(Qualifier !== undefined && { Qualifier }) });
  }

  showRunning(isRunning: boolean): void {
    this.#isRunning = isRunning;
    // Not `disabled`: that would take the focus away from the button that was just pressed.
    byId('invoke').setAttribute('aria-disabled', String(isRunning));
  }

  /** Problems the host found at the click. */
  showHostProblems(problems: readonly Problem[]): void {
    this.#showProblems(problems);
  }

  get payloadFile(): string {
    return this.#payloadFile;
  }

  get typedPayload(): string {
    return this.#draft().Payload;
  }

  /** Invokes what the form holds, once; with errors it shows them and sends nothing. A payload that is no JSON goes with `isSentAnyway`. */
  invoke({ isSentAnyway = false, isDryRun = false } = {}): void {
    if (this.#isRunning) return;
    this.#missesName = true;
    this.#show();
    const shown = this.#draft();
    const draft: Draft = isDryRun ? { ...shown, InvocationType: 'DryRun' } : shown;
    // A file is read again at the click: what is known of it may be old, and the host says what is wrong with it now.
    const errors = errorsOf(this.#problems(draft, undefined));
    const [problem] = errors;
    const isAllowed = isSentAnyway && isOnlyNotJson(errors);
    if (problem !== undefined && !isAllowed) return focusProblem(problem.field);
    this.showRunning(true);
    byId('outcome').setAttribute('aria-busy', 'true'); // what stands there is of the click before
    // What was sent is in the history, but a typed payload and what was not sent are only here.
    const isKept = shown.payloadKind === 'file' && isSameDraft(shown, toDraft(toInvocation(draft)));
    if (isKept) this.#baseline = shown;
    post({ type: 'invoke', invocationId: newInvocationId(), invocation: toInvocation(draft), isSentAnyway });
    this.report();
  }

  savePreset(): void {
    this.#postChecked('savePreset');
  }

  copyAs(): void {
    this.#postChecked('copyAs');
  }

  #postChecked(type: 'savePreset' | 'copyAs'): void {
    this.#missesName = true;
    const [problem] = errorsOf(this.#show());
    if (problem !== undefined) return focusProblem(problem.field);
    post({ type, invocation: toInvocation(this.#draft()) });
  }

  #draft(): Draft {
    return readFields(this.#payloadFile);
  }

  #write(draft: Draft): void {
    this.#payloadFile = draft.payloadFile;
    this.#missesName = false;
    writeFields(draft);
    if (draft.TenantId !== '' || draft.DurableExecutionName !== '') byId<HTMLDetailsElement>('more').open = true;
    this.#show();
  }

  #changed(): void {
    this.#show();
    this.report();
  }

  #problems(draft: Draft, file: PayloadFileView | undefined): Problem[] {
    const fields = toInvocation(draft);
    const region = this.#connection?.kind === 'aws' ? this.#connection.region : undefined;
    const facts = this.#factsOf(draft)?.facts;
    const problems = [
      ...validateFields(fields),
      ...fieldWarnings(fields, region),
      ...(facts === undefined ? [] : factWarnings(facts, fields)),
      ...payloadProblems(draft, file),
    ];
    return this.#missesName || draft.FunctionName !== ''
      ? problems
      : problems.filter(({ message }) => message.code !== 'functionNameMissing');
  }

  #show(): Problem[] {
    const draft = this.#draft();
    const problems = this.#problems(draft, this.#file);
    showApplicable(draft);
    showPayload(draft, this.#file);
    showConnection(this.#connection, draft);
    const about = this.#factsOf(draft);
    showFacts(about, () => this.functionAction('facts'));
    showStreamHint(about?.facts, draft);
    this.#showProblems(problems);
    return problems;
  }

  /** What is known of the function in the fields: of another one it says nothing. */
  #factsOf({ FunctionName, Qualifier }: Draft): Facts | undefined {
    const said = this.#facts;
    const isIt = said?.FunctionName === FunctionName.trim() && (said.Qualifier ?? '') === Qualifier.trim();
    return isIt ? said : undefined;
  }

  #showProblems(problems: readonly Problem[]): void {
    showProblems(problems);
    byId('send-anyway').hidden = !isOnlyNotJson(problems);
  }

  /** A pasted command line fills the form; any other text goes into the field. */
  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!looksLikeAwsCommand(text)) {
      setTimeout(() => this.#splitArn());
      return;
    }
    event.preventDefault();
    post({ type: 'importText', text });
  }

  /** A whole ARN with a qualifier: the qualifier moves to its own field. */
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
