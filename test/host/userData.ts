import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shortTmpdir } from './shortTmpdir.ts';

/** Settings without welcome pages, telemetry and updates, and with dialogs that a test can see. */
export const QUIET: Readonly<Record<string, unknown>> = {
  'workbench.startupEditor': 'none',
  'workbench.welcomePage.experimentalOnboarding': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'chat.disableAIFeatures': true,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'update.showReleaseNotes': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'files.simpleDialog.enable': true,
  'files.autoSave': 'off',
  'window.dialogStyle': 'custom',
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  'editor.minimap.enabled': false,
  // It would run npm.
  'typescript.disableAutomaticTypeAcquisition': true,
};

/** Creates a user data folder with settings. Its path is short enough for the sockets in it. */
export async function createUserData(settings: Readonly<Record<string, unknown>> = QUIET): Promise<string> {
  const folder = await mkdtemp(join(shortTmpdir(), 'li-'));
  for (const name of ['User', 'Machine', 'tmp', 'extensions']) await mkdir(join(folder, name));
  await writeFile(join(folder, 'User/settings.json'), JSON.stringify(settings, undefined, 2));
  await writeFile(join(folder, 'code-server.yaml'), 'cert: false\n');
  return folder;
}
