import * as vscode from 'vscode';
import type { EndedInvocation } from '../app/invocations.ts';
import type { Connection } from '../core/connection.ts';
import type { Draft } from '../core/draft.ts';
import type { OpenedPreset } from '../core/presets/preset.ts';
import { FORM_VIEW_TYPE } from './contributions.ts';
import { FormPanel } from './formPanel.ts';
import type { FormPanelDependencies } from './formPanelDependencies.ts';

/** The open forms. A form whose draft is dirty or whose invocation runs is never filled with something else. */
export class FormPanels implements vscode.WebviewPanelSerializer {
  readonly #dependencies: FormPanelDependencies;
  readonly #open: FormPanel[] = [];

  constructor(dependencies: FormPanelDependencies) {
    this.#dependencies = dependencies;
  }

  /** Opens the form, or shows the one that was last used. */
  openForm(): void {
    const last = this.#open.at(-1);
    if (last === undefined) this.#create(vscode.ViewColumn.Active, false);
    else last.reveal(false);
  }

  /** Opens one more form beside those that are open. */
  newForm(): void {
    this.#create(vscode.ViewColumn.Active, false);
  }

  /** Shows a draft in a form that loses nothing by it. */
  openDraft(draft: Draft, connection?: Connection, opened?: OpenedPreset): void {
    const free = this.#free();
    const form = free ?? this.#create(vscode.ViewColumn.Active, false);
    form.controller.fill(draft, connection, opened);
    if (free !== undefined) form.reveal(false);
  }

  /** Shows what was invoked without a form, and its outcome; the focus stays where it is. */
  showEnded(ended: EndedInvocation): void {
    const free = this.#free();
    const form = free ?? this.#create(vscode.ViewColumn.Beside, true);
    form.controller.show(ended);
    if (free !== undefined) form.reveal(true);
  }

  /** Brings a form back after the window was reloaded; the form itself has kept its draft. */
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel, true);
    return Promise.resolve();
  }

  #free(): FormPanel | undefined {
    return this.#open.findLast(({ controller }) => !controller.isOccupied);
  }

  #create(viewColumn: vscode.ViewColumn, preserveFocus: boolean): FormPanel {
    const title = vscode.l10n.t('Invoke Function');
    const options = { enableScripts: true, localResourceRoots: [] };
    return this.#adopt(vscode.window.createWebviewPanel(FORM_VIEW_TYPE, title, { viewColumn, preserveFocus }, options));
  }

  #adopt(panel: vscode.WebviewPanel, isRestored = false): FormPanel {
    const onDidDispose = () => this.#open.splice(this.#open.indexOf(form), 1);
    const form = new FormPanel(panel, this.#dependencies, { isRestored, onDidDispose });
    this.#open.push(form);
    return form;
  }
}
