import * as l10n from '@vscode/l10n';
import { isTimeOrigin, type LogEntry, type LogLevel } from '../../src/core/logs/logEntry.ts';
import { filterLevel, matchesFilter, type LogFilter } from '../../src/core/logs/logFilter.ts';
import { parseLog } from '../../src/core/logs/parseLog.ts';
import { create, setName, setText } from '../dom.ts';
import { post, savedState, saveState } from '../vscodeApi.ts';
import type { LogContent } from './logContent.ts';
import { LogHead, logTool, type LogCounts, type LogHeadActions } from './logHead.ts';
import { LogList } from './logList.ts';
import { canExpand, logRow } from './logRow.ts';
import { RowColumns } from './rowColumns.ts';
import type { LogFrame, LogFrames } from './logText.ts';
import { runInSlices, type SlicedWork } from './slices.ts';
import { WholeLogView, type LogReadState } from './wholeLogView.ts';

type LogText = Exclude<LogContent, { kind: 'none' }>;

/** How often a long log is shown while it is parsed, in milliseconds. */
const UPDATE_MS = 100;

/** The buttons of the log of a result. */
function resultTools(): HTMLElement[] {
  const tools = [
    ['copy', l10n.t('Copy Log'), 'clipboard'],
    ['save', l10n.t('Save Log…'), 'file'],
    ['openEditor', l10n.t('Open Log in Editor'), 'editor'],
  ] as const;
  const exports = tools.map(([name, label, to]) => {
    const tool = logTool(name, label, () => post({ type: 'exportResult', part: 'log', to }));
    tool.dataset['to'] = to;
    return tool;
  });
  return [...exports, logTool('follow', l10n.t('Follow Log…'), () => post({ type: 'followLog' }))];
}

