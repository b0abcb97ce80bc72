import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const paths = (await readdir('src', { recursive: true })).map((path) => join('src', path));
const files = paths.filter((path) => path.endsWith('.ts') && /^src\/(?:host|app|protocol|[^/]+$)/.test(path));
const sources = await Promise.all(files.map(async (file) => [file, await readFile(file, 'utf8')] as const));

const filesWith = (pattern: RegExp) => sources.filter(([, text]) => pattern.test(text)).map(([file]) => file);

test('one function registers every command', () => {
  expect(filesWith(/\bregister(?:TextEditor)?Command\b/)).toEqual(['src/host/wiring/registerCommands.ts']);
});

test('one function handles errors of commands, and one those of views and lenses', () => {
  expect(filesWith(/\brun(?:Command|Callback)\b/).toSorted()).toEqual([
    'src/composition.ts',
    'src/extension.ts',
    'src/host/wiring/callbacks.ts',
  ]);
});

test('lenses, quick fixes and restored forms are registered at activation', () => {
  // Payload lenses can't fail, because they read nothing.
  const payloadLenses = 'src/host/invoking/payloadLenses.ts';
  expect(filesWith(/\bregister(?:CodeLens|CodeActions|WebviewPanelSerializer)/).toSorted()).toEqual([
    'src/extension.ts',
    payloadLenses,
  ]);
});

test('every provider and view in extension.ts uses a callback with error handling', async () => {
  const text = await readFile('src/extension.ts', 'utf8');
  const given = [...text.matchAll(/\b(?:provide\w+|deserializeWebviewPanel|children|handleDrag|handleDrop): (\w+)/g)];
  expect(given.length).toBeGreaterThan(6);
  expect(given.filter(([, value]) => value !== 'callback' && value !== 'editorCallback')).toEqual([]);
});

test('every lazy import uses the helper for it', () => {
  for (const [file, text] of sources) {
    for (const { index } of text.matchAll(/\bimport\('/g)) {
      const statement =
        text
          .slice(0, index)
          .split(/;\n(?!.*await import)/)
          .at(-1) ?? '';
      expect(statement, file).toMatch(/\blazy\(/);
    }
  }
});
