import { codeFolding, foldEffect, foldService, unfoldAll } from '@codemirror/language';
import { RangeSetBuilder, type EditorState, type Extension, type StateEffect } from '@codemirror/state';
import { Decoration, EditorView, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { tokenBefore } from '../../src/core/json/jsonIndex.ts';
import { coloredTokens, type ColoredToken } from './jsonTokens.ts';
import { COLORS } from './theme.ts';
import { modelField, setModel } from './viewerModel.ts';

/** Without a known token nearby, a long line isn't colored, because that would take too long. In characters. */
const MAX_SCAN = 400_000;

const color = (name: keyof typeof COLORS) => Decoration.mark({ class: `cm-json-${name}` });
const MARKS: Readonly<Record<ColoredToken['kind'], Decoration>> = {
  name: color('name'),
  string: color('string'),
  number: color('number'),
  boolean: color('boolean'),
};

/** A token at or before an offset of a JSON document. */
function scanStart(state: EditorState, offset: number): number {
  const model = state.field(modelField);
  const lineStart = state.doc.lineAt(offset).from;
  // Each line of formatted JSON starts with a token, and only its string can be long.
  if (model.kind !== 'json' || !model.isRaw) return lineStart;
  return Math.max(tokenBefore(model.layout.checkpoints, offset) ?? 0, 0);
}

function colors({ state, visibleRanges }: EditorView): DecorationSet {
  const model = state.field(modelField);
  const builder = new RangeSetBuilder<Decoration>();
  if (model.kind !== 'json') return builder.finish();
  let coloredTo = 0;
  for (const { from, to } of visibleRanges) {
    const start = scanStart(state, from);
    if (model.isRaw && from - start > MAX_SCAN && model.layout.state === 'open') continue;
    for (const token of coloredTokens(state.sliceDoc(start, to))) {
      const [tokenFrom, tokenTo] = [Math.max(from, coloredTo, start + token.start), start + token.end];
      if (tokenTo > tokenFrom) builder.add(tokenFrom, tokenTo, MARKS[token.kind]);
      coloredTo = Math.max(coloredTo, tokenTo);
    }
  }
  return builder.finish();
}

const coloring = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = colors(view);
    }

    update(update: ViewUpdate): void {
      const isNew = update.transactions.some(({ effects }) => effects.some((effect) => effect.is(setModel)));
      if (isNew || update.docChanged || update.viewportChanged) this.decorations = colors(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** The range to fold after a 1-based line of formatted JSON: its object's or array's content. */
function foldAfter(state: EditorState, lineNumber: number): { readonly from: number; readonly to: number } | undefined {
  const model = state.field(modelField);
  if (model.kind !== 'json' || model.isRaw) return undefined;
  const end = model.layout.foldEnds[lineNumber - 1];
  // While the text is being formatted, the closing line might be missing.
  if (end === undefined || end >= state.doc.lines) return undefined;
  const endLine = state.doc.line(end + 1);
  const bracket = endLine.text.slice(0, 1000).search(/\S/);
  return { from: state.doc.line(lineNumber).to, to: endLine.from + Math.max(0, bracket) };
}

/** Folds all values inside the outermost object or array. */
export function foldValues(view: EditorView): boolean {
  const { state } = view;
  const model = state.field(modelField);
  if (model.kind !== 'json') return false;
  const effects: StateEffect<unknown>[] = [];
  for (let line = 2; line < state.doc.lines;) {
    const range = foldAfter(state, line);
    if (range !== undefined) effects.push(foldEffect.of(range));
    line = range === undefined ? line + 1 : (model.layout.foldEnds[line - 1] ?? line) + 2;
  }
  view.dispatch({ effects });
  return true;
}

export const unfoldValues = unfoldAll;

/** Colors and folding of JSON in a viewer, without a parser: only visible lines are scanned. */
export const jsonView: Extension = [
  modelField,
  coloring,
  codeFolding(),
  foldService.of((state, lineStart) => foldAfter(state, state.doc.lineAt(lineStart).number) ?? null),
  EditorView.baseTheme(
    Object.fromEntries(Object.entries(COLORS).map(([name, value]) => [`.cm-json-${name}`, { color: value }])),
  ),
];
