// npm run l10n: writes the bundle for translators.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BUNDLE, localizedTexts } from '../support/localizedTexts.ts';

const texts = await localizedTexts();
await mkdir(dirname(BUNDLE), { recursive: true });
await writeFile(BUNDLE, `${JSON.stringify(texts, undefined, 2)}\n`);
console.log(`${BUNDLE}: ${Object.keys(texts).length} texts`);
