import * as vscode from 'vscode';

/** A preset in its file, as quick fixes name it. */
interface PresetReference {
  readonly presetsFile: vscode.Uri;
  readonly index: number;
}

/** What Accept as Expected applies to. */
export type AcceptTarget =
  | { readonly kind: 'item'; readonly item: vscode.TestItem }
  | ({ readonly kind: 'preset' } & PresetReference)
  /** The keybinding in the Test Explorer, which doesn't pass the selected test. */
  | { readonly kind: 'explorer' }
  /** The focused form, or the cursor in a presets file. */
  | { readonly kind: 'focused' };

/** An item of the Test Explorer or of the gutter, or the item of a message. */
function itemOf(given: object): vscode.TestItem | undefined {
  if ('test' in given && typeof given.test === 'object' && given.test !== null) return itemOf(given.test);
  return 'id' in given && 'children' in given ? (given as vscode.TestItem) : undefined;
}

/** Reads the argument of the command. */
export function acceptTarget(given: unknown): AcceptTarget {
  if (given === 'explorer') return { kind: 'explorer' };
  if (typeof given !== 'object' || given === null) return { kind: 'focused' };
  if ('presetsFile' in given) return { kind: 'preset', ...(given as PresetReference) };
  const item = itemOf(given);
  return item === undefined ? { kind: 'focused' } : { kind: 'item', item };
}

/** VS Code's group of run profiles for `vscode.runTestsById`. */
const RUN_GROUP = 2;

/** The ID of a test in VS Code's commands: those of the controller and of all items on its path. */
export function testId(item: vscode.TestItem): string {
  return item.parent === undefined ? `lambdaInvoke\0${item.id}` : `${testId(item.parent)}\0${item.id}`;
}

/** Runs a test in the Test Explorer. */
export async function runItem(item: vscode.TestItem): Promise<void> {
  await vscode.commands.executeCommand('vscode.runTestsById', RUN_GROUP, testId(item));
}
