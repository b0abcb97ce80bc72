import { createChoice } from './ask.ts';
import type { Choice } from './choice.ts';

/** Shows all rows so far. `isComplete`: no more rows before the first one will be added. */
type ShowRows<Item extends Choice> = (rows: readonly Item[], isComplete: boolean) => void;

interface GrowingQuestion<Item extends Choice> {
  readonly title: string;
  readonly placeholder: string;
  /** Finds rows and shows them as they are found. The same row must be the same object. */
  readonly find: (show: ShowRows<Item>) => Promise<void>;
}

/**
 * Prompts for a row while rows are still loading. The active row stays active when rows are added, so that Enter never
 * accepts a row that has just moved. `none`: there are no rows.
 */
export async function askGrowingChoice<Item extends Choice>({
  title,
  placeholder,
  find,
}: GrowingQuestion<Item>): Promise<Item | 'none' | undefined> {
  const picker = createChoice<Item>(title);
  picker.placeholder = placeholder;
  picker.matchOnDescription = true;
  picker.busy = true;
  let isOpen = true;
  let count = 0;

  function show(rows: readonly Item[], isComplete: boolean): void {
    if (!isOpen) return;
    count = rows.length;
    picker.setRows(rows, (active) => (active.length > 0 || !isComplete ? active : undefined));
  }

  const answer = new Promise<Item | undefined>((resolve) => {
    picker.onDidAccept((item) => {
      if (item === undefined) return; // no row is active yet
      resolve(item);
      picker.hide();
    });
    picker.onDidHide(() => {
      isOpen = false;
      resolve(undefined);
      picker.dispose();
    });
  });
  async function findAll(): Promise<Item | 'none' | undefined> {
    await find(show);
    await picker.rowsShown;
    // A filter that was typed while rows were added can leave no row active. New items activate the first match.
    if (isOpen && picker.activeItems.length === 0) picker.setRows(picker.items);
    await picker.rowsShown;
    if (isOpen) picker.busy = false;
    return count === 0 ? 'none' : answer;
  }
  const found = findAll();
  // With its first rows: VS Code reports which of them is active only for rows that it has shown.
  picker.show();
  return Promise.race([answer, found]).finally(() => {
    if (isOpen) picker.hide();
  });
}
