import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { PRESET_KEYS } from '../../../src/core/presets/preset.ts';
import { FUNCTION_KEYS } from '../../../src/core/presets/presetsCheck.ts';
import { EXPECT_KEYS } from '../../../src/core/testing/expectation.ts';
import { INVOCATION_TYPES, LOG_TYPES } from '../../../src/core/invocation/invocation.ts';
import {
  COMMANDS,
  COMPARE_SCHEME,
  COMPARE_SELECTION_CONTEXT,
  COMPARISON_CONTEXT,
  FOLLOW_VIEW_TYPE,
  FORM_VIEW_TYPE,
  FUNCTIONS_VIEW,
  HISTORY_FILTERED_CONTEXT,
  HISTORY_VIEW,
  PAYLOAD_SCHEME,
  PRESETS_MIME,
  PAYLOAD_FILES_CONTEXT,
  PRESETS_VIEW,
  RESULTS_CONTEXT,
  RESULTS_VIEW,
  SETTINGS,
  SETTINGS_SECTION,
} from '../../../src/host/contributions.ts';

interface MenuItem {
  readonly command: string;
  readonly when: string;
  readonly group?: string;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
      readonly icon?: string;
      readonly enablement?: string;
    }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
    readonly keybindings: readonly { readonly command: string; readonly key: string; readonly when: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
  };
}

const json = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const manifestText = await readFile('package.json', 'utf8');
const { contributes, activationEvents } = JSON.parse(manifestText) as Manifest;

test('the code and package.json have the same commands', () => {
  expect(contributes.commands.map(({ command }) => command).toSorted()).toEqual(Object.values(COMMANDS).toSorted());
});

test('menus refer to existing commands', () => {
  const named = Object.values(contributes.menus)
    .flat()
    .map(({ command }) => command);
  expect(named.filter((command) => !(Object.values(COMMANDS) as string[]).includes(command))).toEqual([]);
});

test('commands have a category, and an icon where they are buttons', () => {
  const { commands, menus } = contributes;
  expect(commands.filter(({ category }) => category !== '%category%')).toEqual([]);
  const withIcon = commands.filter(({ icon }) => icon !== undefined).map(({ command }) => command);
  const buttons = Object.entries(menus).flatMap(([menu, items]) => {
    const isToolbar = menu === 'view/title' || menu === 'editor/title';
    return items.filter(({ group = '' }) => /^inline\b/.test(group) || (isToolbar && /^navigation\b/.test(group)));
  });
  expect(buttons.length).toBeGreaterThan(8);
  expect(buttons.map(({ command }) => command).filter((command) => !withIcon.includes(command))).toEqual([]);
});

test('nothing is contributed twice', () => {
  const { commands, menus, keybindings } = contributes;
  const twice = (keys: readonly string[]) => keys.filter((key, index) => keys.indexOf(key) !== index);
  expect(twice(commands.map(({ command }) => command))).toEqual([]);
  expect(twice(commands.map(({ title }) => title))).toEqual([]);
  expect(twice(keybindings.map(({ key, when }) => `${key} ${when}`))).toEqual([]);
  // A row can have a command as a button and in its context menu, which are different groups.
  const view = (when: string) => /\bview == \S+/.exec(when)?.[0] ?? '';
  const items = Object.entries(menus).flatMap(([menu, all]) =>
    all.map(({ command, when, group = '' }) => [menu, command, view(when), /^inline\b/.test(group)].join(' ')),
  );
  expect(twice(items)).toEqual([]);
  const places = Object.entries(menus).flatMap(([menu, all]) =>
    all.flatMap(({ when, group }) => (group?.includes('@') === true ? [`${menu} ${view(when)} ${group}`] : [])),
  );
  expect(twice(places)).toEqual([]);
});

