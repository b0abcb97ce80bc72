import { sep } from 'node:path';
import * as vscode from 'vscode';
import { hasSourceFile, isSourceFile, sourceKind } from './sourceFiles.ts';

/** Files on which functions can depend. */
const WATCHED =
  '**/{*.yaml,*.yml,*.json,*.template,samconfig.toml,.env,.env.*,serverless.ts,serverless.js,serverless.mjs,serverless.cjs,serverless.mts,serverless.cts}';

/** Combines changes that follow each other, such as those of a build or a checkout. In milliseconds. */
const DEBOUNCE_MS = 50;

/** After more changes than this, such as those of a checkout or an installation, everything is listed again. */
const MAX_CHANGED = 200;

/** The files of the workspace that define functions. */
export interface FunctionSources extends vscode.Disposable {
  /** Whether a file can define functions. */
  readonly exist: () => Promise<boolean>;
  /** Sets the files that the last list depends on. */
  readonly setFiles: (paths: readonly string[]) => void;
  /** Discards all state, because everything may have changed. */
  readonly invalidate: () => void;
}

/** Watches the files that define functions. Loaded when functions are first listed. */
export function createFunctionSources(onDidChange: () => void): FunctionSources {
  let hasSource: Promise<boolean> | undefined;
  let files: ReadonlySet<string> = new Set();
  const changed = new Map<string, vscode.Uri>();
  let timer: NodeJS.Timeout | undefined;

  function invalidate(): void {
    hasSource = undefined;
    onDidChange();
  }

  /** Reports relevant changes. Most changed files in a project don't affect functions. */
  async function checkChanged(): Promise<void> {
    timer = undefined;
    const uris = [...changed.values()];
    changed.clear();
    const isRelevant =
      uris.length > MAX_CHANGED ||
      uris.some(({ fsPath }) => files.has(fsPath)) ||
      (await Promise.all(uris.map(isSourceFile))).includes(true);
    if (isRelevant) invalidate();
  }

  function add(uri: vscode.Uri): void {
    if (!files.has(uri.fsPath) && sourceKind(uri) === undefined) return;
    changed.set(uri.toString(), uri);
    timer ??= setTimeout(() => void checkChanged(), DEBOUNCE_MS);
  }

  const watcher = vscode.workspace.createFileSystemWatcher(WATCHED);
  // When a folder is removed or moved, VS Code doesn't report its files.
  const removals = vscode.workspace.createFileSystemWatcher('**', true, true, false);
  const owned = vscode.Disposable.from(
    watcher,
    watcher.onDidChange(add),
    watcher.onDidCreate(add),
    watcher.onDidDelete(add),
    removals,
    removals.onDidDelete(({ fsPath }) => {
      if ([...files].some((path) => path.startsWith(`${fsPath}${sep}`))) invalidate();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(invalidate),
  );
  return {
    exist: () => (hasSource ??= hasSourceFile()),
    setFiles: (paths) => {
      files = new Set(paths);
    },
    invalidate,
    dispose() {
      clearTimeout(timer);
      owned.dispose();
    },
  };
}
