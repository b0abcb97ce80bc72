import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getL10nPseudoLocalized, type l10nJsonFormat } from '@vscode/l10n-dev';
import type { Page } from 'playwright-core';

/** The locale in which every translated text is accented, longer and in brackets: ⟦Ĩńvōōķḗ⟧. */
const PSEUDO_LOCALE = 'qps-ploc';

function pseudoLocalized(texts: l10nJsonFormat): Record<string, string> {
  const entries = Object.entries(getL10nPseudoLocalized(texts)).map(([key, text]) => {
    const localized = typeof text === 'string' ? text : text.message;
    return [key, `⟦${localized}⟧`] as const;
  });
  return Object.fromEntries(entries);
}

const json = async (path: string) => JSON.parse(await readFile(path, 'utf8')) as l10nJsonFormat;

/** Adds the pseudo-locale to the extension that is installed in this user data folder. */
export async function installPseudoLocale(userData: string): Promise<void> {
  const folder = join(userData, 'extensions');
  const [name] = (await readdir(folder)).filter((each) => each.startsWith('lambda-invoke'));
  const extension = join(folder, name ?? '');
  const bundle = pseudoLocalized(await json('l10n/bundle.l10n.json')); // the package doesn't have it
  await mkdir(join(extension, 'l10n'));
  await writeFile(join(extension, `l10n/bundle.l10n.${PSEUDO_LOCALE}.json`), JSON.stringify(bundle));
  const manifest = Object.entries(await json(join(extension, 'package.nls.json')));
  // Pseudo-localization would change the URLs of the links in welcome texts.
  const plain = manifest.filter(([, text]) => typeof text === 'string' && !text.includes('](command:'));
  const localized = { ...Object.fromEntries(manifest), ...pseudoLocalized(Object.fromEntries(plain)) };
  await writeFile(join(extension, `package.nls.${PSEUDO_LOCALE}.json`), JSON.stringify(localized));
}

/** Sets the display language of the page to the pseudo-locale. The texts of VS Code stay English. */
export async function usePseudoLocale(page: Page): Promise<void> {
  await page.context().addInitScript((locale) => {
    Object.assign(globalThis, { _VSCODE_NLS_LANGUAGE: locale });
  }, PSEUDO_LOCALE);
}
