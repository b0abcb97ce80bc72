import * as vscode from 'vscode';
import { withoutMarkup } from '../../core/messages/plainText.ts';
import { visibleLine } from '../../core/messages/visibleText.ts';
import { toShown, type Choice } from './choice.ts';
import { ChoicePicker } from './choicePicker.ts';

/**
 * Prompts ignore focus changes. VS Code focuses the form shortly after a prompt closes, which would otherwise close the
 * next prompt and discard its text.
 */
const STAYS = { ignoreFocusOut: true } as const;

type ChoiceOptions = Pick<vscode.QuickPickOptions, 'title' | 'placeHolder' | 'matchOnDescription' | 'matchOnDetail'>;

function shownOptions({ title, placeHolder, ...matching }: ChoiceOptions): vscode.QuickPickOptions {
  return {
    ...matching,
    ...STAYS,
    ...(title !== undefined && { title: visibleLine(title) }),
    ...(placeHolder !== undefined && { placeHolder: visibleLine(placeHolder) }),
  };
}

export async function askChoice<Item extends Choice>(
  items: readonly Item[] | Promise<readonly Item[]>,
  options: ChoiceOptions,
  token?: vscode.CancellationToken,
): Promise<Item | undefined> {
  const shown = Promise.resolve(items).then((all) => all.map((item) => toShown(item)));
  return (await vscode.window.showQuickPick(shown, shownOptions(options), token))?.choice;
}

/** Prompts for a row with the current one active, so that Enter changes nothing. */
export async function askOther<Item extends Choice>(
  items: readonly Item[],
  { title = '', placeHolder = '', matchOnDescription = false }: ChoiceOptions,
): Promise<Item | undefined> {
  const picker = createChoice<Item>(title);
  picker.placeholder = placeHolder;
  picker.matchOnDescription = matchOnDescription;
  const current = items.filter(({ isCurrent = false }) => isCurrent);
  picker.setRows(items, () => (current.length > 0 ? current : undefined));
  return new Promise((resolve) => {
    picker.onDidAccept((item) => {
      resolve(item);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

export async function askChoices<Item extends Choice>(
  items: readonly Item[] | Promise<readonly Item[]>,
  options: ChoiceOptions,
): Promise<Item[] | undefined> {
  const shown = Promise.resolve(items).then((all) => all.map((item) => toShown(item)));
  const picked = await vscode.window.showQuickPick(shown, { ...shownOptions(options), canPickMany: true });
  return picked?.map(({ choice }) => choice);
}

type Validation = string | vscode.InputBoxValidationMessage | undefined;

interface TextQuestion extends Pick<vscode.InputBoxOptions, 'title' | 'prompt' | 'value' | 'password'> {
  readonly validateInput?: (value: string) => Validation;
}

function shownValidation(validation: Validation): Validation {
  if (validation === undefined || typeof validation === 'string') return validation && withoutMarkup(validation);
  return { ...validation, message: withoutMarkup(validation.message) };
}

/** Prompts for a text. VS Code would render links and icons in prompts and validation messages. */
export function askText(
  { title, prompt, validateInput, ...field }: TextQuestion,
  token?: vscode.CancellationToken,
): Thenable<string | undefined> {
  const options = {
    ...field,
    ...STAYS,
    ...(title !== undefined && { title: visibleLine(title) }),
    ...(prompt !== undefined && { prompt: withoutMarkup(prompt) }),
    ...(validateInput !== undefined && { validateInput: (value: string) => shownValidation(validateInput(value)) }),
  };
  return vscode.window.showInputBox(options, token);
}

/** Creates a quick pick. */
export function createChoice<Item extends Choice>(title: string): ChoicePicker<Item> {
  return new ChoicePicker<Item>(title);
}
