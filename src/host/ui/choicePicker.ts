import * as vscode from 'vscode';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { toShown, type Choice, type ShownChoice } from './choice.ts';

type Picker<Item extends Choice> = vscode.QuickPick<ShownChoice<Item>>;

/** Set only to learn that the window has handled everything that was sent before. */
const ROWS_SHOWN = 'lambdaInvoke.rowsShown';

interface Rows<Item extends Choice> {
  readonly items: readonly Item[];
  /** Given the active rows, the rows to activate; undefined for the default of VS Code, the first row. */
  readonly activate?: ((active: readonly Item[]) => readonly Item[] | undefined) | undefined;
}

/** Whether two rows look the same, so that it doesn't matter which of them was chosen. */
function lookSame(one: Choice | undefined, other: Choice | undefined): boolean {
  return one?.label === other?.label && one?.description === other?.description && one?.detail === other?.detail;
}

/**
 * A quick pick with plain texts, whose rows can change while it is open. VS Code identifies a row by its index: it reports
 * a row that was chosen before the window shows the new rows as the new row at that index. So one change is sent at a
 * time, and a choice that arrives meanwhile is taken from the previous rows.
 */
export class ChoicePicker<Item extends Choice> {
  readonly #picker: Picker<Item>;
  #isOpen = false;
  /** The rows that the window showed before the change that it hasn't confirmed. */
  #previous: readonly Item[] | undefined;
  /** The rows to send next. */
  #next: Rows<Item> | undefined;
  #rowsShown: Promise<void> = Promise.resolve();
  /** Handles a row that was accepted while the rows changed. */
  #acceptLater: (() => void) | undefined;
  /** The row that was active last for a typed text, among the rows that the window certainly showed. */
  #lastActive: { readonly item: Item; readonly value: string } | undefined;

  constructor(title: string) {
    this.#picker = vscode.window.createQuickPick<ShownChoice<Item>>();
    this.#picker.ignoreFocusOut = true;
    this.title = title;
    this.#picker.onDidChangeActive(([active]) => {
      const item = this.#chosen(active?.choice);
      if (item === undefined || this.value === '') return;
      // VS Code activates the first of new rows before it deactivates it as requested.
      const isShown = this.#previous?.some((row) => lookSame(row, item)) ?? true;
      if (isShown) this.#lastActive = { item, value: this.value };
    });
  }

  set title(title: string) {
    this.#picker.title = visibleLine(title);
  }

  set placeholder(text: string) {
    this.#picker.placeholder = visibleLine(text);
  }

  get items(): readonly Item[] {
    return this.#picker.items.map(({ choice }) => choice);
  }

  get activeItems(): readonly Item[] {
    return this.#picker.activeItems.map(({ choice }) => choice);
  }

  /** Replaces the rows. Of several changes while the window hasn't confirmed one, the last counts. */
  setRows(items: readonly Item[], activate?: Rows<Item>['activate']): void {
    const rows = { items, activate };
    if (!this.#isOpen) this.#apply(rows);
    else if (this.#previous !== undefined) this.#next = rows;
    else this.#rowsShown = this.#send(rows);
  }

  /** Resolves when the window shows the rows that were set last. */
  get rowsShown(): Promise<void> {
    return this.#rowsShown;
  }

  #apply({ items, activate }: Rows<Item>): void {
    const active = activate?.(this.activeItems);
    this.#picker.items = items.map((item) => toShown(item));
    if (active !== undefined)
      this.#picker.activeItems = this.#picker.items.filter(({ choice }) => active.includes(choice));
  }

  async #send(rows: Rows<Item>): Promise<void> {
    let isActivatedAgain = false;
    for (let next: Rows<Item> | undefined = rows; next !== undefined && this.#isOpen; next = this.#next) {
      this.#next = undefined;
      this.#previous = this.items;
      this.#apply(next);
      // VS Code sends the rows with a timer that was set before this one, and the window handles requests in order.
      await new Promise((resolve) => setTimeout(resolve));
      await vscode.commands.executeCommand('setContext', ROWS_SHOWN, true);
      const lost = this.#lostActive();
      if (lost === undefined || this.#next !== undefined || isActivatedAgain) continue;
      isActivatedAgain = true;
      this.#next = { items: this.items, activate: () => [lost] };
    }
    this.#previous = undefined;
    this.#acceptLater?.();
  }

  /**
   * The row that the window had activated for the typed text, but that isn't active now: rows that were sent before the
   * extension host learned of it deactivate it.
   */
  #lostActive(): Item | undefined {
    const last = this.#lastActive;
    if (last === undefined || last.value !== this.value || this.activeItems.length > 0) return undefined;
    return this.items.find((item) => lookSame(item, last.item));
  }

  /** The row that was chosen when VS Code reports a row of the newest rows. */
  #chosen(reported: Item | undefined): Item | undefined {
    const index = reported === undefined ? -1 : this.items.indexOf(reported);
    const previous = this.#previous?.[index];
    return this.#previous === undefined || lookSame(previous, reported) ? reported : previous;
  }

  /** The typed text. */
  get value(): string {
    return this.#picker.value;
  }

  set busy(isBusy: boolean) {
    this.#picker.busy = isBusy;
  }

  set matchOnDescription(isMatched: boolean) {
    this.#picker.matchOnDescription = isMatched;
  }

  set matchOnDetail(isMatched: boolean) {
    this.#picker.matchOnDetail = isMatched;
  }

  set keepScrollPosition(isEnabled: boolean) {
    this.#picker.keepScrollPosition = isEnabled;
  }

  set buttons(buttons: readonly vscode.QuickInputButton[]) {
    this.#picker.buttons = buttons;
  }

  onDidTriggerButton(listener: (button: vscode.QuickInputButton) => void): void {
    this.#picker.onDidTriggerButton(listener);
  }

  /** Ignores a button of a row while the rows change. */
  onDidTriggerItemButton(listener: (on: { item: Item; button: vscode.QuickInputButton }) => void): void {
    this.#picker.onDidTriggerItemButton(({ item: { choice }, button }) => {
      if (this.#chosen(choice) === choice) listener({ item: choice, button });
    });
  }

  /**
   * Calls the listener with the accepted row, or undefined if no row is active. A row that is accepted while the rows
   * change counts if it is still the active one afterwards.
   */
  onDidAccept(listener: (item: Item | undefined) => void): void {
    this.#picker.onDidAccept(() => {
      const reported = this.#picker.selectedItems[0]?.choice ?? this.#lostActive();
      const chosen = this.#chosen(reported);
      if (chosen === reported) return listener(chosen);
      this.#acceptLater = () => {
        const [active] = this.activeItems;
        // New rows can leave none active until the next ones.
        if (active === undefined) return;
        this.#acceptLater = undefined;
        if (this.#isOpen && lookSame(active, chosen)) listener(active);
      };
    });
  }

  onDidHide(listener: () => void): void {
    this.#picker.onDidHide(() => {
      this.#isOpen = false;
      listener();
    });
  }

  show(): void {
    this.#isOpen = true;
    this.#picker.show();
  }

  hide(): void {
    this.#picker.hide();
  }

  dispose(): void {
    this.#picker.dispose();
  }
}
