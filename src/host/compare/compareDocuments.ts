import * as vscode from 'vscode';
import { COMPARE_SCHEME } from '../contributions.ts';

export interface CompareDocuments extends vscode.Disposable {
  /** Reads a document again. */
  refresh(uri: vscode.Uri): void;
}

/** Registers the read-only documents of comparisons. VS Code requests them again after a reload. */
export function createCompareDocuments(provide: (uri: vscode.Uri) => Promise<string>): CompareDocuments {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = { onDidChange: changed.event, provideTextDocumentContent: provide };
  const registration = vscode.workspace.registerTextDocumentContentProvider(COMPARE_SCHEME, provider);
  return {
    refresh: (uri) => changed.fire(uri),
    dispose: () => vscode.Disposable.from(registration, changed).dispose(),
  };
}
