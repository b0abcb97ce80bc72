import * as vscode from 'vscode';
import { DOUBLE_CLICK_MS } from './buttonClicks.ts';

/**
 * VS Code runs the command of a row with a click, and once more with a double click. Returns a function that receives
 * the row of each run, and returns whether it should open: with a double click, or with a setting that makes VS Code
 * itself wait for one.
 */
export function createRowClicks(now = () => performance.now()): (row: string) => boolean {
  let last = { row: '', at: -Infinity };
  return (row) => {
    const isDouble = last.row === row && now() - last.at < DOUBLE_CLICK_MS;
    last = isDouble ? { row: '', at: -Infinity } : { row, at: now() };
    return isDouble || vscode.workspace.getConfiguration('workbench.list').get('openMode') === 'doubleClick';
  };
}
