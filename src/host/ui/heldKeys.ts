import * as vscode from 'vscode';
import { showBriefly } from './progress.ts';

/** A held key repeats, the first time after up to a second. Shorter pauses belong to the same key press. */
const HELD_KEY_MS = 1500;

/** Returns a function that receives what each key press runs, and returns whether the key is held, because one press invokes once. */
export function createHeldKeys(): (rows: string) => boolean {
  let last = { rows: '', at: -Infinity };
  return (rows) => {
    const now = performance.now();
    const isHeld = rows === last.rows && now - last.at < HELD_KEY_MS;
    last = { rows, at: now };
    if (isHeld) showBriefly(vscode.l10n.t('Holding the key down invokes only once.'));
    return isHeld;
  };
}
