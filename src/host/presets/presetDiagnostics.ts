import * as vscode from 'vscode';
import { checkPresetsFile, type FileProblem } from '../../core/presets/presetsCheck.ts';
import { createDiagnostic } from '../ui/labels.ts';
import { sentence } from '../ui/localize.ts';
import { reportErrors } from '../ui/reportErrors.ts';
import type { PresetFiles } from './presetFiles.ts';
import { findTestFileProblems, testFileFix, type TestFileProblem } from './testFileProblems.ts';

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

function toFileDiagnostic(
  document: vscode.TextDocument,
  { reference: { start, end, kind }, reason, isMissing }: TestFileProblem,
): vscode.Diagnostic {
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const { Error: error, Information, Warning } = vscode.DiagnosticSeverity;
  const severity = isMissing ? (kind === 'snapshot' ? Information : Warning) : error;
  const diagnostic = createDiagnostic(range, sentence(reason), severity);
  diagnostic.source = SOURCE;
  return diagnostic;
}

/** Diagnostics of presets files: unknown keys, incomplete presets, invalid variables, missing files of tests. */
export class PresetDiagnostics implements vscode.Disposable {
  readonly #files: Pick<PresetFiles, 'isPresetsFile' | 'storeOf'>;
  /** The missing files of tests, by the version of the document that they were looked for. */
  readonly #missing = new WeakMap<
    vscode.TextDocument,
    { readonly version: number; readonly problems: TestFileProblem[] }
  >();
  readonly #collection = vscode.languages.createDiagnosticCollection('lambdaInvoke');
  readonly #subscriptions: vscode.Disposable[];
  #checking: NodeJS.Timeout | undefined;

  constructor(files: Pick<PresetFiles, 'isPresetsFile' | 'storeOf'>) {
    this.#files = files;
    this.#subscriptions = [
      this.#collection,
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
      vscode.workspace.onDidSaveTextDocument(() => this.#checkAll()),
      vscode.workspace.onDidCreateFiles(() => this.#checkAll()),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#check(editor.document)),
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
    const store = this.#files.storeOf(document.uri);
    if (store === undefined) return;
    this.#show(document);
    const { version } = document;
    const text = document.getText();
    if (!/"(?:snapshot|cases)"/.test(text) && !this.#missing.has(document)) return;
    reportErrors(
      findTestFileProblems(text, store).then((problems) => {
        if (document.version !== version || document.isClosed) return;
        this.#missing.set(document, { version, problems });
        this.#show(document);
      }),
    );
  }

  #missingNow(document: vscode.TextDocument): readonly TestFileProblem[] {
    const missing = this.#missing.get(document);
    return missing?.version === document.version ? missing.problems : [];
  }

  #show(document: vscode.TextDocument): void {
    const problems = checkPresetsFile(document.getText()).map((problem) => toDiagnostic(document, problem));
    const missing = this.#missingNow(document).map((problem) => toFileDiagnostic(document, problem));
    this.#collection.set(document.uri, [...problems, ...missing]);
  }

  /** Quick fixes: the most similar key, a corrected value, and missing files. */
  fixes(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const store = this.#files.storeOf(document.uri);
    const ofFiles = this.#missingNow(document).flatMap((problem) => {
      const diagnostic = toFileDiagnostic(document, problem);
      const isHere = store !== undefined && problem.isMissing && diagnostic.range.intersection(range) !== undefined;
      if (!isHere) return [];
      const action = testFileFix(problem.reference, store);
      action.diagnostics = [diagnostic];
      action.isPreferred = true;
      return [action];
    });
    return [...replacements(document, range), ...ofFiles];
  }
}

/** Quick fixes that replace the range of a problem. */
function replacements(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
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
