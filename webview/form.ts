import { EMPTY_DRAFT, isSameDraft, toInvocation, type Draft } from '../src/core/draft.ts';
import { parseFunctionName, splitQualifier } from '../src/core/functionName.ts';
import type { ConnectionView } from '../src/core/connection.ts';
import { validateFields, type Problem } from '../src/core/validate.ts';
import type { PayloadFileView } from '../src/protocol/messages.ts';
import { showApplicable } from './conditionalFields.ts';
import { showConnection } from './connectionView.ts';
import { byId } from './dom.ts';
import { onFieldChange, readFields, writeFields } from './fields.ts';
import { newInvocationId } from './invocationId.ts';
import { payloadProblems, showPayload } from './payloadView.ts';
import { focusProblem, showProblems } from './problemsView.ts';
import type { Button, TextField } from './toolkit.ts';
import { keepState, keptState, post } from './vscodeApi.ts';

/** The form: its draft, the problems beside its fields, and the one click that invokes. */
export class Form {
  #payloadFile = '';
  #file: PayloadFileView | undefined;
  #connection: ConnectionView | undefined;
  #baseline: Draft = EMPTY_DRAFT;
  #isRunning = false;
  /** The name is missed only after someone tried to invoke without it. */
  #missesName = false;

  constructor() {
    const kept = keptState();
    this.#baseline = kept?.baseline ?? EMPTY_DRAFT;
    this.#write(kept?.draft ?? EMPTY_DRAFT);
    onFieldChange(() => this.#changed());
    byId('FunctionName').addEventListener('change', () => this.#splitArn());
    byId('FunctionName').addEventListener('paste', () => setTimeout(() => this.#splitArn()));
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
    keepState({ draft, baseline: this.#baseline });
  }

  choosePayload(uri: string): void {
    this.#payloadFile = uri;
    writeFields({ ...this.#draft(), payloadKind: 'file' });
    this.#changed();
  }

  showFile(file: PayloadFileView): void {
    this.#file = file;
    this.#show();
  }

  showConnection(connection: ConnectionView): void {
    this.#connection = connection;
    showConnection(connection, this.#draft().FunctionName);
  }

  showRunning(isRunning: boolean): void {
    this.#isRunning = isRunning;
    byId<Button>('invoke').disabled = isRunning;
  }

  /** Problems the host found at the click. */
  showHostProblems(problems: readonly Problem[]): void {
    showProblems(problems);
  }

  get payloadFile(): string {
    return this.#payloadFile;
  }

  get typedPayload(): string {
    return this.#draft().Payload;
  }

  /** Invokes what the form holds, once; with problems it shows them and sends nothing. */
  invoke(): void {
    if (this.#isRunning) return;
    this.#missesName = true;
    const [problem] = this.#show();
    if (problem !== undefined) return focusProblem(problem.field);
    this.showRunning(true);
    const draft = this.#draft();
    // What was sent is in the history; a typed payload is only here.
    if (draft.payloadKind === 'file') this.#baseline = draft;
    this.report();
    post({ type: 'invoke', invocationId: newInvocationId(), invocation: toInvocation(draft) });
  }

  savePreset(): void {
    this.#missesName = true;
    const [problem] = this.#show();
    if (problem !== undefined) return focusProblem(problem.field);
    post({ type: 'savePreset', invocation: toInvocation(this.#draft()) });
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

  #problems(draft: Draft): Problem[] {
    const problems = [...validateFields(toInvocation(draft)), ...payloadProblems(draft, this.#file)];
    return this.#missesName || draft.FunctionName !== ''
      ? problems
      : problems.filter(({ message }) => message.code !== 'functionNameMissing');
  }

  #show(): Problem[] {
    const draft = this.#draft();
    const problems = this.#problems(draft);
    showApplicable(draft.InvocationType);
    showPayload(draft, this.#file);
    showConnection(this.#connection, draft.FunctionName);
    showProblems(problems);
    return problems;
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
