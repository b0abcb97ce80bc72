import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { getL10nJson, type l10nJsonFormat } from '@vscode/l10n-dev';
import { SENTENCES } from '../../src/core/messages/messages.ts';

/** The bundle for translators. VS Code looks for translations in the same folder. */
export const BUNDLE = 'l10n/bundle.l10n.json';

async function sources(folder: string): Promise<{ readonly extension: string; readonly contents: string }[]> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.ts')).toSorted();
  const files = await Promise.all(
    paths.map(async (path) => ({ extension: extname(path), contents: await readFile(join(folder, path), 'utf8') })),
  );
  return files.filter(({ contents }) => contents.includes('l10n')); // parsing is slow
}

/** The texts of the form's page: `%Function name or ARN%`. */
async function pageTexts(): Promise<string[]> {
  const html = await readFile('webview/form.html', 'utf8');
  return [...html.matchAll(/%([^%\n]+)%/g)].map(([, text = '']) => text);
}

/** Every text that VS Code or the form translates: the `l10n.t` calls, the message table and the form's page. */
export async function localizedTexts(): Promise<l10nJsonFormat> {
  const calls = await getL10nJson([...(await sources('src')), ...(await sources('webview'))]);
  const texts = [...Object.values(SENTENCES), ...(await pageTexts())].map((text) => [text, text] as const);
  const entries = [...Object.entries(calls), ...texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries);
}
