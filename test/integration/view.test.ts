import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { addPreset } from '../../src/core/presets/presetsEdit.ts';
import type { PresetNode, PresetRow } from '../../src/host/presets/presetNodes.ts';
import { EMPTY_PRESETS_FILE } from '../../src/core/presets/presetsFile.ts';
import type { PresetFiles, StorePresets } from '../../src/host/presets/presetFiles.ts';
import { handleDrag, handleDrop } from '../../src/host/presets/presetDrag.ts';
import { PresetMover } from '../../src/host/presets/presetMover.ts';
import { PresetTree } from '../../src/host/presets/presetTree.ts';
import { presetLenses } from '../../src/host/presets/presetLenses.ts';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import {
  closeEditors,
  codeLenses,
  formTabs,
  openCurrent,
  openPresetFiles,
  PRESETS,
  waitUntil,
  withPresets,
  withSetting,
  writeFile,
  runRow,
  clickRow,
} from './workspace.ts';

const TEXT = `{ "presets": [
  { "name": "a", "FunctionName": "hello", "endpoint": "local", "group": "one" },
  { "name": "b", "FunctionName": "hello", "endpoint": "local" },
  { "FunctionName": "nameless" }
], "localFunctions": { "hello": { "handler": "functions/hello.handler" } } }`;

const labelOf = ({ item: { label } }: PresetNode) => (typeof label === 'string' ? label : (label?.label ?? ''));

describe('The presets view', () => {
  let files: PresetFiles;
  let tree: PresetTree;

  beforeEach(async () => {
    files = await openPresetFiles();
    tree = new PresetTree({ files, connection: () => ({ kind: 'local' }), selection: () => [] });
  });

  afterEach(async () => {
    files.dispose();
    await closeEditors();
  });

  async function rows(): Promise<Map<string, PresetNode>> {
    const nodes = new Map<string, PresetNode>();
    const add = async (node?: PresetNode) => {
      for (const child of await tree.children(node)) {
        nodes.set(labelOf(child), child);
        await add(child);
      }
    };
    await add();
    return nodes;
  }

  it('shows stores, groups, presets and problems of the file', async () => {
    await withPresets(TEXT, async () => {
      const labels = [...(await rows()).keys()];
      assert.deepEqual(labels.slice(0, 5), [
        'workspace',
        'Incomplete preset at line 4 of .vscode/lambda-invoke.json. Add a "name".',
        'one',
        'a',
        'b',
      ]);
      assert.equal(labels[5], 'Personal');
    });
  });

  it('keeps the newest state if an older read ends later', async () => {
    const stored = (name: string) => ({ name, FunctionName: 'f' });
    const all = await files.read();
    const withPreset = (name: string): StorePresets[] =>
      all.slice(0, 1).map(({ store }) => ({
        store,
        file: { ...EMPTY_PRESETS_FILE, entries: [{ preset: stored(name), index: 0, offset: 0, length: 2 }] },
      }));
    const pending: ((read: StorePresets[]) => void)[] = [];
    const slow = new PresetTree({
      files: { read: () => new Promise((resolve) => pending.push(resolve)) },
      connection: () => ({ kind: 'local' }),
      selection: () => [],
    });
    const reloads = [slow.reload(), slow.reload()];
    pending[1]?.(withPreset('new'));
    pending[0]?.(withPreset('old'));
    await Promise.all(reloads);
    const [root] = await slow.children();
    assert.deepEqual((await slow.children(root)).map(labelOf), ['new']);
  });

  it('is empty without presets, so that VS Code shows the welcome text', async () => {
    await files.create(files.userStore);
    await vscode.workspace.fs.delete(files.userStore.uri);
    await withPresets('{ "presets": [] }', async () => {
      assert.deepEqual(await tree.children(), []);
      await files.edit(files.userStore, (text) => addPreset(text, { name: 'mine', FunctionName: 'f' }));
      assert.equal(await tree.reload(), true);
      assert.deepEqual((await tree.children()).map(labelOf), ['workspace', 'Personal']);
      await vscode.workspace.fs.delete(files.userStore.uri);
    });
  });

  it('moves presets and groups by drag and drop', async () => {
    await withPresets(TEXT, async () => {
      const nodes = await rows();
      const transfer = new vscode.DataTransfer();
      handleDrag([nodes.get('b') as PresetNode], transfer);
      await handleDrop(nodes.get('one'), transfer, new PresetMover(files));
      assert.equal(await tree.reload(), true);
      assert.equal(await tree.reload(), false);
      assert.equal((await rows()).get('b')?.parent?.item.label, 'one');
      const groupTransfer = new vscode.DataTransfer();
      handleDrag([(await rows()).get('one') as PresetNode], groupTransfer);
      await handleDrop((await rows()).get('Personal'), groupTransfer, new PresetMover(files));
      const user = Buffer.from(await vscode.workspace.fs.readFile(files.userStore.uri)).toString();
      assert.match(user, /"name": "a"[^]*"name": "b"/);
      await vscode.workspace.fs.delete(files.userStore.uri);
    });
  });

  it('runs the preset of a row', async () => {
    await withPresets(TEXT, async () => {
      const row = (await rows()).get('a') as PresetRow;
      const outcome = await runRow<OutcomeSnapshot>('lambdaInvoke.preset.run', row);
      assert.equal(outcome.StatusCode, 200);
    });
  });

  it('runs the preset of a row once when its button is double-clicked', async () => {
    await withPresets(TEXT, async () => {
      const row = (await rows()).get('a') as PresetRow;
      const [first, second] = await clickRow<OutcomeSnapshot>('lambdaInvoke.preset.run', row, 2);
      assert.equal(first?.StatusCode, 200);
      assert.equal(second, undefined);
    });
  });

  it('opens the clicked preset, also if several are selected', async () => {
    const presets = ['one', 'two'].map((name) => ({ name, FunctionName: `f-${name}`, endpoint: 'local' }));
    await withPresets(JSON.stringify({ presets }), async () => {
      const all = await rows();
      const selected = presets.map(({ name }) => all.get(name));
      for (const [index, { FunctionName }] of presets.entries()) {
        await vscode.commands.executeCommand('lambdaInvoke.preset.openInForm', selected[index], selected);
        await waitUntil(() => formTabs().includes(`Invoke ${FunctionName}`), `the form for ${FunctionName}`);
      }
    });
  });

  it('shows 500 presets', async () => {
    const presets = Array.from({ length: 500 }, (_, index) => ({
      name: `p${index}`,
      FunctionName: 'f',
      group: `g${index % 20}`,
    }));
    await withPresets(JSON.stringify({ presets }), async () => {
      const nodes = [...(await rows()).values()];
      assert.equal(nodes.filter(({ kind }) => kind === 'preset').length, 500);
      assert.equal(new Set(nodes.map(({ item }) => item.id)).size, nodes.length);
    });
  });
});

