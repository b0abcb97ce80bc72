import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { FUNCTION_KEYS } from '../../../src/core/presets/presetsCheck.ts';
import { INVOCATION_TYPES, LOG_TYPES } from '../../../src/core/invocation/invocation.ts';
import {
  COMMANDS,
  FORM_VIEW_TYPE,
  FUNCTIONS_VIEW,
  PAYLOAD_SCHEME,
  PRESETS_MIME,
  PRESETS_VIEW,
  SETTINGS,
  SETTINGS_SECTION,
} from '../../../src/host/contributions.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when: string }[];
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

test('apart from commands and views, only restored forms and payload editors, and workspaces with presets, payloads or templates activate the extension', () => {
  expect(activationEvents).toEqual([
    `onWebviewPanel:${FORM_VIEW_TYPE}`,
    `onFileSystem:${PAYLOAD_SCHEME}`,
    'workspaceContains:.vscode/lambda-invoke.json',
    ...SETTINGS['codeLens.payloadFolders'].map((folder) => `workspaceContains:${folder}`),
    ...['template.yaml', 'template.yml', 'serverless.yml'].map((template) => `workspaceContains:${template}`),
  ]);
});

test('the MIME type for dragging presets contains the ID of the view', () => {
  expect(contributes.views['lambdaInvoke']?.map(({ id }) => id)).toEqual([PRESETS_VIEW, FUNCTIONS_VIEW]);
  expect(PRESETS_MIME).toBe(`application/vnd.code.tree.${PRESETS_VIEW.toLowerCase()}`);
});

test('keybindings refer to existing commands and apply only in views, payload editors and forms', () => {
  const ids = Object.values(COMMANDS) as string[];
  const places = [
    `focusedView == ${PRESETS_VIEW}`,
    `editorTextFocus && resourceScheme == ${PAYLOAD_SCHEME}`,
    `editorTextFocus || activeWebviewPanelId == ${FORM_VIEW_TYPE}`,
  ];
  for (const { command, when } of contributes.keybindings) {
    expect(ids).toContain(command);
    expect(places.filter((place) => when.includes(place))).toHaveLength(1);
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

test('the schema has the values of Lambda enums', async () => {
  const schema = (await json('media/lambda-invoke.schema.json')) as {
    properties: { presets: { items: { properties: Record<string, { enum?: string[] }> } } };
  };
  const { InvocationType, LogType } = schema.properties.presets.items.properties;
  expect([InvocationType?.enum, LogType?.enum]).toEqual([[...INVOCATION_TYPES], [...LOG_TYPES]]);
});