test('commands of rows and of the results are hidden in the palette where they can’t run', () => {
  const { commands, menus } = contributes;
  const conditions = new Map(menus['commandPalette']?.map(({ command, when }) => [command, when]));
  const isHidden = ({ command, enablement }: (typeof commands)[number]) =>
    conditions.has(command) || enablement !== undefined;
  // These apply to the whole history.
  const ofHistory = new Set<string>([COMMANDS.searchHistory, COMMANDS.filterHistory, COMMANDS.clearHistory]);
  const ofRows = commands.filter(
    ({ command }) => /\.(?:preset|function|history|results)\./.test(command) && !ofHistory.has(command),
  );
  expect(ofRows.filter((command) => !isHidden(command))).toEqual([]);
});

test('the results view and the buttons of payload files use the context keys of the code', () => {
  expect(contributes.views['lambdaInvoke']?.find(({ id }) => id === RESULTS_VIEW)?.when).toBe(RESULTS_CONTEXT);
  const button = contributes.menus['editor/title']?.find(({ command }) => command === COMMANDS.invokeFile);
  expect(button?.when).toContain(`resourcePath in ${PAYLOAD_FILES_CONTEXT}`);
  for (const folder of SETTINGS['codeLens.payloadFolders']) expect(button?.when).toContain(folder);
});

test('the commands and the texts of a filtered history use the context key of the code', () => {
  const clear = Object.values(contributes.menus)
    .flat()
    .filter(({ command }) => command === COMMANDS.clearHistoryFilter);
  expect(clear.length).toBeGreaterThan(1);
  const texts = contributes.viewsWelcome.filter(({ view }) => view === HISTORY_VIEW);
  expect(texts.map(({ when }) => when)).toEqual([`!${HISTORY_FILTERED_CONTEXT}`, HISTORY_FILTERED_CONTEXT]);
  expect(clear.filter(({ when }) => !when.includes(HISTORY_FILTERED_CONTEXT))).toEqual([]);
});

test('the commands of comparisons use the context keys of the code', () => {
  const all = Object.values(contributes.menus).flat();
  const ofComparisons = all.filter(({ command }) => command.startsWith('lambdaInvoke.compare.'));
  expect(ofComparisons).toHaveLength(12);
  expect(ofComparisons.filter(({ when }) => !when.includes(COMPARISON_CONTEXT))).toEqual([]);
  const withSelected = all.find(
    ({ when, command }) => command === COMMANDS.compareHistoryWithSelected && when !== 'false',
  );
  expect(withSelected?.when).toContain(COMPARE_SELECTION_CONTEXT);
});

test('a welcome view has one button', async () => {
  const texts = (await json('package.nls.json')) as Record<string, string>;
  for (const { contents } of contributes.viewsWelcome) {
    // VS Code shows a link that is alone in its line as a button.
    const lines = (texts[contents.slice(1, -1)] ?? '').split('\n');
    expect(lines.filter((line) => /^\[[^\]]+\]\([^)]+\)$/.test(line))).toHaveLength(1);
  }
});

test('the code and package.json have the same settings and defaults', () => {
  const inCode = Object.fromEntries(
    Object.entries(SETTINGS).map(([key, value]) => [`${SETTINGS_SECTION}.${key}`, value]),
  );
  const inManifest = Object.entries(contributes.configuration.properties).map(([key, property]) => [
    key,
    property.default,
  ]);
  expect(Object.fromEntries(inManifest)).toEqual(inCode);
});

test('apart from commands and views, only restored forms and logs, payload editors and comparisons, and workspaces with presets, payloads or templates activate the extension', () => {
  expect(activationEvents).toEqual([
    `onWebviewPanel:${FORM_VIEW_TYPE}`,
    `onWebviewPanel:${FOLLOW_VIEW_TYPE}`,
    `onFileSystem:${PAYLOAD_SCHEME}`,
    `onFileSystem:${COMPARE_SCHEME}`,
    'workspaceContains:.vscode/lambda-invoke.json',
    ...SETTINGS['codeLens.payloadFolders'].map((folder) => `workspaceContains:${folder}`),
    ...['template.yaml', 'template.yml', 'serverless.yml'].map((template) => `workspaceContains:${template}`),
  ]);
});

