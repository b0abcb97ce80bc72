import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toDraft } from '../../src/core/invocation/draft.ts';
import { presetDraft } from '../../src/core/presets/formPreset.ts';
import type { OpenedPreset } from '../../src/core/presets/preset.ts';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import { payloadUri } from '../../src/host/files/payloadPaths.ts';
import { storedPresets, type PresetFiles } from '../../src/host/presets/presetFiles.ts';
import type { PresetStore } from '../../src/host/presets/presetStores.ts';
import { PresetRunner, type FormTemplate } from '../../src/host/presets/presetRunner.ts';
import type { FormToSave } from '../../src/host/presets/savedPreset.ts';
import { updateStored } from '../../src/host/presets/updateStored.ts';
import { createRowClicks } from '../../src/host/ui/rowClicks.ts';
import {
  closeEditors,
  inWorkspace,
  showSavable,
  openPresetFiles,
  PRESETS,
  readText,
  withPresets,
  writeFile,
} from './workspace.ts';

const TEXT = `{ "presets": [
  // about the first
  { "name": "first", "FunctionName": "f", "Payload": { "id": "\${uuid}" } /* kept */, "unknown": 1 },
  { "name": "other", "FunctionName": "g" }
] }`;

const code = (expected: string) => (error: unknown) => isInvokeError(error) && error.reason.code === expected;

describe('A preset in a form', () => {
  let files: PresetFiles;
  let store: PresetStore;

  beforeEach(async () => {
    files = await openPresetFiles();
    const [first] = files.stores();
    assert.ok(first?.folder);
    store = first;
  });

  afterEach(async () => {
    files.dispose();
    await closeEditors();
  });

  /** Opens a preset as the form does, and changes its payload. */
  async function edited(
    name: string,
    Payload: string,
  ): Promise<{ form: FormToSave; opened: OpenedPreset; store: PresetStore }> {
    const stored = storedPresets(await files.read()).find(({ preset }) => preset.name === name);
    assert.ok(stored);
    const opened = { raw: stored.preset, resolved: stored.preset, store: store.uri.toString(), index: stored.index };
    const draft = { ...presetDraft(opened, (path) => payloadUri(store, path)), Payload };
    return { form: { draft, connection: { kind: 'local' }, opened }, opened, store };
  }

  it('is saved with its template text, and undoing it restores the file exactly', async () => {
    await withPresets(TEXT, async () => {
      const { saved, undo } = await updateStored(files, await edited('first', '{ "id": "${now}" }'));
      const text = await readText(PRESETS);
      assert.equal(text, TEXT.replace('${uuid}', '${now}'));
      assert.equal(saved.opened.raw.Payload, '{ "id": "${now}" }');
      const restored = await undo();
      assert.equal(await readText(PRESETS), TEXT);
      assert.equal(restored.draft.Payload, '{ "id": "${uuid}" }');
    });
  });

  it('is restored alone if the file has changed since it was saved', async () => {
    await withPresets(TEXT, async () => {
      const { undo } = await updateStored(files, await edited('first', '{}'));
      await writeFile(PRESETS, (await readText(PRESETS)).replace('"g"', '"changed"'));
      await undo();
      assert.equal(await readText(PRESETS), TEXT.replace('"g"', '"changed"'));
    });
  });

  it('is saved in the editor of its file, whose Undo restores it', async () => {
    await withPresets(TEXT, async () => {
      const document = await showSavable(PRESETS);
      await updateStored(files, await edited('first', '{}'));
      assert.equal(document.isDirty, false);
      assert.equal(await readText(PRESETS), document.getText());
      assert.match(document.getText(), /"Payload": \{\}/);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), TEXT);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  it('that was renamed retains its new name, and a deleted one isn’t created again', async () => {
    await withPresets(TEXT, async () => {
      const opened = await edited('first', '{}');
      const renamed = TEXT.replace('"first"', '"renamed"');
      await writeFile(PRESETS, renamed);
      const { saved } = await updateStored(files, opened);
      assert.equal(saved.opened.raw.name, 'renamed');
      const deleted = '{ "presets": [] }';
      await writeFile(PRESETS, deleted);
      await assert.rejects(updateStored(files, opened), code('presetGone'));
      assert.equal(await readText(PRESETS), deleted);
    });
  });

  it('is not saved to a file with syntax errors', async () => {
    await withPresets(TEXT, async () => {
      const opened = await edited('first', '{}');
      await writeFile(PRESETS, '{');
      await assert.rejects(updateStored(files, opened), code('presetsBroken'));
      assert.equal(await readText(PRESETS), '{');
    });
  });

  it('resolves its variables when it is invoked, also those in its file', async () => {
    process.env['LI_STAGE'] = 'dev';
    await writeFile('events/in-form.json', '{"stage": "${env:LI_STAGE}", "n": ${now:epoch}}');
    const runner = new PresetRunner({
      connection: () => ({ kind: 'local' }),
      run: () => Promise.reject(new Error('it was run')),
      debug: () => Promise.resolve(undefined),
      recents: { add: () => Promise.resolve() },
      openDraft: () => undefined,
      storeOf: () => undefined,
    });
    const fields = { FunctionName: 'f-${env:LI_STAGE}', InvocationType: 'RequestResponse' } as const;
    const resolve = (template: Omit<FormTemplate, 'hasVariables' | 'opened'>) =>
      runner.resolve({ ...template, hasVariables: true, opened: undefined });
    const inline = { ...fields, payload: { kind: 'typed', text: '"${env:LI_STAGE} $${env:LI_STAGE}"' } } as const;
    const sent = await resolve({ invocation: inline, payloadFileVariables: false });
    assert.equal(sent?.FunctionName, 'f-dev');
    assert.deepEqual(sent?.payload, { kind: 'typed', text: '"dev ${env:LI_STAGE}"' });
    const uri = inWorkspace('events/in-form.json').toString();
    const file = { ...fields, payload: { kind: 'file', uri } } as const;
    assert.deepEqual((await resolve({ invocation: file, payloadFileVariables: false }))?.payload, file.payload);
    const resolved = await resolve({ invocation: file, payloadFileVariables: true });
    assert.match(resolved === undefined ? '' : toDraft(resolved).Payload, /^\{"stage": "dev", "n": \d+\}$/);
    const unknown = { ...fields, FunctionName: 'f', payload: { kind: 'typed', text: '"${nobody}"' } } as const;
    await assert.rejects(resolve({ invocation: unknown, payloadFileVariables: false }), code('variableIn'));
  });
});

describe('A row of a view', () => {
  it('opens with two clicks shortly after one another', () => {
    let now = 0;
    const isDoubleClick = createRowClicks(() => now);
    assert.equal(isDoubleClick('a'), false);
    now += 400;
    assert.equal(isDoubleClick('a'), true);
    now += 100;
    assert.equal(isDoubleClick('a'), false);
    now += 100;
    assert.equal(isDoubleClick('b'), false);
    now += 700;
    assert.equal(isDoubleClick('b'), false);
  });

  it('opens with its only command if VS Code waits for double clicks itself', async () => {
    const settings = vscode.workspace.getConfiguration('workbench.list');
    await settings.update('openMode', 'doubleClick', vscode.ConfigurationTarget.Global);
    assert.equal(createRowClicks()('a'), true);
    await settings.update('openMode', undefined, vscode.ConfigurationTarget.Global);
  });
});
