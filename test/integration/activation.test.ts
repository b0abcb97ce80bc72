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

  it('opens one form if the command runs twice while the form is loading', async () => {
    assert.equal(isLoaded('composition.js'), false);
    const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const before = tabs().length;
    const open = () => vscode.commands.executeCommand(COMMANDS.invokeFunction);
    await Promise.all([open(), open()]);
    await waitUntil(() => tabs().length > before, 'the tab of the form');
    assert.equal(isLoaded('composition.js'), true);
    await open();
    assert.equal(tabs().length, before + 1);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});
