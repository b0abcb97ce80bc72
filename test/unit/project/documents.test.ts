import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SENTENCES } from '../../../src/core/messages/messages.ts';
import { FUNCTION_KEYS } from '../../../src/core/presets/presetsCheck.ts';
import { PRESET_KEYS } from '../../../src/core/presets/preset.ts';
import { SETTINGS, SETTINGS_SECTION, STEPS_DONE } from '../../../src/host/contributions.ts';

const readme = await readFile('README.md', 'utf8');
const security = await readFile('SECURITY.md', 'utf8');
const titles = JSON.parse(await readFile('package.nls.json', 'utf8')) as Record<string, string>;
const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
  contributes: {
    commands: { title: string }[];
    walkthroughs: { steps: { description: string; media: { markdown: string }; completionEvents: string[] }[] }[];
  };
};

test('the README names every command, setting and field of a preset', () => {
  const commands = manifest.contributes.commands.map(({ title }) => titles[title.slice(1, -1)] ?? title);
  const settings = Object.keys(SETTINGS).map((key) => `${SETTINGS_SECTION}.${key}`);
  const named = [...commands, ...settings, ...PRESET_KEYS, ...FUNCTION_KEYS].filter(
    (name) => !readme.includes(`\`${name}\``),
  );
  expect(named).toEqual([]);
});

test('what the README says about failures is what the extension says', () => {
  const [, section = ''] = readme.split('## When something goes wrong');
  const [table = ''] = section.split('\n## ');
  const cells = table.split('\n').map((line) => line.split('|')[1]?.trim() ?? '');
  const quoted = cells.filter((cell) => cell.startsWith('“')).map((cell) => cell.slice(1, -1));
  expect(quoted.length).toBeGreaterThan(10);
  const sentences = Object.values(SENTENCES).map((sentence) => sentence.replaceAll(/[“”]/g, ''));
  const unsaid = quoted.filter((text) => {
    const parts = text.split('…').map((part) => part.trim());
    return !sentences.some((sentence) => {
      let at = 0;
      return parts.every((part) => (at = sentence.indexOf(part, at)) >= 0);
    });
  });
  expect(unsaid).toEqual([]);
});

test('what the walkthrough links to and waits for exists', () => {
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const commands = manifest.contributes as unknown as { commands: { command: string }[] };
  const known = new Set([...commands.commands.map(({ command }) => command), 'lambdaInvoke.presets.focus']);
  const linked = steps.flatMap(({ description }) =>
    [...(titles[description.slice(1, -1)] ?? '').matchAll(/\(command:([\w.]+)\)/g)].map(([, id = '']) => id),
  );
  expect(linked.length).toBeGreaterThanOrEqual(steps.length);
  expect(linked.filter((id) => !known.has(id))).toEqual([]);
  const contexts = new Set<string>(Object.values(STEPS_DONE));
  for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
    const [kind, name = ''] = event.split(':');
    expect(kind === 'onContext' ? contexts.has(name) : known.has(name), event).toBe(true);
  }
});

test('what SECURITY.md names as tests, folders and settings is there', async () => {
  const paths = [...security.matchAll(/`((?:test|src|webview)\/[\w/.]+)`/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(5);
  const { existsSync } = await import('node:fs');
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  const settings = [...security.matchAll(/`lambdaInvoke\.([\w.]+)`/g)].map(([, key = '']) => key);
  expect(settings.filter((key) => !(key in SETTINGS))).toEqual([]);
  expect(readme).not.toContain('@@');
});
