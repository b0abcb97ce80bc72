import * as vscode from 'vscode';
import type { EndedInvocation } from '../../app/invocations.ts';
import type { HeldResult } from '../../app/results.ts';
import { LastClosedForm } from '../../app/lastClosedForm.ts';
import type { ShownDraft } from '../../app/shownDraft.ts';
import type { Connection } from '../../core/connection/connection.ts';
import type { Draft } from '../../core/invocation/draft.ts';
import type { OpenedPreset } from '../../core/presets/preset.ts';
import type { CopiedPart } from '../../protocol/messages.ts';
import { FORM_TEST_CONTEXT } from '../contributions.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import { FormPanel, type FormPanelOptions } from './formPanel.ts';
import type { FormDependencies } from './formDependencies.ts';
import { parsePageState } from '../../protocol/pageState.ts';
import { createFormTab } from './formTab.ts';

type Adopted = Pick<FormPanelOptions, 'closed' | 'reloaded'> & { readonly hasFocus: boolean };

/** The open forms, the last used at the end. A form with edits or a running invocation is never overwritten. */
export class FormPanels implements vscode.Disposable {
  readonly #dependencies: FormDependencies;
  readonly #open: FormPanel[] = [];
  readonly #lastClosed: LastClosedForm<FormPanel>;
  /** Whether the focused form shows a preset that is a test. */
  #isTest = false;

  constructor(dependencies: FormDependencies) {
    this.#dependencies = dependencies;
    this.#lastClosed = new LastClosedForm(dependencies.results);
  }

  /** Shows the last used form. If none is open, opens the one that was closed last again, with all edits. */
  openForm(): void {
    const last = this.#open.at(-1);
    if (last !== undefined) return last.reveal(false);
    this.#create(vscode.ViewColumn.Active, false, this.#lastClosed.take());
  }

  /** Opens another form. */
  newForm(): void {
    this.#create(vscode.ViewColumn.Active, false);
  }

  /** Shows a form in a tab that was created before. */
  openIn(tab: vscode.WebviewPanel): void {
    this.#adopt(tab, { hasFocus: true });
  }

  /** Shows a draft in a form that isn't occupied. */
  readonly openDraft = (draft: Draft, connection?: Connection, opened?: OpenedPreset): void => {
    const free = this.#free();
    const form = free ?? this.#create(vscode.ViewColumn.Active, false);
    form.controller.fill(draft, connection, opened);
    if (free !== undefined) form.reveal(false);
  };

  /**
   * Shows an invocation from outside a form with its outcome, in the form that already shows it if there is one. By default
   * it shows what was sent, without taking the focus, and a new form opens beside the active editor.
   */
  readonly showEnded = (
    ended: EndedInvocation,
    shown?: ShownDraft,
    { viewColumn = vscode.ViewColumn.Beside, preserveFocus = true } = {},
  ): void => {
    const isShown = ({ controller }: FormPanel) =>
      controller.invocations.shown?.ended.invocationId === ended.invocationId;
    const same = this.#open.findLast(isShown);
    const free = same ?? this.#free();
    const form = free ?? this.#create(viewColumn, preserveFocus);
    if (same === undefined) form.controller.show(ended, shown);
    if (free !== undefined) form.reveal(preserveFocus);
  };

  /** Reads the whole log of a result in the form that shows it. */
  readLog(invocationId: string): void {
    const isShown = ({ results }: FormPanel) => results.shown?.ended.invocationId === invocationId;
    const form = this.#open.findLast(isShown);
    if (form !== undefined) reportErrors(form.log.read());
  }

  /** Restores a form after a reload, with the state that its page has stored. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    this.#adopt(panel, { reloaded: parsePageState(state), hasFocus: panel.active });
  }

  /** Invokes with the payload in the active editor. */
  invokePayload(): void {
    this.#dependencies.payloadDocuments.invokeActive();
  }

  dispose(): void {
    const { eventFiles, payloadDocuments, resultExport } = this.#dependencies;
    vscode.Disposable.from(eventFiles, payloadDocuments, disposeLoaded(resultExport)).dispose();
  }

  /** The result in the most recently used form, and the one before it. */
  get lastResults(): { readonly shown?: HeldResult | undefined; readonly previous?: HeldResult | undefined } {
    const { shown, previous } = this.#open.at(-1)?.controller.invocations ?? {};
    return { shown, previous };
  }

  /** Starts invoking the form in the active tab on two targets. Returns false if no form is active. */
  invokeOnTwoTargets(): boolean {
    const active = this.#open.find(({ isActive }) => isActive);
    active?.post({ type: 'invokeOnTwoTargets' });
    return active !== undefined;
  }

  /** Posts a command of the context menu to the form that it was opened in. */
  copyFromResult(what: CopiedPart): void {
    this.#open.at(-1)?.post({ type: 'copy', what });
  }

  /** The result in the focused form, and the preset that it shows. */
  get focusedResult(): { readonly ended: EndedInvocation; readonly opened: OpenedPreset | undefined } | undefined {
    const controller = this.#focused?.controller;
    const shown = controller?.invocations.shown;
    return shown && { ended: shown.ended, opened: controller?.openedPreset };
  }

  get #focused(): FormPanel | undefined {
    return this.#open.find(({ isActive }) => isActive);
  }

  /** The status bar shows the connection of the focused form, and its title the commands of tests. */
  #showInStatus(): void {
    const controller = this.#focused?.controller;
    this.#dependencies.connections.showInStatus(controller?.connection);
    const isTest = controller?.openedPreset?.raw.expect !== undefined;
    if (isTest !== this.#isTest) void vscode.commands.executeCommand('setContext', FORM_TEST_CONTEXT, isTest);
    this.#isTest = isTest;
  }

  #free(): FormPanel | undefined {
    return this.#open.findLast(({ controller }) => !controller.isOccupied);
  }

  #create(viewColumn: vscode.ViewColumn, preserveFocus: boolean, closed?: FormPanel): FormPanel {
    const panel = createFormTab(this.#dependencies.resourceRoot, { viewColumn, preserveFocus });
    return this.#adopt(panel, { closed, hasFocus: !preserveFocus });
  }

  #adopt(panel: vscode.WebviewPanel, { hasFocus, ...restored }: Adopted): FormPanel {
    const onDidDispose = () => {
      this.#take(form);
      this.#lastClosed.remember(form);
      this.#showInStatus();
    };
    const onDidActivate = () => this.#open.push(...this.#take(form));
    const onDidChangeConnection = () => this.#showInStatus();
    const options = { ...restored, onDidDispose, onDidActivate, onDidChangeConnection };
    const form = new FormPanel(panel, this.#dependencies, options);
    // A form that opens or is restored in the background wasn't used last.
    if (hasFocus) this.#open.push(form);
    else this.#open.unshift(form);
    return form;
  }

  #take(form: FormPanel): FormPanel[] {
    const at = this.#open.indexOf(form);
    return at === -1 ? [] : this.#open.splice(at, 1);
  }
}
