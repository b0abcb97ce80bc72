import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  createCopyAs,
  importFromClipboard,
  importLaunchConfiguration,
  importText,
} from '../../src/host/importExport/commands.ts';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import { closeEditors, formTabs, inWorkspace, waitUntil, writeFile } from './workspace.ts';

/** Presses Enter until the quick pick of a command has accepted it. */
async function acceptFirst(running: Thenable<unknown>, isDone: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!isDone() && Date.now() < deadline) {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await running;
}

describe('Importing and exporting', () => {
  afterEach(closeEditors);

  it('an aws command in the clipboard opens in the form', async () => {
    await vscode.env.clipboard.writeText(
      'aws lambda invoke --function-name imported --payload fileb://events/hello.json out',
    );
    await vscode.commands.executeCommand('lambdaInvoke.importCommand');
    await waitUntil(() => formTabs().includes('Invoke imported'), 'a form named for its function');
    const filled = await importFromClipboard();
    assert.equal(filled.draft.payloadFile, inWorkspace('events/hello.json').toString());
    assert.equal(filled.connection, undefined);
  });

  it('a profile and a region are imported', () => {
    const filled = importText('aws --profile dev --region eu-west-1 lambda invoke --function-name f out');
    assert.deepEqual(filled?.connection, { kind: 'aws', profile: 'dev', region: 'eu-west-1' });
  });

  it('an endpoint is imported, whatever precedes the command', () => {
    const filled = importText('aws-vault exec dev -- awslocal lambda invoke --function-name f out');
    assert.deepEqual(filled?.connection, { kind: 'aws', profile: 'dev', endpoint: 'http://localhost:4566' });
    const only = importText('aws --endpoint-url http://127.0.0.1:3001 lambda invoke --function-name f out');
    assert.deepEqual(only?.connection, { kind: 'aws', endpoint: 'http://127.0.0.1:3001' });
  });

  it('a launch.json in UTF-16 is reported', async () => {
    const uri = await writeFile('.vscode/launch.json', Buffer.from('\ufeff{ "configurations": [] }', 'utf16le'));
    try {
      await assert.rejects(importLaunchConfiguration(), /launch\.json is UTF-16/);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('anything else in the clipboard is rejected with a hint', async () => {
    await vscode.env.clipboard.writeText('something else');
    await assert.rejects(
      importFromClipboard(),
      (error) => isInvokeError(error) && error.reason.code === 'importNothing',
    );
  });

  it('a direct-invoke configuration of launch.json opens in the form', async () => {
    const configuration = {
      type: 'aws-sam',
      request: 'direct-invoke',
      name: 'orders',
      invokeTarget: { target: 'template', templatePath: 'template.yaml', logicalId: 'LaunchedOrders' },
      lambda: { payload: { json: { id: 1 } } },
    };
    const uri = await writeFile('.vscode/launch.json', JSON.stringify({ configurations: [configuration] }));
    const isOpen = () => formTabs().includes('Invoke LaunchedOrders');
    try {
      await acceptFirst(vscode.commands.executeCommand('lambdaInvoke.importLaunch'), isOpen);
      assert.deepEqual(formTabs(), ['Invoke LaunchedOrders']);
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });

  it('a launch.json without such a configuration is reported', async () => {
    await assert.rejects(
      async () => vscode.commands.executeCommand('lambdaInvoke.importLaunch'),
      /No launch\.json in this workspace has an "aws-sam" configuration/,
    );
  });

  it('a command line is copied with the path of the payload file, or with an inline payload', async () => {
    const uri = await writeFile("events/it's.json", '{"a":1}');
    const copied = async (payload: { kind: 'file'; uri: string } | { kind: 'typed'; text: string }) => {
      await vscode.env.clipboard.writeText('');
      const copyAs = createCopyAs((connection) => Promise.resolve(connection));
      let text = '';
      const copying = copyAs({ FunctionName: 'f', InvocationType: 'Event', payload }, { kind: 'aws', profile: 'dev' });
      const deadline = Date.now() + 60_000;
      while (text === '' && Date.now() < deadline) {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        await new Promise((resolve) => setTimeout(resolve, 100));
        text = await vscode.env.clipboard.readText();
      }
      await copying;
      return text;
    };
    const named = await copied({ kind: 'file', uri: uri.toString() });
    assert.ok(named.includes(`--payload '${`fileb://${uri.fsPath}`.replace("'", String.raw`'\''`)}'`), named);
    assert.ok(named.includes('--profile dev'), named);
    assert.match(await copied({ kind: 'typed', text: '{"typed": 1}' }), /--payload '\{"typed": 1\}'/);
  });

  it('a sample event opens in a new editor', async () => {
    await vscode.commands.executeCommand('lambdaInvoke.newPayload', 'SQS');
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.isUntitled, true);
    assert.equal(document.languageId, 'json');
    const { Records } = JSON.parse(document.getText()) as { Records: { eventSource: string }[] };
    assert.equal(Records[0]?.eventSource, 'aws:sqs');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });
});
