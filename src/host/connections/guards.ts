import * as vscode from 'vscode';
import type { Connection, ConnectionView } from '../../core/connection.ts';
import { environmentProfile } from '../../core/connection/awsEnvironment.ts';
import { SETTINGS_SECTION } from '../contributions.ts';

/**
 * The patterns that ask before an invocation: those of the user and those of the workspace together. A workspace can ask
 * for more questions, never for fewer.
 */
export function guards(): string[] {
  const found = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<string[]>('confirm');
  const levels = [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue];
  return [...new Set(levels.flatMap((patterns) => (Array.isArray(patterns) ? patterns : [])))].filter(
    (pattern) => typeof pattern === 'string' && pattern !== '',
  );
}

/** The profile that patterns are held against, also where nobody chose it. */
export function profileNameOf(connection: Connection | ConnectionView): string {
  if (connection.kind === 'local') return 'Local';
  return connection.profile ?? environmentProfile(process.env) ?? 'default';
}
