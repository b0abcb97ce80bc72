import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { lazy } from '../../src/core/async/lazy.ts';
import { Connections } from '../../src/host/connections/connections.ts';
import { EventFiles } from '../../src/host/form/eventFiles.ts';
import { inWorkspace, waitUntil, writeFile } from './workspace.ts';

describe('The file menu of a form', () => {
  it('lists event files of the workspace, and follows created and deleted ones', async () => {
    const files = new EventFiles();
    let changes = 0;
    files.onDidChange(() => changes++);
    const labels = async () => (await files.list()).map(({ label }) => label);
    const created = ['events/listed.json', 'src/order.event.json'];
    try {
      const before = await labels();
      assert.ok(before.includes('events/hello.json'));
      assert.ok(!before.includes('events/listed.json'));
      for (const path of [...created, 'node_modules/x/events/ignored.json', 'src/other.json'])
        await writeFile(path, '{}');
      await waitUntil(async () => (await labels()).includes('src/order.event.json'), 'the created files');
      const after = await labels();
      assert.ok(after.includes('events/listed.json'));
      assert.deepEqual(
        after.filter((label) => /ignored|other/.test(label)),
        [],
      );
      assert.deepEqual(
        after,
        after.toSorted((one, other) => one.localeCompare(other)),
      );
      await waitUntil(() => changes > 0, 'the change');
      await vscode.workspace.fs.delete(inWorkspace('events/listed.json'));
      await waitUntil(async () => !(await labels()).includes('events/listed.json'), 'the deleted file');
    } finally {
      files.dispose();
      for (const path of ['src', 'node_modules'])
        await vscode.workspace.fs.delete(inWorkspace(path), { recursive: true });
    }
  });
});

describe('The status bar', () => {
  it('shows the connection of the focused form, or else that of the window', () => {
    const status = vscode.window.createStatusBarItem();
    const memento = {
      get: (key: string, otherwise?: unknown) => (key === 'connection' ? { kind: 'local' } : otherwise),
      update: () => Promise.resolve(),
    } as Pick<vscode.Memento, 'get' | 'update'>;
    const unused = lazy(() => Promise.reject(new Error('not needed')));
    const connections = new Connections({ memento, aws: unused, local: { placeholders: unused }, status });
    try {
      assert.match(status.text, /Local/);
      connections.showInStatus({ kind: 'aws', profile: 'dev', region: 'eu-west-1' });
      assert.match(status.text, /dev.*eu-west-1/);
      connections.sourcesChanged();
      assert.match(status.text, /dev/);
      connections.showInStatus(undefined);
      assert.match(status.text, /Local/);
    } finally {
      connections.dispose();
      status.dispose();
    }
  });
});