/** The text that a local log starts with, unless its start was dropped. */
const LOG_START = /^(?:START RequestId:|\{"time":)/;

function isCut({ kind, text, read }: LogText): boolean {
  return kind === 'truncated' || (kind === 'whole' && read === undefined && !LOG_START.test(text));
}

function stateText(content: LogContent): string {
  if (content.kind === 'truncated') return l10n.t('Truncated by Lambda to 4 KB');
  if (content.kind === 'whole' && content.read !== undefined) return l10n.t('From CloudWatch Logs');
  if (content.kind === 'whole' && isCut(content)) return l10n.t('Truncated to the last 1 MB');
  if (content.kind !== 'none') return '';
  switch (content.reason) {
    case 'notRequested':
      return l10n.t('Not requested');
    case 'notReturned':
      return l10n.t('Not returned – see CloudWatch Logs');
    case 'dropped':
      return l10n.t('No longer available');
  }
}

/** The log of an invocation: one row per entry, with filters. Parses and filters in slices. */
export class LogView {
  readonly #head: LogHead;
  readonly #whole = new WholeLogView(() => this.#head.filter.focus());
  readonly #rows = create('div', 'log-rows');
  readonly #empty = create('p', 'empty log-empty');
  readonly #columns: RowColumns;
  readonly #list: LogList;
  #content: LogContent | undefined;
  #entries: LogEntry[] = [];
  #parsing: Iterator<LogEntry> | undefined;
  /** The indexes of the entries that match the filter. */
  #shown: number[] = [];
  /** How many entries were compared with the filter. */
  #filtered = 0;
  readonly #open = new Set<number>();
  #levels: Partial<Record<LogLevel, number>> = {};
  #platformCount = 0;
  #origin: number | undefined;
  #filter: LogFilter = { levels: new Set(), text: '', hasPlatform: savedState().hasPlatformLines === true };
  #frames: LogFrames = new Map();
  #work: SlicedWork | undefined;

  constructor(root: HTMLElement) {
    const actions: LogHeadActions = {
      toggleLevel: (level: LogLevel) => {
        const levels = new Set(this.#filter.levels);
        if (!levels.delete(level)) levels.add(level);
        this.#setFilter({ levels });
      },
      togglePlatform: () => {
        const hasPlatform = !this.#filter.hasPlatform;
        saveState({ hasPlatformLines: hasPlatform });
        this.#setFilter({ hasPlatform });
      },
      setText: (text: string) => this.#setFilter({ text }),
      focusRows: () => this.#list.focus(0),
    };
    this.#head = new LogHead(actions, resultTools(), [this.#whole.button, this.#whole.status]);
    this.#rows.id = 'log-rows';
    this.#rows.setAttribute('role', 'tree');
    setName(this.#rows, l10n.t('Log'));
    this.#list = new LogList(this.#rows, {
      row: (position) => logRow(this.#entryAt(position), this.#context, this.#isOpen(position)),
      isOpen: (position) => this.#isOpen(position),
      canOpen: (position) => this.#isOpen(position) || canExpand(this.#entryAt(position), this.#columns.count),
      setOpen: (position, isOpen) => {
        const index = this.#shown[position] ?? 0;
        if (isOpen) this.#open.add(index);
        else this.#open.delete(index);
      },
    });
    this.#rows.addEventListener('copy', (event) => this.#list.copy(event, (position) => this.#entryAt(position).raw));
    root.addEventListener('keydown', (event) => {
      if (!this.#rows.hidden) this.#head.openFilter(event);
    });
    this.#columns = new RowColumns(this.#rows, () => this.#list.refresh());
    root.replaceChildren(this.#head.element, this.#whole.notes, this.#rows, this.#empty, this.#columns.probe);
    this.clear();
  }

  /** Shows a log. The filters stay. */
  show(content: LogContent): void {
    this.#reset();
    // The whole log follows on its tail.
    if (content.kind !== 'whole') this.#frames = new Map();
    this.#content = content;
    this.#whole.show(content);
    if (content.kind === 'none') {
      this.#showHead();
      const { logGroup, logStreamName } = content.location ?? {};
      const where = [
        ...(logGroup === undefined ? [] : [l10n.t('Log group: {0}', logGroup)]),
        ...(logStreamName === undefined ? [] : [l10n.t('Log stream: {0}', logStreamName)]),
      ];
      this.#showEmpty(where.join('\n'));
      return;
    }
    this.#parsing = parseLog(content.text, isCut(content));
    this.#list.reset();
    this.#run(false);
  }

  /** Shows nothing. */
  clear(): void {
    this.#reset();
    this.#whole.show(undefined);
    this.#showHead();
    this.#showEmpty('');
  }

  /** Shows that the whole log is being read, or why it can't be. */
  showReadState(state: LogReadState): void {
    this.#whole.showReadState(state);
    this.#showHead();
  }

  /** Links the lines of stack traces whose files are in the workspace. */
  linkFrames(frames: readonly LogFrame[]): void {
    this.#frames = new Map(frames.map((frame) => [frame.text, frame]));
    if (frames.length > 0 && this.#open.size > 0) this.#list.refresh();
  }

  #reset(): void {
    this.#work?.stop();
    this.#content = undefined;
    this.#parsing = undefined;
    this.#entries = [];
    this.#levels = {};
    this.#platformCount = 0;
    this.#origin = undefined;
    this.#open.clear();
    this.#startFilter();
    this.#list.setCount(0);
  }

  #setFilter(change: Partial<LogFilter>): void {
    this.#filter = { ...this.#filter, ...change };
    if (this.#content === undefined || this.#content.kind === 'none') return;
    this.#startFilter();
    this.#list.setCount(0);
    this.#list.reset();
    this.#run(true);
  }

  #startFilter(): void {
    this.#shown = [];
    this.#filtered = 0;
  }

  #run(isAnnounced: boolean): void {
    this.#work?.stop();
    let shownAt = -Infinity;
    this.#work = runInSlices(this.#steps(), (isDone) => {
      // The first rows at once, and later ones less often: a layout takes longer than a slice.
      if (!isDone && performance.now() - shownAt < UPDATE_MS) return;
      shownAt = performance.now();
      this.#showHead();
      this.#list.setCount(this.#shown.length);
      if (!isDone) return;
      this.#showEmpty(this.#emptyText());
      if (isAnnounced) this.#head.announceCount();
    });
  }

  /** Compares the next entry with the filter, or parses another one. */
  *#steps(): Generator<void> {
    for (;;) {
      const entry = this.#entries[this.#filtered];
      if (entry !== undefined) {
        if (matchesFilter(entry, this.#filter)) this.#shown.push(this.#filtered);
        this.#filtered++;
      } else {
        const next = this.#parsing?.next();
        if (next === undefined || next.done === true) return;
        this.#count(next.value);
        this.#entries.push(next.value);
      }
      yield;
    }
  }

  #count(entry: LogEntry): void {
    if (isTimeOrigin(entry, this.#origin)) this.#origin = entry.epochMs;
    const level = filterLevel(entry);
    if (entry.kind === 'platform') this.#platformCount++;
    else if (level !== undefined) this.#levels[level] = (this.#levels[level] ?? 0) + 1;
  }

  #showHead(): void {
    const content = this.#content;
    const platform = this.#platformCount;
    const counts: LogCounts = {
      levels: this.#levels,
      messages: this.#entries.length - platform,
      platform,
      shown: this.#shown.length,
    };
    const state = this.#whole.state ?? (content === undefined ? '' : stateText(content));
    const hasText = content !== undefined && content.kind !== 'none';
    this.#rows.hidden = !hasText;
    const hasLevels = Object.keys(this.#levels).length > 0 || (this.#filter.hasPlatform && platform > 0);
    this.#rows.classList.toggle('without-times', this.#origin === undefined);
    this.#rows.classList.toggle('without-levels', !hasLevels);
    this.#head.show(hasText ? counts : undefined, this.#filter, state);
  }

  #emptyText(): string {
    if (this.#shown.length > 0) return '';
    const { text, levels, hasPlatform } = this.#filter;
    if (text !== '' || levels.size > 0) return l10n.t('No matching entries.');
    return hasPlatform && this.#platformCount > 0 ? '' : l10n.t('The function logged nothing.');
  }

  #showEmpty(text: string): void {
    setText(this.#empty, text);
    this.#empty.hidden = text === '';
    if (text !== '') this.#rows.hidden = true;
  }

  #entryAt(position: number): LogEntry {
    return this.#entries[this.#shown[position] ?? 0] ?? { kind: 'message', message: '', raw: '' };
  }

  #isOpen(position: number): boolean {
    return this.#open.has(this.#shown[position] ?? -1);
  }

  get #context(): Parameters<typeof logRow>[1] {
    return {
      origin: this.#origin,
      wanted: this.#filter.text,
      frames: this.#frames,
      columns: this.#columns.count,
      useJson: (text, isLocal) => post({ type: 'useLogJson', text, isLocal }),
    };
  }
}
