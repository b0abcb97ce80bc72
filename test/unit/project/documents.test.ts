import { readFile } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { FUNCTION_KEYS } from '../../../src/core/presets/presetsCheck.ts';
import { PRESET_KEYS } from '../../../src/core/presets/preset.ts';
import { COMMANDS, SETTINGS, STEPS_DONE } from '../../../src/host/contributions.ts';

const readme = await readFile('README.md', 'utf8');
const changelog = await readFile('CHANGELOG.md', 'utf8');
const security = await readFile('SECURITY.md', 'utf8');
const titles = JSON.parse(await readFile('package.nls.json', 'utf8')) as Record<string, string>;
const manifest = JSON.parse(await readFile('package.json', 'utf8')) as {
  version: string;
  contributes: {
    commands: { title: string }[];
    configuration: { properties: Record<string, { markdownDescription: string }> };
    walkthroughs: {
      steps: {
        description: string;
        media: { svg: string; altText: string };
        completionEvents: string[];
      }[];
    }[];
  };
};

test('the README documents every field of presets and local functions', () => {
  const missing = [...PRESET_KEYS, ...FUNCTION_KEYS].filter((name) => !readme.includes(`\`${name}\``));
  expect(missing).toEqual([]);
});

test('the commands and settings in the README exist', () => {
  const commandTitles = manifest.contributes.commands.map(({ title }) => titles[title.slice(1, -1)]);
  const named = [...readme.matchAll(/`Lambda Invoke: ([^`]+)`/g)].map(([, title]) => title);
  expect(named.length).toBeGreaterThan(1);
  expect(named.filter((title) => !commandTitles.includes(title))).toEqual([]);
  const ids = [...readme.matchAll(/`(lambdaInvoke\.[\w.]+)`/g)].map(([, id = '']) => id);
  expect(ids.length).toBeGreaterThan(3);
  const known = new Set<string>([
    ...Object.values(COMMANDS),
    ...Object.keys(manifest.contributes.configuration.properties),
  ]);
  expect(ids.filter((id) => !known.has(id))).toEqual([]);
});

test('every command and setting has a text for the Features tab', () => {
  const { commands, configuration } = manifest.contributes;
  const texts = [
    ...commands.map(({ title }) => title),
    ...Object.values(configuration.properties).map(({ markdownDescription }) => markdownDescription),
  ];
  expect(texts.filter((text) => !/^%.+%$/.test(text) || !titles[text.slice(1, -1)])).toEqual([]);
});

test('the commands and context keys of the walkthrough exist', () => {
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

test('every step of the walkthrough has a small drawing in the colors of the theme, with a description', async () => {
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  expect(steps.length).toBeGreaterThan(0);
  for (const { media } of steps) {
    const svg = await readFile(media.svg, 'utf8');
    const description = titles[media.altText.slice(1, -1)] ?? '';
    expect(description.length).toBeGreaterThan(40);
    expect(svg, media.svg).toContain(`aria-label="${description}"`); // VS Code doesn't use altText of an SVG
    expect(svg, media.svg).toContain('fill="var(--vscode-editor-background)"');
    expect(deflateRawSync(svg).byteLength, media.svg).toBeLessThanOrEqual(4096);
    // VS Code's content security policy blocks these.
    const content = svg.replace('xmlns="http://www.w3.org/2000/svg"', '');
    expect(content, media.svg).not.toMatch(/<style|<script|<image|<foreignObject| style=|href=|https?:|data:/);
  }
});

test('the changelog has an entry for this version and the headings of Keep a Changelog', () => {
  expect(changelog).toMatch(new RegExp(`^## \\[${manifest.version.replaceAll('.', '\\.')}\\]`, 'm'));
  const headings = [...changelog.matchAll(/^#{2,3} (.+)$/gm)].map(([, heading = '']) => heading);
  const allowed =
    /^(\[Unreleased\]|\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d|Added|Changed|Deprecated|Removed|Fixed|Security)$/;
  expect(headings.filter((heading) => !allowed.test(heading))).toEqual([]);
});

test('the tests, folders and settings in SECURITY.md exist', async () => {
  const paths = [...security.matchAll(/`((?:test|src|webview)\/[\w/.]+)`/g)].map(([, path = '']) => path);
  expect(paths.length).toBeGreaterThan(5);
  const { existsSync } = await import('node:fs');
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  const settings = [...security.matchAll(/`lambdaInvoke\.([\w.]+)`/g)].map(([, key = '']) => key);
  expect(settings.filter((key) => !(key in SETTINGS))).toEqual([]);
  expect(readme).not.toContain('@@');
});
