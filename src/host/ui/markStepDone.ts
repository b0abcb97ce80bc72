import * as vscode from 'vscode';
import { STEPS_DONE } from '../contributions.ts';

/** Completes a step of Get Started, which VS Code stores. */
export function markStepDone(step: keyof typeof STEPS_DONE): void {
  void vscode.commands.executeCommand('setContext', STEPS_DONE[step], true);
}
