import * as vscode from 'vscode';
import { lazyHandlers, type Feature } from '../wiring/feature.ts';
import type { Services } from '../wiring/services.ts';
import { disposeLoaded } from '../ui/disposeLoaded.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { Presets } from './commands.ts';

const NAMES = [
  'invokePreset',
  'runPreset',
  'debugPreset',
  'openPresetInForm',
  'clickPreset',
  'openPresetInFile',
  'copyPresetAs',
  'invokePresetOnTwoTargets',
  'renamePreset',
  'duplicatePreset',
  'deletePreset',
  'movePresetToStore',
  'setPresetGroup',
  'movePresetUp',
  'movePresetDown',
  'openUserPresets',
  'openWorkspacePresets',
] as const;

interface PresetsFeature extends Feature<(typeof NAMES)[number]> {
  /** Providers for the view, the lenses and the quick fixes. */
  readonly presets: () => Promise<Presets>;
}

/** Presets. Diagnostics start when a presets file is opened. */
export function createPresets({ presets }: Pick<Services, 'presets'>): PresetsFeature {
  const check = ({ uri }: vscode.TextDocument) => {
    if (presets.current === undefined && uri.path.endsWith('/lambda-invoke.json')) reportErrors(presets());
  };
  for (const document of vscode.workspace.textDocuments) check(document);
  const owned = vscode.Disposable.from(disposeLoaded(presets), vscode.workspace.onDidOpenTextDocument(check));
  return { handlers: lazyHandlers(NAMES, presets), presets, dispose: () => owned.dispose() };
}
