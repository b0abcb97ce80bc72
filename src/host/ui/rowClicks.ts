import * as vscode from 'vscode';

/** Longer pauses are two clicks. Systems use 500 ms, and the events arrive later on a busy machine. */
const DOUBLE_CLICK_MS = 600;

/** Returns a function that receives what each click is for, and returns whether it's the second of a double click. */
export function createDoubleClicks(now = () => performance.now()): (row: string) => boolean {
  let last = { row: '', at: -Infinity };
  return (row) => {
    const isDouble = last.row === row && now() - last.at < DOUBLE_CLICK_MS;
    last = isDouble ? { row: '', at: -Infinity } : { row, at: now() };
    return isDouble;
  };
}

/**
 * VS Code runs the command of a row with a click, and once more with a double click. Returns a function that receives
 * the row of each run, and returns whether it should open: with a double click, or with a setting that makes VS Code
 * itself wait for one.
 */
export function createRowClicks(now?: () => number): (row: string) => boolean {
  const isDoubleClick = createDoubleClicks(now);
  return (row) =>
    isDoubleClick(row) || vscode.workspace.getConfiguration('workbench.list').get('openMode') === 'doubleClick';
}
