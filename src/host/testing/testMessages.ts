import * as vscode from 'vscode';
import { createPositions } from '../../core/testing/expectPosition.ts';
import type { TestFailure } from '../../core/testing/checkResult.ts';
import type { JsonStep } from '../../core/json/jsonMatch.ts';
import { visibleText } from '../../core/messages/visibleText.ts';
import { errorSentence } from '../notify.ts';
import { sentence } from '../ui/localize.ts';
import type { StoredTest } from './testNodes.ts';

/** The context value of messages whose test has a snapshot, for menus. */
const SNAPSHOT_CONTEXT = 'lambdaInvoke.snapshot';

/** VS Code keeps the messages of all runs. In characters. */
const MAX_DIFF = 500_000;

const cut = (text: string) => (text.length > MAX_DIFF ? `${text.slice(0, MAX_DIFF)}…` : text);

/** Where a part of a preset is in its file. */
export type Locate = (stored: StoredTest, steps: readonly JsonStep[]) => vscode.Location;

/** Finds parts of presets in the texts of their files, as they are now. Reads each file once. */
export function createLocate(textOf: (uri: vscode.Uri) => string): Locate {
  const files = new Map<string, { readonly text: string; readonly positions: ReturnType<typeof createPositions> }>();
  return ({ store: { uri }, index }, steps) => {
    const id = uri.toString();
    const text = files.get(id)?.text ?? textOf(uri);
    const file = files.get(id) ?? { text, positions: createPositions(text) };
    files.set(id, file);
    const { start, end } = file.positions(index, steps) ?? { start: 0, end: 0 };
    return new vscode.Location(uri, new vscode.Range(positionOf(text, start), positionOf(text, end)));
  };
}

function positionOf(text: string, offset: number): vscode.Position {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  return new vscode.Position(text.slice(0, lineStart).split('\n').length - 1, offset - lineStart);
}

/** The message of an error, at the preset. */
export function toErrorMessage(error: unknown, location: vscode.Location): vscode.TestMessage {
  const shown = new vscode.TestMessage(visibleText(errorSentence(error)));
  shown.location = location;
  return shown;
}

/** The message of a failure, at its line in the presets file, with VS Code's diff if something differs. */
export function toTestMessage(
  failure: TestFailure,
  {
    stored,
    locate,
    hasSnapshot,
  }: { readonly stored: StoredTest; readonly locate: Locate; readonly hasSnapshot: boolean },
): vscode.TestMessage {
  const text = visibleText(sentence(failure.message));
  const { diff, steps } = failure;
  const shown =
    diff === undefined
      ? new vscode.TestMessage(text)
      : vscode.TestMessage.diff(text, cut(diff.expected), cut(diff.actual));
  shown.location = locate(stored, steps.length === 0 ? [] : ['expect', ...steps]);
  if (hasSnapshot) shown.contextValue = SNAPSHOT_CONTEXT;
  return shown;
}
