import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { StateEffect, StateField, type EditorState, type Extension } from '@codemirror/state';
import { EditorView, type Command } from '@codemirror/view';
import * as l10n from '@vscode/l10n';
import type { EditorProblem } from './editors.ts';
import { ownKeys } from './keys.ts';

const setProblems = StateEffect.define<readonly EditorProblem[]>();

/** The problems of the current text, for Next Problem. */
const problemsField = StateField.define<readonly EditorProblem[]>({
  create: () => [],
  update: (problems, { effects }) => effects.findLast((effect) => effect.is(setProblems))?.value ?? problems,
});

function problemAtCaret(state: EditorState): EditorProblem | undefined {
  const { from } = state.selection.main;
  return state.field(problemsField).find((problem) => problem.from <= from && from <= problem.to);
}

/** Moves to a problem, and announces the message that CodeMirror shows there. */
function moving(move: Command): Command {
  return (view) => {
    if (!move(view) && problemAtCaret(view.state) === undefined) return false;
    const problem = problemAtCaret(view.state);
    if (problem !== undefined) view.dispatch({ effects: EditorView.announce.of(problem.message) });
    return true;
  };
}

const toDiagnostic = ({ from, to, message, severity }: EditorProblem): Diagnostic => ({
  from,
  to,
  message,
  severity,
  renderMessage: () => document.createTextNode(message),
});

/** Replaces the marked problems. Offsets in the document. */
export function markProblems(view: EditorView, problems: readonly EditorProblem[]): void {
  const { length } = view.state.doc;
  const inside = problems
    .filter(({ from }) => from <= length)
    .map((problem) => ({ ...problem, to: Math.min(problem.to, length) }));
  const { effects } = setDiagnostics(view.state, inside.map(toDiagnostic));
  view.dispatch({ effects: [effects ?? [], setProblems.of(inside)].flat() });
}

/** Marks problems in the text and in the gutter. F8 and Shift+F8 move between them. */
export function problemMarks(): Extension {
  return [
    problemsField,
    lintGutter(),
    EditorView.contentAttributes.of({ 'aria-keyshortcuts': 'F8' }),
    ownKeys([{ key: 'F8', run: moving(nextDiagnostic), shift: moving(previousDiagnostic) }]),
    EditorView.theme({ '.cm-tooltip-lint': { padding: '0' } }),
  ];
}

/** What the description of the editor says about its keys. */
export function keysDescription(): string {
  return l10n.t('Press Escape, then Tab to move the focus. Press F8 to go to the next problem.');
}
