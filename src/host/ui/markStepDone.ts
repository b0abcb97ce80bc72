import * as vscode from 'vscode';
import { STEPS_DONE } from '../contributions.ts';

/** Ticks a step of Get Started. VS Code remembers it. */
export function markStepDone(step: keyof typeof STEPS_DONE): void {
  void vscode.commands.executeCommand('setContext', STEPS_DONE[step], true);
}
