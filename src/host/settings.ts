import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from './contributions.ts';

type Settings = typeof SETTINGS;

/** The current value of a setting. Read settings when they are used, so that changes apply immediately. */
export function setting<Key extends keyof Settings>(key: Key): Settings[Key] {
  return vscode.workspace.getConfiguration(SETTINGS_SECTION).get<Settings[Key]>(key, SETTINGS[key]);
}
