import * as vscode from 'vscode';
import type { FunctionSummary } from '../../core/functions/functionFacts.ts';
import { createChoice } from '../ui/ask.ts';
import { reasonOf } from '../ui/reasonOf.ts';
import { browseItems, STAR, UNSTAR, type BrowseItem } from './functionItems.ts';

/**
 * The first page is shown immediately. Later updates are increasingly rare, because setting thousands of rows blocks
 * the window.
 */
const SHOW_EVERY_MS = 250;
const SHOW_AT_LEAST_MS = 2000;

export interface BrowseOptions {
  readonly title: string;
  /** Called with the functions so far after each page. Rejects with InvokeError. */
  readonly read: (signal: AbortSignal, onChange: (functions: readonly FunctionSummary[]) => void) => Promise<void>;
  /** Closes the quick pick. */
  readonly closed: AbortSignal;
  /** Clears the cache. */
  readonly refresh: () => void;
  readonly recents: readonly string[];
  readonly favourites: () => readonly string[];
  readonly toggleFavourite: (name: string) => Promise<void>;
  readonly workspace: Promise<readonly BrowseItem[]>;
}

/** The selection: a row, or a typed name. */
export type Browsed = Pick<BrowseItem, 'FunctionName' | 'fn'>;

/**
 * Prompts for a function. Rows are added as pages arrive, and typing filters them by name, runtime and description. Any
 * other name can be typed too, which also works without the permission to list functions.
 */
export async function browseFunctions(options: BrowseOptions): Promise<Browsed | undefined> {
  const { read, recents, favourites, toggleFavourite, refresh } = options;
  const picker = createChoice<BrowseItem>(options.title);
  const refreshButton = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh') };
  picker.placeholder = vscode.l10n.t('Select a function, or enter a name or ARN');
  picker.matchOnDescription = true;
  picker.keepScrollPosition = true;
  picker.buttons = [refreshButton];
  let functions: readonly FunctionSummary[] = [];
  let workspace: readonly BrowseItem[] = [];
  let notices: string[] = [];
  let reading = new AbortController();
  let shownAt = 0;
  let every = 0;
  let soon: NodeJS.Timeout | undefined;

  // The label doesn't contain the typed text, because VS Code would sort it before matching descriptions.
  const asTyped: BrowseItem = { icon: 'edit', label: vscode.l10n.t('Use entered name or ARN'), alwaysShow: true };

  let isReading = false;
  let isDone = false;
  const isComplete = () => (notices.length > 0 ? undefined : !isReading);

  function showNow(): void {
    clearTimeout(soon);
    if (isDone) return;
    shownAt = performance.now();
    every = Math.min(SHOW_AT_LEAST_MS, every * 2);
    const all = browseItems({ favourites: favourites(), recents, workspace, functions, isComplete: isComplete() });
    const warnings = notices.map((label) => ({ icon: 'warning' as const, label }));
    const rows: readonly BrowseItem[] = [...warnings, ...all, asTyped];
    // The quick pick filters, so typing doesn't need to set the rows.
    picker.setRows(rows, ([active]) => {
      const wasChosen = active !== undefined && active !== picker.items.find(({ kind }) => kind === undefined);
      const again = rows.find(({ label, kind }) => kind === undefined && label === active?.label);
      return wasChosen && again !== undefined ? [again] : undefined;
    });
    const count = functions.length.toLocaleString('en-US');
    picker.title = functions.length === 0 ? options.title : `${options.title} (${count}${isReading ? '…' : ''})`;
  }

  function show(): void {
    clearTimeout(soon);
    const wait = shownAt + every - performance.now();
    if (wait <= 0) showNow();
    else soon = setTimeout(showNow, wait);
  }

  const workspaceListed = options.workspace.then(
    (items) => {
      workspace = items;
      show();
    },
    () => undefined, // show the other functions if those of the workspace can't be listed
  );

  function start(): void {
    reading.abort();
    reading = new AbortController();
    const { signal } = reading;
    isReading = true;
    picker.busy = true;
    notices = [];
    every = 0;
    const changed = (found: readonly FunctionSummary[]) => {
      if (signal.aborted) return;
      functions = found;
      show();
      if (every === 0) every = SHOW_EVERY_MS;
    };
    const ended = (problem: string | undefined) => {
      if (signal.aborted) return;
      isReading = false;
      notices = problem === undefined ? [] : [problem];
      showNow();
      void picker.rowsShown.then(() => {
        if (!isReading && !isDone) picker.busy = false;
      });
    };
    Promise.all([read(signal, changed), workspaceListed]).then(
      () => ended(undefined),
      (error: unknown) => ended(reasonOf(error)),
    );
  }

  const picked = new Promise<Browsed | undefined>((resolve) => {
    picker.onDidTriggerButton(() => {
      refresh();
      start();
    });
    picker.onDidTriggerItemButton(({ item, button }) => {
      if ((button !== STAR && button !== UNSTAR) || item.FunctionName === undefined) return;
      void toggleFavourite(item.FunctionName).then(showNow);
    });
    picker.onDidAccept((item) => {
      const typed = picker.value.trim();
      const isName = item?.FunctionName !== undefined || item?.fn !== undefined;
      if (!isName && typed === '') return; // an informational row
      resolve(isName ? item : { FunctionName: typed });
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      isDone = true;
      clearTimeout(soon);
      reading.abort();
      picker.dispose();
    });
  });
  if (options.closed.aborted) {
    picker.dispose();
    return undefined;
  }
  const hide = () => picker.hide();
  options.closed.addEventListener('abort', hide, { once: true });
  showNow();
  picker.show();
  start();
  return picked.finally(() => options.closed.removeEventListener('abort', hide));
}
