import * as vscode from 'vscode';
import { ROW_COMMANDS } from '../contributions.ts';

/** Runs a command by its ID. */
type Run = (id: string, args: readonly unknown[]) => Promise<unknown>;

/** The used part of package.json. A test compares it with the handlers. */
interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** Registers the commands of package.json, and those of rows. */
export function registerCommands(
  { packageJSON }: Pick<vscode.Extension<unknown>, 'packageJSON'>,
  run: Run,
): vscode.Disposable {
  const { commands } = (packageJSON as Manifest).contributes;
  const ids = [...commands.map(({ command }) => command), ...Object.values(ROW_COMMANDS)];
  return vscode.Disposable.from(
    ...ids.map((id) => vscode.commands.registerCommand(id, async (...args: unknown[]) => run(id, args))),
  );
}
