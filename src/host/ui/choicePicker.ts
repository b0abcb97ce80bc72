import * as vscode from 'vscode';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { toShown, type Choice, type ShownChoice } from './choice.ts';

type Picker<Item extends Choice> = vscode.QuickPick<ShownChoice<Item>>;

/** Set only to learn that the window has handled everything that was sent before. */
const ROWS_SHOWN = 'lambdaInvoke.rowsShown';

/**
 * A quick pick with plain texts, whose rows can change while it is open. VS Code identifies a row by its index, so it
 * reports a row that was chosen before the window shows the new rows as the new row at that index. Such a choice is
 * ignored.
 */
export class ChoicePicker<Item extends Choice> {
  readonly #picker: Picker<Item>;
  #isOpen = false;
  #changesNotShown = 0;
  #rowsShown: Promise<void> = Promise.resolve();

  constructor(title: string) {
    this.#picker = vscode.window.createQuickPick<ShownChoice<Item>>();
    this.#picker.ignoreFocusOut = true;
    this.title = title;
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

  set items(items: readonly Item[]) {
    this.#picker.items = items.map((item) => toShown(item));
    if (this.#isOpen) this.#rowsShown = this.#waitUntilShown();
  }

  /** Resolves when the window shows the rows that were set last. */
  get rowsShown(): Promise<void> {
    return this.#rowsShown;
  }

  async #waitUntilShown(): Promise<void> {
    this.#changesNotShown++;
    // VS Code sends the rows with a timer that was set before this one, and the window handles requests in order.
    await new Promise((resolve) => setTimeout(resolve));
    await vscode.commands.executeCommand('setContext', ROWS_SHOWN, true);
    this.#changesNotShown--;
  }

  get activeItems(): readonly Item[] {
    return this.#picker.activeItems.map(({ choice }) => choice);
  }

  set activeItems(items: readonly Item[]) {
    this.#picker.activeItems = this.#picker.items.filter(({ choice }) => items.includes(choice));
  }

  get selectedItems(): readonly Item[] {
    return this.#picker.selectedItems.map(({ choice }) => choice);
  }

  /** The typed text. */
  get value(): string {
    return this.#picker.value;
  }

  get busy(): boolean {
    return this.#picker.busy;
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

  onDidTriggerItemButton(listener: (on: { item: Item; button: vscode.QuickInputButton }) => void): void {
    this.#picker.onDidTriggerItemButton(({ item: { choice }, button }) => {
      if (this.#changesNotShown === 0) listener({ item: choice, button });
    });
  }

  onDidAccept(listener: () => void): void {
    this.#picker.onDidAccept(() => {
      if (this.#changesNotShown === 0) listener();
    });
  }

  onDidHide(listener: () => void): void {
    this.#picker.onDidHide(listener);
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
