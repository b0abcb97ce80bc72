import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/contributions.ts';
import { waitUntil } from './workspace.ts';

// Runs first because of its name, before other tests use the extension.
describe('The extension', () => {
  const extension = () => vscode.extensions.getExtension('lambda-invoke.lambda-invoke');

  const isLoaded = (bundle: string) => Object.keys(require.cache).some((path) => path.endsWith(`dist/${bundle}`));

  it('is activated by a workspace with presets, and loads only the registration bundle', async () => {
    await waitUntil(() => extension()?.isActive === true, 'the activation');
    assert.deepEqual([isLoaded('extension.js'), isLoaded('composition.js')], [true, false]);
  });

  it('registers every command on activation', async () => {
    await extension()?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((command) => !registered.has(command)),
      [],
    );
  });
});
