import * as vscode from 'vscode';
import { COMMANDS, ROW_COMMANDS } from '../contributions.ts';
import type { Handlers } from './feature.ts';

type Run = (name: keyof Handlers, args: readonly unknown[]) => Promise<unknown>;

/** Registers all commands. */
export function registerCommands(run: Run): vscode.Disposable {
  const entries = Object.entries({ ...COMMANDS, ...ROW_COMMANDS }) as [keyof Handlers, string][];
  return vscode.Disposable.from(
    ...entries.map(([name, id]) => vscode.commands.registerCommand(id, async (...args: unknown[]) => run(name, args))),
  );
}
