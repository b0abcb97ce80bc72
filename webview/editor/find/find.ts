import { Prec, StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, showPanel, ViewPlugin, type DecorationSet, type ViewUpdate } from '@codemirror/view';
import { ownKeys } from '../keys.ts';
import { runInSlices } from '../slices.ts';
import { createFindStep, firstMatchFrom, type FindMatches, type FindState } from './findMatches.ts';
import { FindPanel } from './findPanel.ts';
import { EMPTY_QUERY, type FindQuery } from './findQuery.ts';

const setOpen = StateEffect.define<boolean>();
const setQuery = StateEffect.define<FindQuery>();
const foundMatches = StateEffect.define<{ readonly matches: FindMatches; readonly isComplete: boolean }>();

const NO_MATCHES: FindMatches = { starts: [], ends: [] };

const findState = StateField.define<FindState>({
  create: () => ({ isOpen: false, query: EMPTY_QUERY, matches: NO_MATCHES, isComplete: true }),
  update(state, { effects, docChanged }) {
    let next = docChanged && state.isOpen ? { ...state, matches: NO_MATCHES, isComplete: false } : state;
    for (const effect of effects) {
      if (effect.is(setOpen)) next = { ...next, isOpen: effect.value, matches: NO_MATCHES, isComplete: false };
      else if (effect.is(setQuery)) next = { ...next, query: effect.value, matches: NO_MATCHES, isComplete: false };
      else if (effect.is(foundMatches)) next = { ...next, ...effect.value };
    }
    return next;
  },
  provide: (field) => showPanel.from(field, ({ isOpen }) => (isOpen ? createPanel : null)),
});

/** The index of the selected match, or -1. */
function currentMatch(state: EditorState): number {
  const { matches } = state.field(findState);
  const { from, to } = state.selection.main;
  const index = firstMatchFrom(matches, from);
  return matches.starts[index] === from && matches.ends[index] === to ? index : -1;
}

function select(view: EditorView, index: number): void {
  const { starts, ends } = view.state.field(findState).matches;
  const [anchor, head] = [starts[index], ends[index]];
  if (anchor === undefined || head === undefined) return;
  const effects = EditorView.scrollIntoView(anchor, { y: 'center', x: 'nearest' });
  view.dispatch({ selection: { anchor, head }, effects, userEvent: 'select.search' });
}

/** Selects the next match after the selection, or the first one. */
function findNext(view: EditorView): boolean {
  const { isOpen, matches } = view.state.field(findState);
  if (!isOpen) return openFind(view);
  const next = firstMatchFrom(matches, view.state.selection.main.to);
  select(view, next < matches.starts.length ? next : 0);
  return true;
}

/** Selects the previous match before the selection, or the last one. */
function findPrevious(view: EditorView): boolean {
  const { isOpen, matches } = view.state.field(findState);
  if (!isOpen) return openFind(view);
  const next = firstMatchFrom(matches, view.state.selection.main.from);
  select(view, next > 0 ? next - 1 : matches.starts.length - 1);
  return true;
}

/** Opens the panel with the selected text, if it is in one line. */
export function openFind(view: EditorView): boolean {
  const { isOpen, query } = view.state.field(findState);
  const { from, to } = view.state.selection.main;
  const selected = to - from <= 200 ? view.state.sliceDoc(from, to) : '';
  const isUsed = selected !== '' && !selected.includes('\n') && !query.isRegExp;
  const effects: StateEffect<unknown>[] = isOpen ? [] : [setOpen.of(true)];
  if (isUsed) effects.push(setQuery.of({ ...query, text: selected }));
  view.dispatch({ effects });
  view.dom.querySelector<HTMLInputElement>('.cm-find input')?.select();
  return true;
}

function closeFind(view: EditorView): boolean {
  if (!view.state.field(findState).isOpen) return false;
  view.dispatch({ effects: setOpen.of(false) });
  view.focus();
  return true;
}

function createPanel(view: EditorView): FindPanel {
  return new FindPanel(view, {
    state: () => view.state.field(findState),
    current: () => currentMatch(view.state),
    setQuery: (query) => view.dispatch({ effects: setQuery.of(query) }),
    next: () => findNext(view),
    previous: () => findPrevious(view),
    close: () => closeFind(view),
  });
}

const match = Decoration.mark({ class: 'cm-match' });
const selectedMatch = Decoration.mark({ class: 'cm-match cm-match-current' });

function visibleMatches({ state, visibleRanges }: EditorView): DecorationSet {
  const { matches } = state.field(findState);
  const current = currentMatch(state);
  const marks: Range<Decoration>[] = [];
  for (const { from, to } of visibleRanges) {
    for (let index = firstMatchFrom(matches, from - 1000); (matches.starts[index] ?? Infinity) < to; index++) {
      const [start, end] = [matches.starts[index] ?? 0, matches.ends[index] ?? 0];
      if (end > from) marks.push((index === current ? selectedMatch : match).range(start, end));
    }
  }
  return Decoration.set(marks, true);
}

/** Searches the text in slices whenever it or the query changes, and marks the visible matches. */
const finder = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet = Decoration.none;
    #turn = 0;
    readonly #view: EditorView;

    constructor(view: EditorView) {
      this.#view = view;
    }

    update(update: ViewUpdate): void {
      const state = update.state.field(findState);
      const before = update.startState.field(findState);
      const isNewQuery = state.query !== before.query;
      if (state.isOpen && !state.isComplete && (isNewQuery || update.docChanged || !before.isOpen)) {
        void this.#search(isNewQuery);
      }
      if (state !== before || update.viewportChanged || update.selectionSet || update.docChanged) {
        this.decorations = state.isOpen ? visibleMatches(update.view) : Decoration.none;
      }
    }

    destroy(): void {
      this.#turn++;
    }

    /** Selects the first match after the caret for a new query. */
    async #search(isNewQuery: boolean): Promise<void> {
      const turn = ++this.#turn;
      const isCurrent = () => turn === this.#turn;
      await Promise.resolve(); // an update can't dispatch
      if (!isCurrent()) return;
      const { doc, selection } = this.#view.state;
      const matches = { starts: [], ends: [] };
      const step = createFindStep(doc, this.#view.state.field(findState).query, matches);
      if (!(await runInSlices(step, isCurrent))) return;
      this.#view.dispatch({ effects: foundMatches.of({ matches, isComplete: true }) });
      const first = firstMatchFrom(matches, selection.main.from);
      if (isNewQuery) select(this.#view, first < matches.starts.length ? first : 0);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

/** Find as in VS Code: Ctrl+F, F3, Shift+F3, Esc. Searches the whole text. */
export function find(): Extension {
  return [
    findState,
    finder,
    Prec.high(
      ownKeys([
        { key: 'Mod-f', run: openFind, scope: 'editor search-panel' },
        { key: 'F3', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
        { key: 'Mod-g', run: findNext, shift: findPrevious, scope: 'editor search-panel', preventDefault: true },
        { key: 'Escape', run: closeFind, scope: 'editor search-panel' },
      ]),
    ),
  ];
}
