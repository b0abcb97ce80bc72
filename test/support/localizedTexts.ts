import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getL10nJson, type IScriptFile, type l10nJsonFormat } from '@vscode/l10n-dev';
import { SENTENCES } from '../../src/core/messages/messages.ts';
import { VERDICT_WORDS } from '../../src/core/messages/verdictWords.ts';

/** The bundle for translators. VS Code looks for translations in the same folder. */
export const BUNDLE = 'l10n/bundle.l10n.json';

/** The code of a folder as one script with one import of the library: every import would be searched for separately. */
async function script(folder: string, importLine: string): Promise<IScriptFile> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.ts')).toSorted();
  const files = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  const calling = files.filter((contents) => contents.includes('l10n.t('));
  return {
    extension: '.ts',
    contents: [importLine, ...calling.map((contents) => contents.replace(importLine, ''))].join('\n'),
  };
}

/** The pages of the window. */
export const PAGES = ['webview/form.html', 'webview/follow/following.html'];

/** The texts of the pages: `%Function name or ARN%`. */
async function pageTexts(): Promise<string[]> {
  const html = (await Promise.all(PAGES.map((path) => readFile(path, 'utf8')))).join('');
  return [...html.matchAll(/%([^%\n]+)%/g)].map(([, text = '']) => text);
}

/**
 * Every text that VS Code or the form translates: the `l10n.t` calls, the message table, the verdicts and the
 * pages.
 */
export async function localizedTexts(): Promise<l10nJsonFormat> {
  const calls = await getL10nJson([
    await script('src', "import * as vscode from 'vscode';"),
    await script('webview', "import * as l10n from '@vscode/l10n';"),
  ]);
  const tables = [...Object.values(SENTENCES), ...Object.values(VERDICT_WORDS)];
  const texts = [...tables, ...(await pageTexts())].map((text) => [text, text] as const);
  const entries = [...Object.entries(calls), ...texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
