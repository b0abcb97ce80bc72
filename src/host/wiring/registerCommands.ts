import * as vscode from 'vscode';
import { COMMANDS } from '../contributions.ts';

type Run = (name: keyof typeof COMMANDS, args: readonly unknown[]) => Promise<unknown>;

/** Registers all commands. */
export function registerCommands(run: Run): vscode.Disposable {
  const entries = Object.entries(COMMANDS) as [keyof typeof COMMANDS, string][];
  return vscode.Disposable.from(
    ...entries.map(([name, id]) => vscode.commands.registerCommand(id, async (...args: unknown[]) => run(name, args))),
  );
}
