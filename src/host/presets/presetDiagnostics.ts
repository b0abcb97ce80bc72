import * as vscode from 'vscode';
import { checkPresetsFile, type FileProblem } from '../../core/presets/presetsCheck.ts';
import { createDiagnostic } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';
import type { PresetFiles } from './presetFiles.ts';

const SOURCE = 'Lambda Invoke';
const TYPING_MS = 150;

function toDiagnostic(
  document: vscode.TextDocument,
  { start, end, severity, message }: FileProblem,
): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const { Error: error, Warning } = vscode.DiagnosticSeverity;
  const diagnostic = createDiagnostic(range, sentence(message), severity === 'error' ? error : Warning);
  diagnostic.source = SOURCE;
  return diagnostic;
}

/** Diagnostics of presets files: unknown keys, incomplete presets, invalid variables. */
export class PresetDiagnostics implements vscode.Disposable {
  readonly #files: Pick<PresetFiles, 'isPresetsFile'>;
  readonly #collection = vscode.languages.createDiagnosticCollection('lambdaInvoke');
  readonly #subscriptions: vscode.Disposable[];
  #checking: NodeJS.Timeout | undefined;

  constructor(files: Pick<PresetFiles, 'isPresetsFile'>) {
    this.#files = files;
    this.#subscriptions = [
      this.#collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#collection.delete(uri)),
    ];
    this.#checkAll();
  }

  dispose(): void {
    clearTimeout(this.#checking);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Debounces keystrokes. */
  #checkSoon(document: vscode.TextDocument): void {
    if (!this.#files.isPresetsFile(document.uri)) return;
    clearTimeout(this.#checking);
    this.#checking = setTimeout(() => this.#checkAll(), TYPING_MS);
  }

  #checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#check(document);
  }

  #check(document: vscode.TextDocument): void {
    if (!this.#files.isPresetsFile(document.uri)) return;
    const problems = checkPresetsFile(document.getText());
    this.#collection.set(
      document.uri,
      problems.map((problem) => toDiagnostic(document, problem)),
    );
  }
}

/** Quick fixes that suggest the most similar key. */
export function presetFixes(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
  return checkPresetsFile(document.getText()).flatMap((problem) => {
    const diagnostic = toDiagnostic(document, problem);
    const { replacement } = problem;
    if (replacement === undefined || diagnostic.range.intersection(range) === undefined) return [];
    const action = new vscode.CodeAction(vscode.l10n.t('Change to {0}', replacement), vscode.CodeActionKind.QuickFix);
    action.edit = new vscode.WorkspaceEdit();
    action.edit.replace(document.uri, diagnostic.range, replacement);
    action.diagnostics = [diagnostic];
    action.isPreferred = true;
    return [action];
  });
}
