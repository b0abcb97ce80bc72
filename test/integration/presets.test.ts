import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { isInvokeError } from '../../src/core/invokeError.ts';
import { payloadPath, payloadUri, readPresets, savePreset } from '../../src/host/presetStore.ts';
import { closeEditors, inWorkspace, PRESETS, readText, withPresets } from './workspace.ts';

const NEW = { name: 'new', FunctionName: 'hello', Payload: '{"n": 12345678901234567890}' };

function folder(): vscode.WorkspaceFolder {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(first);
  return first;
}

describe('The presets file', () => {
  afterEach(closeEditors);

  it('keeps its comments and gains a preset', async () => {
    const before = await readText(PRESETS);
    await withPresets(before, async () => {
      await savePreset(folder(), NEW);
      const after = await readText(PRESETS);
      for (const comment of before.match(/\/\/.*/g) ?? []) assert.ok(after.includes(comment), comment);
      assert.match(after, /12345678901234567890/);
      const [{ file } = { file: undefined }] = await readPresets();
      assert.deepEqual(file?.presets.at(-1), NEW);
    });
  });

  it('is edited in the editor where it is open with unsaved changes, and stays unsaved', async () => {
    const before = '{ "presets": [] }';
    await withPresets(before, async () => {
      const editor = await vscode.window.showTextDocument(inWorkspace(PRESETS));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// typed, not saved\n'));
      await savePreset(folder(), NEW);
      assert.match(editor.document.getText(), /^\/\/ typed, not saved\n[^]*"new"/);
      assert.equal(editor.document.isDirty, true);
      assert.equal(await readText(PRESETS), before);
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });
  });

  it('is never overwritten when it is broken', async () => {
    const broken = '{\n  "presets": [\n}';
    await withPresets(broken, async () => {
      await assert.rejects(
        savePreset(folder(), NEW),
        (error) => isInvokeError(error) && error.reason.code === 'presetsBroken',
      );
      assert.equal(await readText(PRESETS), broken);
      const [read] = await readPresets();
      assert.deepEqual(read?.file.problems[0]?.args, ['.vscode/lambda-invoke.json', '3', '1']);
    });
  });

  it('is made where there is none', async () => {
    const before = await readText(PRESETS);
    await withPresets(before, async () => {
      await vscode.workspace.fs.delete(inWorkspace(PRESETS));
      await savePreset(folder(), NEW);
      assert.match(await readText(PRESETS), /"localFunctions": \{\}/);
    });
  });

  it('names payload files relative to its folder, whatever their names', () => {
    for (const path of ['events/hello.json', 'events/über uns/a b.json', '#1/100%.json']) {
      assert.equal(payloadPath(folder(), payloadUri(folder(), path)), path);
    }
    assert.equal(payloadPath(folder(), 'file:///elsewhere/a.json'), '/elsewhere/a.json');
  });
});
