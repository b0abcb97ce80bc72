import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/**
 * APIs that show text, and the only files that may use them, which show untrusted text without links, icons and
 * invisible characters. The examples prove that the patterns match.
 */
const SINKS: readonly (readonly [example: string, pattern: RegExp, files: readonly string[]])[] = [
  ['window.showErrorMessage(text)', /\bshow(?:Information|Warning|Error)Message\b/, ['src/host/notify.ts']],
  ['window.showQuickPick(items)', /\bshow(?:QuickPick|InputBox)\b/, ['src/host/ui/ask.ts']],
  ['window.createQuickPick()', /\bcreate(?:QuickPick|InputBox)\b/, ['src/host/ui/choicePicker.ts']],
  ['interface Row extends vscode.QuickPickItem {', /\bQuickPickItem\b/, ['src/host/ui/choice.ts']],
  ['window.withProgress(options, task)', /\b(?:withProgress|withScmProgress)\b/, ['src/host/ui/progress.ts']],
  ['window.setStatusBarMessage(text)', /\bsetStatusBarMessage\b/, ['src/host/ui/progress.ts']],
  ['new vscode.TreeItem(label)', /\bnew (?:vscode\.)?TreeItem\b/, ['src/host/ui/labels.ts']],
  ['new vscode.CodeLens(range, command)', /\bnew (?:vscode\.)?CodeLens\b/, ['src/host/ui/labels.ts']],
  ['new vscode.Diagnostic(range, text)', /\bnew (?:vscode\.)?Diagnostic\b/, ['src/host/ui/labels.ts']],
  ['item.tooltip = text', /\.(?:text|tooltip|description|accessibilityInformation) = /, ['src/host/ui/labels.ts']],
  ['this.#panel.title = text', /\bpanel\.title = /i, ['src/host/ui/labels.ts']],
  ['new vscode.MarkdownString(text)', /\bMarkdownString\b/, []],
  ['new vscode.TestMessage(text)', /\bTestMessage(?:\.diff)?\(/, ['src/host/testing/testMessages.ts']],
  ['run.appendOutput(text)', /\bappendOutput\(/, ['src/host/testing/testRuns.ts']],
  ['new vscode.Hover(text)', /\bnew (?:vscode\.)?Hover\b/, []],
  ['view.message = text', /\bview\.(?:message|title|description|badge) = /, ['src/host/ui/labels.ts']],
  ['element.textContent = text', /\.(?:textContent|innerText|title) = /, ['webview/dom.ts']],
  ['element.setAttribute("title", text)', /\bsetAttribute\(['"](?:aria-\w*label|title|alt)['"]/, ['webview/dom.ts']],
  ['element.innerHTML = text', /\b(?:innerHTML|outerHTML|insertAdjacent\w+|document\.write)\b/, []],
];

/** The source files of a folder, except those that can't use the VS Code API. */
async function sources(folder: string): Promise<readonly (readonly [file: string, text: string])[]> {
  const paths = (await readdir(folder, { recursive: true })).map((path) => join(folder, path));
  const files = paths.filter((path) => path.endsWith('.ts') && !/^src\/(?:core|protocol|aws|local|cli)\//.test(path));
  return Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const));
}

const host = await sources('src');
const page = await sources('webview');

test.each(SINKS)('%s is only used in its file', (example, pattern, files) => {
  expect(example).toMatch(pattern);
  const isOfPage = example.startsWith('element.');
  const matches = (isOfPage ? page : host).filter(([, text]) => pattern.test(text)).map(([file]) => file);
  expect(matches).toEqual(files);
});

test('icons of quick picks, tree rows and lenses are never part of their text', () => {
  const iconFiles = ['src/host/ui/choice.ts', 'src/host/ui/labels.ts'];
  const matches = host.filter(([file, text]) => !iconFiles.includes(file) && /['"`]\$\([a-z-]+(?:~\w+)?\)/.test(text));
  expect(matches.map(([file]) => file)).toEqual([]);
});
