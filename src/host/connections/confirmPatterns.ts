import * as vscode from 'vscode';
import type { Connection, ConnectionView } from '../../core/connection/connection.ts';
import { effectiveProfile, patternsOf } from '../../core/connection/confirmPatterns.ts';
import { SETTINGS_SECTION } from '../contributions.ts';

/**
 * The patterns that require confirmation, from all settings levels. Neither a workspace nor the machine settings of a
 * dev container can remove patterns of the user.
 */
export function confirmPatterns(): string[] {
  const levels = vscode.workspace.getConfiguration(SETTINGS_SECTION).inspect<unknown>('confirm') ?? {};
  // VS Code returns levels that its types lack: user settings separately from remote machine settings.
  const values = Object.entries(levels).filter(([level]) => level.endsWith('Value'));
  return [...new Set(values.flatMap(([, value]) => patternsOf(value)))];
}

/** The profile that patterns are matched with, also if none was selected. */
export function profileNameOf(connection: Connection | ConnectionView): string {
  return effectiveProfile(connection, process.env);
}
