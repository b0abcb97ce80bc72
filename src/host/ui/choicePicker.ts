import * as vscode from 'vscode';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { toShown, type Choice, type ShownChoice } from './choice.ts';

type Picker<Item extends Choice> = vscode.QuickPick<ShownChoice<Item>>;

/** A quick pick with plain texts. */
export class ChoicePicker<Item extends Choice> {
  readonly #picker: Picker<Item>;

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

  onDidChangeValue(listener: (value: string) => void): void {
    this.#picker.onDidChangeValue(listener);
  }

  onDidTriggerButton(listener: (button: vscode.QuickInputButton) => void): void {
    this.#picker.onDidTriggerButton(listener);
  }

  onDidTriggerItemButton(listener: (on: { item: Item; button: vscode.QuickInputButton }) => void): void {
    this.#picker.onDidTriggerItemButton(({ item: { choice }, button }) => listener({ item: choice, button }));
  }

  onDidAccept(listener: () => void): void {
    this.#picker.onDidAccept(listener);
  }

  onDidHide(listener: () => void): void {
    this.#picker.onDidHide(listener);
  }

  show(): void {
    this.#picker.show();
  }

  hide(): void {
    this.#picker.hide();
  }

  dispose(): void {
    this.#picker.dispose();
  }
}
