import * as vscode from 'vscode';
import { presetsConfirm } from '../../core/presets/presetsConfirm.ts';
import { readWorkspaceFile } from '../files/readWorkspaceFile.ts';
import { confirmPatterns } from './confirmPatterns.ts';

/** The presets file of a folder. A module with more than its path would load with the window. */
const PRESETS_PATH = '.vscode/lambda-invoke.json';

/** Larger presets files aren't read. In bytes. */
const MAX_BYTES = 10_000_000;

/**
 * The patterns that require confirmation: those of the settings, and `confirm` in the saved presets files of the
 * workspace. Also in an untrusted workspace, which can only add patterns.
 */
export function createAllConfirmPatterns(): () => Promise<string[]> {
  /** By URI. The stamp changes with the file. */
  const cached = new Map<string, { readonly stamp: string; readonly patterns: readonly string[] }>();

  async function patternsIn({ uri: folder }: vscode.WorkspaceFolder): Promise<readonly string[]> {
    const uri = vscode.Uri.joinPath(folder, PRESETS_PATH);
    const key = uri.toString();
    try {
      const { mtime, size } = await vscode.workspace.fs.stat(uri);
      const stamp = `${mtime} ${size}`;
      const known = cached.get(key);
      if (known?.stamp === stamp) return known.patterns;
      const patterns = presetsConfirm(new TextDecoder().decode(await readWorkspaceFile(uri, MAX_BYTES)));
      cached.set(key, { stamp, patterns });
      return patterns;
    } catch (error) {
      const isMissing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      if (isMissing) cached.delete(key);
      // A file that can't be read now still protects what it protected before.
      return cached.get(key)?.patterns ?? [];
    }
  }

  return async () => {
    const ofFiles = await Promise.all((vscode.workspace.workspaceFolders ?? []).map(patternsIn));
    return [...new Set([...confirmPatterns(), ...ofFiles.flat()])];
  };
}

/** Calls `onDidChange` when a presets file of the workspace is saved, created, or deleted. */
export function watchPresetsFiles(onDidChange: () => void): vscode.Disposable {
  const watcher = vscode.workspace.createFileSystemWatcher(`**/${PRESETS_PATH}`);
  const events = [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete];
  return vscode.Disposable.from(watcher, ...events.map((event) => event(onDidChange)));
}
