import * as vscode from 'vscode';
import type { Connection, ConnectionView } from '../../core/connection/connection.ts';
import { environmentProfile } from '../../core/connection/awsEnvironment.ts';
import { SETTINGS_SECTION } from '../contributions.ts';

/** The patterns of one level: a list, or the one text that somebody wrote instead of a list. */
function patternsOf(value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((pattern) => typeof pattern === 'string').filter((pattern) => pattern.trim() !== '');
}

/**
 * The patterns that ask before an invocation: those of all levels together. Neither a workspace nor the machine settings
 * that a dev container brings can take the user's patterns away.
 */
export function confirmPatterns(): string[] {
  const levels = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<unknown>('confirm') ?? {};
  // VS Code names more levels than its types do: the user's own settings beside those of a remote machine.
  const values = Object.entries(levels).filter(([level]) => level.endsWith('Value'));
  return [...new Set(values.flatMap(([, value]) => patternsOf(value)))];
}

/** The profile that patterns are matched against, also where none was selected. */
export function profileNameOf(connection: Connection | ConnectionView): string {
  if (connection.kind === 'local') return 'Local';
  return connection.profile ?? environmentProfile(process.env) ?? 'default';
}
