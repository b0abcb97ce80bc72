import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUNDLE, localizedTexts } from '../../support/localizedTexts.ts';

const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));

test('the bundle for translators is up to date (npm run l10n)', { timeout: 120_000 }, async () => {
  expect(await json(BUNDLE)).toEqual(await localizedTexts());
});

test('VS Code finds translations, and the package doesn’t contain the bundle that only translators use', async () => {
  expect(await json('package.json')).toMatchObject({ l10n: './l10n' });
  expect(await readdir('l10n')).toEqual(['bundle.l10n.json']);
  expect(await readFile('.vscodeignore', 'utf8')).not.toContain('l10n');
});

test('package.nls.json has exactly the keys that package.json uses', async () => {
  const manifest = await readFile('package.json', 'utf8');
  const used = [...manifest.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key);
  expect([...new Set(used)].toSorted()).toEqual(Object.keys((await json('package.nls.json')) as object).toSorted());
});

test('a translated text is a literal, so that it can be extracted', async () => {
  // The texts in these files are extracted from tables and the form's page.
  const forwarding = ['src/host/ui/pageHtml.ts', 'src/host/ui/localize.ts', 'src/host/ui/verdictText.ts'];
  const paths = (await readdir('src', { recursive: true })).map((path) => join('src', path));
  const files = paths.filter((path) => path.endsWith('.ts') && !forwarding.includes(path));
  const texts = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const));
  const found = texts.filter(([, text]) => /\bl10n\.t\(\s*[^'"`{\s)]/.test(text)).map(([file]) => file);
  expect(found).toEqual([]);
});
