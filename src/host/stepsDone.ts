import * as vscode from 'vscode';
import { STEPS_DONE } from './contributions.ts';

const told = new Set<string>();

/** Ticks a step of Get Started; VS Code remembers it, and is told once in a window. */
export function tellDone(step: keyof typeof STEPS_DONE): void {
  const key = STEPS_DONE[step];
  if (told.has(key)) return;
  told.add(key);
  void vscode.commands.executeCommand('setContext', key, true);
}
