import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import { addPreset, presetNames, setPresetKey, withoutPreset, withPreset } from '../../src/core/presets/presetsEdit.ts';
import { presetsFileError } from '../../src/core/presets/presetsFile.ts';
import { PresetActions } from '../../src/host/presets/presetActions.ts';
import { storedPresets, type PresetFiles } from '../../src/host/presets/presetFiles.ts';
import { PresetMover } from '../../src/host/presets/presetMover.ts';
import { payloadPath, payloadUri } from '../../src/host/files/payloadPaths.ts';
import type { PresetStore, StoredPreset } from '../../src/host/presets/presetStores.ts';
import {
  closeEditors,
  inWorkspace,
  openCurrent,
  openPresetFiles,
  PRESETS,
  readText,
  waitUntil,
  withPresets,
} from './workspace.ts';

const NEW = { name: 'new', FunctionName: 'hello', Payload: '{"n": 12345678901234567890}' };

const code = (expected: string) => (error: unknown) => isInvokeError(error) && error.reason.code === expected;

describe('Presets files', () => {
  let files: PresetFiles;
  let folder: PresetStore;

  beforeEach(async () => {
    files = await openPresetFiles();
    const [first] = files.stores();
    assert.ok(first?.folder);
    folder = first;
  });

  afterEach(async () => {
    files.dispose();
    await closeEditors();
  });

  const stored = async (name: string): Promise<StoredPreset> => {
    const found = storedPresets(await files.read()).find(({ preset }) => preset.name === name);
    assert.ok(found, name);
    return found;
  };

  it('keep their comments when a preset is added', async () => {
    const before = await readText(PRESETS);
    await withPresets(before, async () => {
      await files.edit(folder, (text) => withPreset(text, NEW));
      const after = await readText(PRESETS);
      for (const comment of before.match(/\/\/.*/g) ?? []) assert.ok(after.includes(comment), comment);
      assert.match(after, /12345678901234567890/);
      assert.deepEqual((await stored('new')).preset, NEW);
    });
  });

  it('with unsaved changes are edited in their editor and stay unsaved', async () => {
    const before = '{ "presets": [] }';
    await withPresets(before, async () => {
      const editor = await vscode.window.showTextDocument(await openCurrent(PRESETS));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// typed, not saved\n'));
      await files.edit(folder, (text) => withPreset(text, NEW));
      assert.match(editor.document.getText(), /^\/\/ typed, not saved\n[^]*"new"/);
      assert.equal(editor.document.isDirty, true);
      assert.equal(await readText(PRESETS), before);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  it('with syntax errors are never overwritten', async () => {
    const broken = '{\n  "presets": [\n}';
    await withPresets(broken, async () => {
      await assert.rejects(
        files.edit(folder, (text) => withPreset(text, NEW)),
        code('presetsBroken'),
      );
      assert.equal(await readText(PRESETS), broken);
      const [read] = await files.read();
      assert.deepEqual(read?.file.problems[0]?.args, ['.vscode/lambda-invoke.json', '3', '1']);
    });
  });

  it('are created if missing', async () => {
    const before = await readText(PRESETS);
    await withPresets(before, async () => {
      await vscode.workspace.fs.delete(inWorkspace(PRESETS));
      await files.edit(folder, (text) => withPreset(text, NEW));
      assert.match(await readText(PRESETS), /"localFunctions": \{\}/);
    });
  });

  it('of the user refer to a copy of the schema in the same folder', async () => {
    await files.create(files.userStore);
    const text = readFileSync(files.userStore.uri.fsPath, 'utf8');
    assert.match(text, /"\$schema": "\.\/lambda-invoke\.schema\.json"/);
    const schema = vscode.Uri.joinPath(files.userStore.uri, '..', 'lambda-invoke.schema.json');
    assert.match(readFileSync(schema.fsPath, 'utf8'), /"FunctionName"/);
  });

  it('refer to payload files relative to their folder, with any file name', () => {
    for (const path of ['events/hello.json', 'events/über uns/a b.json', '#1/100%.json']) {
      assert.equal(payloadPath(folder, payloadUri(folder, path)), path);
    }
    assert.equal(payloadPath(folder, 'file:///elsewhere/a.json'), '/elsewhere/a.json');
    assert.equal(payloadPath(files.userStore, 'file:///w/a.json'), '/w/a.json');
    assert.equal(payloadPath(folder, 'memfs:/a.json'), 'memfs:/a.json');
    assert.equal(payloadUri(folder, 'memfs://host/a.json'), 'memfs://host/a.json');
  });

  it('lose no edit when two windows edit at the same time', async () => {
    const other = await openPresetFiles();
    await withPresets('{ "presets": [] } // kept\n', async () => {
      const edits = Array.from({ length: 40 }, (_, index) =>
        (index % 2 === 0 ? files : other).edit(folder, (text) => addPreset(text, { ...NEW, name: `n${index}` })),
      );
      // An edit that is still running would change the file of the next test.
      const failed = (await Promise.allSettled(edits)).filter(({ status }) => status === 'rejected');
      assert.deepEqual(failed, []);
      const text = await readText(PRESETS);
      assert.equal(new Set(presetNames(text)).size, 40);
      assert.match(text, /\/\/ kept/);
    });
    other.dispose();
  });

  it('are written atomically, so readers never see partial content', async () => {
    const path = inWorkspace(PRESETS).fsPath;
    await withPresets(`{ "presets": [], "fill": "${'x'.repeat(100_000)}" }`, async () => {
      const edits = Array.from({ length: 8 }, (_, index) =>
        files.edit(folder, (text) => addPreset(text, { ...NEW, name: `n${index}` })),
      );
      const state = { isDone: false };
      const done = Promise.all(edits).finally(() => (state.isDone = true));
      let reads = 0;
      while (!state.isDone) {
        assert.equal(presetsFileError(readFileSync(path, 'utf8'), ''), undefined);
        assert.match(readFileSync(path, 'utf8'), /\}\s*$/);
        reads++;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await done;
      assert.ok(reads > 0);
    });
  });

  it('that are symbolic links stay links, keep their mode, and can’t be edited while read-only', async () => {
    const before = await readText(PRESETS);
    await withPresets(before, async () => {
      const path = inWorkspace(PRESETS).fsPath;
      const target = inWorkspace('team-presets.json').fsPath;
      writeFileSync(target, '{ "presets": [] }', { mode: 0o640 });
      await vscode.workspace.fs.delete(inWorkspace(PRESETS));
      symlinkSync(target, path);
      await files.edit(folder, (text) => withPreset(text, NEW));
      assert.equal(lstatSync(path).isSymbolicLink(), true);
      assert.equal(statSync(target).mode & 0o777, 0o640);
      assert.match(readFileSync(target, 'utf8'), /"new"/);
      chmodSync(target, 0o440);
      await assert.rejects(
        files.edit(folder, (text) => setPresetKey(text, 0, 'name', 'other')),
        code('presetsReadOnly'),
      );
      await vscode.workspace.fs.delete(inWorkspace(PRESETS));
      await vscode.workspace.fs.delete(inWorkspace('team-presets.json'));
    });
  });

  it('that are symbolic links to a missing file stay links, and the file is created', async () => {
    const before = await readText(PRESETS);
    await withPresets(before, async () => {
      const path = inWorkspace(PRESETS).fsPath;
      await vscode.workspace.fs.delete(inWorkspace(PRESETS));
      symlinkSync('../team-presets.json', path);
      await files.edit(folder, (text) => withPreset(text, NEW));
      assert.equal(lstatSync(path).isSymbolicLink(), true);
      assert.match(await readText('team-presets.json'), /"new"/);
      await vscode.workspace.fs.delete(inWorkspace(PRESETS));
      await vscode.workspace.fs.delete(inWorkspace('team-presets.json'));
    });
  });

  it('notify listeners of changes on disk and in an editor', async () => {
    await withPresets('{ "presets": [] }', async () => {
      let fired = 0;
      const listening = files.onDidChange(() => fired++);
      writeFileSync(inWorkspace(PRESETS).fsPath, '{ "presets": [] } ');
      await waitUntil(() => fired > 0, 'the change on disk');
      const editor = await vscode.window.showTextDocument(inWorkspace(PRESETS));
      const onDisk = fired;
      let isEdited = false;
      while (!isEdited) isEdited = await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), ' '));
      await waitUntil(() => fired > onDisk, 'the change in the editor');
      listening.dispose();
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  it('move a preset to another store with its comments, and its payload path is adapted', async () => {
    const text = `{ "presets": [
      // about one
      { "name": "one", "FunctionName": "f", "payloadFile": "events/hello.json" /* where */ }
    ] }`;
    await withPresets(text, async () => {
      const mover = new PresetMover(files);
      await mover.drop([await stored('one')], files.userStore, { kind: 'group', group: 'brought' });
      assert.deepEqual(presetNames(await readText(PRESETS)), []);
      const user = readFileSync(files.userStore.uri.fsPath, 'utf8');
      assert.match(user, /\/\/ about one[^]*\/\* where \*\//);
      const { preset } = await stored('one');
      assert.equal(preset.payloadFile, inWorkspace('events/hello.json').fsPath);
      assert.equal(preset.group, 'brought');
      await mover.drop([await stored('one')], folder, { kind: 'store' });
      assert.equal((await stored('one')).preset.payloadFile, 'events/hello.json');
      assert.match(await readText(PRESETS), /\/\/ about one[^]*\/\* where \*\//);
    });
  });

  it('reject an action on a preset that was deleted meanwhile, and stay unchanged', async () => {
    await withPresets('{ "presets": [{ "name": "a", "FunctionName": "f" }] }', async () => {
      const deleted = await stored('a');
      await files.edit(folder, (text) => setPresetKey(text, 0, 'name', 'b'));
      const before = await readText(PRESETS);
      await assert.rejects(
        new PresetActions(files, new PresetMover(files), async () => undefined).duplicate(deleted),
        code('presetGone'),
      );
      assert.equal(await readText(PRESETS), before);
    });
  });

  it('with two presets of the same name resolve the one that was shown, or none', async () => {
    const text =
      '{ "presets": [{ "name": "A", "FunctionName": "f0" }, { "name": "B", "FunctionName": "f1" }, { "name": "A", "FunctionName": "f2" }] }';
    await withPresets(text, async () => {
      const second = storedPresets(await files.read()).find(({ preset }) => preset.FunctionName === 'f2');
      assert.ok(second);
      await files.edit(folder, (before) => withoutPreset(before, 1));
      assert.equal((await files.current(second)).preset.FunctionName, 'f2');
      await files.edit(folder, (before) => setPresetKey(before, 1, 'FunctionName', 'f3'));
      await assert.rejects(files.current(second), code('presetGone'));
    });
  });

  it('keep a byte order mark, and may be empty', async () => {
    await withPresets('\uFEFF{ "presets": [] }', async () => {
      await files.edit(folder, (text) => withPreset(text, NEW));
      assert.match(await readText(PRESETS), /^\uFEFF\{/);
    });
    await withPresets('', async () => {
      await files.edit(folder, (text) => withPreset(text, NEW));
      assert.equal((await stored('new')).preset.FunctionName, 'hello');
    });
  });

  it('keep the order of presets that are dropped into another store', async () => {
    const text = '{ "presets": [{ "name": "x", "FunctionName": "f" }, { "name": "y", "FunctionName": "f" }] }';
    await withPresets(text, async () => {
      const mover = new PresetMover(files);
      for (const name of ['A', 'B'])
        await files.edit(files.userStore, (before) => addPreset(before, { name, FunctionName: 'f' }));
      await mover.drop([await stored('A'), await stored('B')], folder, { kind: 'preset', index: 1, group: undefined });
      assert.deepEqual(presetNames(await readText(PRESETS)), ['x', 'A', 'B', 'y']);
    });
  });

  it('move and duplicate presets, even if their index has changed', async () => {
    await withPresets(
      '{ "presets": [{ "name": "a", "FunctionName": "f" }, { "name": "b", "FunctionName": "f" }] }',
      async () => {
        const mover = new PresetMover(files);
        const actions = new PresetActions(files, mover, async () => undefined);
        const b = await stored('b');
        await actions.step([b], -1);
        await actions.duplicate(b);
        await actions.duplicate(b);
        assert.deepEqual(presetNames(await readText(PRESETS)), ['b', 'b copy 2', 'b copy', 'a']);
        await actions.step([await stored('a')], 1); // the last one stays
        assert.deepEqual(presetNames(await readText(PRESETS)).at(-1), 'a');
      },
    );
  });

  it('open at the line of a preset', async () => {
    await openCurrent(PRESETS);
    await new PresetActions(files, new PresetMover(files), async () => undefined).openInFile(await stored('context'));
    const editor = vscode.window.activeTextEditor;
    assert.match(editor?.document.lineAt(editor.selection.active.line + 1).text ?? '', /"name": "context"/);
  });
});