test('the MIME type for dragging presets contains the ID of the view', () => {
  expect(contributes.views['lambdaInvoke']?.map(({ id }) => id)).toEqual([
    PRESETS_VIEW,
    FUNCTIONS_VIEW,
    HISTORY_VIEW,
    RESULTS_VIEW,
  ]);
  expect(PRESETS_MIME).toBe(`application/vnd.code.tree.${PRESETS_VIEW.toLowerCase()}`);
});

test('keybindings refer to existing commands and apply only in views, payload editors and forms', () => {
  const ids = Object.values(COMMANDS) as string[];
  const places = [
    `focusedView == ${PRESETS_VIEW}`,
    `focusedView == ${FUNCTIONS_VIEW}`,
    `focusedView == ${HISTORY_VIEW}`,
    `editorTextFocus && resourceScheme == ${PAYLOAD_SCHEME}`,
    `editorTextFocus || activeWebviewPanelId == ${FORM_VIEW_TYPE}`,
    `editorTextFocus && resourceFilename == lambda-invoke.json`,
    'focusedView == workbench.view.testing',
  ];
  for (const { command, when } of contributes.keybindings) {
    expect(ids).toContain(command);
    expect(places.filter((place) => when.includes(place))).toHaveLength(1);
  }
});

test('presets and functions have the same commands first, with the same icons', () => {
  const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
  const commandsOf = (view: string, prefix: string, group: RegExp) =>
    (contributes.menus['view/item/context'] ?? [])
      .filter((item) => item.when.includes(`view == ${view}`) && group.test(item.group ?? ''))
      .toSorted((a, b) => (a.group ?? '').localeCompare(b.group ?? ''))
      .slice(0, 2)
      .map(({ command }) => [command.replace(prefix, ''), icons.get(command)]);
  for (const group of [/^inline/, /^1_run/]) {
    const first = commandsOf(PRESETS_VIEW, 'lambdaInvoke.preset.', group);
    expect(first.map(([command]) => command)).toEqual(['run', 'openInForm']);
    expect(commandsOf(FUNCTIONS_VIEW, 'lambdaInvoke.function.', group)).toEqual(first);
  }
});

test('package.nls.json has exactly the texts that package.json uses', async () => {
  const sentences = Object.keys((await json('package.nls.json')) as object);
  const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]);
  expect([...new Set(used)].toSorted()).toEqual(sentences.toSorted());
});

test('the schema has every key of a local function', async () => {
  const schema = (await json('media/lambda-invoke.schema.json')) as {
    properties: { localFunctions: { additionalProperties: { properties: object } } };
  };
  const { properties } = schema.properties.localFunctions.additionalProperties;
  expect(Object.keys(properties).toSorted()).toEqual([...FUNCTION_KEYS].toSorted());
});

test('the schema has every key of a preset and of expect', async () => {
  interface Schema {
    readonly properties: Record<string, Schema>;
    readonly items: Schema;
  }
  const { properties } = (await json('media/lambda-invoke.schema.json')) as Schema;
  const preset = properties['presets']?.items.properties ?? {};
  expect(Object.keys(preset)).toEqual([...PRESET_KEYS]);
  expect(Object.keys(preset['expect']?.properties ?? {})).toEqual([...EXPECT_KEYS]);
});

test('the schema has the values of Lambda enums', async () => {
  const schema = (await json('media/lambda-invoke.schema.json')) as {
    properties: { presets: { items: { properties: Record<string, { enum?: string[] }> } } };
  };
  const { InvocationType, LogType } = schema.properties.presets.items.properties;
  expect([InvocationType?.enum, LogType?.enum]).toEqual([[...INVOCATION_TYPES], [...LOG_TYPES]]);
});
