import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { COMMANDS } from '../../src/host/contributions.ts';

// The first file by name: nothing has used the extension before it.
describe('The extension', () => {
  const extension = () => vscode.extensions.getExtension('lambda-invoke.lambda-invoke');

  it('is not active before someone uses it', () => {
    assert.equal(extension()?.isActive, false);
  });

  it('registers every command once it is', async () => {
    await extension()?.activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(
      Object.values(COMMANDS).filter((command) => !registered.has(command)),
      [],
    );
  });
});