describe('Lenses and diagnostics', () => {
  let files: PresetFiles;

  beforeEach(async () => {
    files = await openPresetFiles();
  });

  afterEach(async () => {
    files.dispose();
    await closeEditors();
  });

  async function lensTitles(uri: vscode.Uri): Promise<string[]> {
    return (await codeLenses(uri)).map(({ command, range }) => `${range.start.line}: ${command?.title ?? ''}`);
  }

  it('are shown above each preset of a file', async () => {
    const document = await openCurrent(PRESETS);
    assert.equal(presetLenses(document, files).length, 22);
    const titles = await lensTitles(document.uri);
    assert.deepEqual(titles.slice(0, 2), ['3: $(play) Run', '3: Open in Form']);
  });

  it('are shown above payloads in the folders of the setting only', async () => {
    const payload = await writeFile('nested/events/ä b.json', '{}');
    const other = await writeFile('nested/other/c.json', '{}');
    assert.deepEqual(await lensTitles(payload), ['0: $(play) Invoke…']);
    assert.deepEqual(await lensTitles(other), []);
    await withSetting('codeLens.payloadFolders', ['other'], async () => {
      assert.deepEqual(await lensTitles(other), ['0: $(play) Invoke…']);
      assert.deepEqual(await lensTitles(payload), []);
    });
  });

  it('a misspelled key has a diagnostic and a quick fix', async () => {
    await withPresets('{ "presets": [{ "name": "a", "functionName": "f" }] }', async () => {
      const document = await openCurrent(PRESETS);
      await vscode.window.showTextDocument(document);
      const ours = () =>
        vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'Lambda Invoke');
      await waitUntil(() => ours().length === 2, 'the diagnostics');
      const near = ours().find(({ message }) => message.includes('Did you mean FunctionName?'));
      assert.ok(near);
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        near.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      const fix = actions.find(({ title }) => title === 'Change to "FunctionName"');
      assert.ok(fix?.edit);
      await vscode.workspace.applyEdit(fix.edit);
      await waitUntil(() => ours().length === 0, 'the diagnostics to disappear');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  it('the schema completes keys and preset snippets', async () => {
    await withPresets('{ "presets": [{ "name": "a", "FunctionName": "f", "Pay" }, ] }', async () => {
      const document = await openCurrent(PRESETS);
      const { uri } = document;
      const labels = async (offset: number) => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          uri,
          document.positionAt(offset),
        );
        return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      };
      const text = document.getText();
      let keys: string[] = [];
      const deadline = Date.now() + 60_000;
      // The JSON language server only starts with the first JSON file.
      while (!keys.includes('Payload') && Date.now() < deadline) keys = await labels(text.indexOf('"Pay') + 2);
      assert.ok(keys.includes('Payload') && keys.includes('payloadFile'), keys.join());
      const snippets = await labels(text.indexOf(', ]') + 2);
      assert.ok(snippets.includes('Preset with payload file'), snippets.join());
      const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        document.positionAt(text.indexOf('"FunctionName"') + 3),
      );
      const hoverText =
        hover?.contents.map((content) => (typeof content === 'string' ? content : content.value)).join() ?? '';
      assert.match(hoverText, /partial ARN, or ARN/);
    });
  });
});
