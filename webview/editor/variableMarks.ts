import type { Extension, Range } from '@codemirror/state';
import { Decoration, ViewPlugin, type DecorationSet, type EditorView, type ViewUpdate } from '@codemirror/view';
import { variableRanges } from '../../src/core/presets/variables.ts';

const variable = Decoration.mark({ class: 'cm-variable' });
/** Variables are searched this far around the visible text. In characters. */
const MARGIN = 200;

function marks({ state, visibleRanges }: EditorView): DecorationSet {
  const found: Range<Decoration>[] = [];
  for (const { from, to } of visibleRanges) {
    const start = Math.max(state.doc.lineAt(from).from, from - MARGIN);
    const text = state.sliceDoc(start, Math.min(state.doc.length, to + MARGIN));
    for (const range of variableRanges(text)) {
      const isVisible = start + range.end > from && start + range.start < to;
      if (isVisible) found.push(variable.range(start + range.start, start + range.end));
    }
  }
  return Decoration.set(found, true);
}

/** Marks `${…}` where it is a variable. */
export const variableMarks: Extension = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = marks(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = marks(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);
