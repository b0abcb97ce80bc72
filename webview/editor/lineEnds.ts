import { invertedEffects, isolateHistory } from '@codemirror/commands';
import {
  StateEffect,
  StateField,
  Text,
  type EditorState,
  type Extension,
  type Transaction,
  type TransactionSpec,
} from '@codemirror/state';
import type { TextChange } from '../../src/core/text/textChange.ts';
import { createLineCounter } from '../../src/core/json/lineCounter.ts';

type LineEnd = '\n' | '\r\n';

/** Sets the line end of the text. Undone with the text it belongs to. */
const setLineEnd = StateEffect.define<LineEnd>();

/**
 * The line end of a text. With `\n`, every other `\r` is a character of its line: CodeMirror would replace all line ends
 * by one, and the text has to stay verbatim.
 */
function lineEndOf(text: string): LineEnd {
  return text.includes('\r\n') && !/\r(?!\n)|(?<!\r)\n/.test(text) ? '\r\n' : '\n';
}

export const lineEndField = StateField.define<LineEnd>({
  create: () => '\n',
  update: (lineEnd, { effects }) => effects.findLast((effect) => effect.is(setLineEnd))?.value ?? lineEnd,
});

/** Remembers the line end of the text. */
export const lineEnds: Extension = [
  lineEndField,
  invertedEffects.of(({ effects, startState }) =>
    effects.some((effect) => effect.is(setLineEnd)) ? [setLineEnd.of(startState.field(lineEndField))] : [],
  ),
];

/** The transaction that replaces the whole text. It is undone on its own. */
export function replaceText(state: EditorState, text: string): TransactionSpec {
  const lineEnd = lineEndOf(text);
  return {
    changes: { from: 0, to: state.doc.length, insert: Text.of(text.split(lineEnd)) },
    effects: setLineEnd.of(lineEnd),
    annotations: isolateHistory.of('full'),
  };
}

/**
 * Converts ascending offsets in the verbatim text to offsets in the document, where each line end is one character.
 */
export function createDocOffset(text: string, lineEnd: LineEnd): (offset: number) => number {
  if (lineEnd === '\n') return (offset) => offset;
  const lineAt = createLineCounter(text);
  return (offset) => offset - lineAt(offset) + 1;
}

/** The change of the verbatim text, from the first edit of an update to its last one. */
export function verbatimChange({
  changes,
  startState: { doc: before },
  state,
}: Pick<Transaction, 'changes' | 'startState' | 'state'>): TextChange {
  let from = before.length;
  let to = 0;
  changes.iterChangedRanges((fromBefore, toBefore) => {
    from = Math.min(from, fromBefore);
    to = Math.max(to, toBefore);
  });
  const { doc } = state;
  // If it has changed, the whole text was replaced.
  const lineEnd = state.field(lineEndField);
  const longer = lineEnd.length - 1;
  return {
    start: from + longer * (before.lineAt(from).number - 1),
    end: before.length - to + longer * (before.lines - before.lineAt(to).number),
    text: doc.sliceString(from, doc.length - (before.length - to), lineEnd),
  };
}
