import * as vscode from 'vscode';
import { STEPS_DONE } from '../contributions.ts';

/** Ticks steps of Get Started. VS Code remembers them; it is told of each once. */
export function createMarkStepDone() {
  const told = new Set<keyof typeof STEPS_DONE>();
  return (step: keyof typeof STEPS_DONE): void => {
    if (told.has(step)) return;
    told.add(step);
    void vscode.commands.executeCommand('setContext', STEPS_DONE[step], true);
  };
}
