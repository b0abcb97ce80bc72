import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createResults } from '../../src/app/results.ts';
import { ResultExport } from '../../src/host/form/resultExport.ts';
import { closeEditors, waitUntil } from './workspace.ts';

describe('A result', () => {
  const results = createResults(1000);
  const form = results.open();
  let exporting: ResultExport;

  before(() => {
    exporting = new ResultExport(results, () => Promise.resolve(undefined));
  });

  after(() => exporting.dispose());
  afterEach(closeEditors);

  /** Adds a result with a response and a sent payload. */
  function add(invocationId: string, response: string, sent: string) {
    const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } } as const;
    const connection = { kind: 'local' } as const;
    const encode = (text: string) => new TextEncoder().encode(text);
    const logTail = { text: 'START\nEND\n', isTruncated: false };
    form.add({
      invocationId,
      order: { invocation, connection },
      result: {
        outcome: {
          state: 'succeeded',
          StatusCode: 200,
          connection,
          responseBytes: response.length,
          clientMs: 1,
          notes: [],
          logTail,
        },
        Payload: encode(response),
        sent: encode(sent),
      },
    });
    const { shown } = form;
    assert.ok(shown);
    return shown;
  }

  async function opened(): Promise<readonly [string | undefined, string, string]> {
    await waitUntil(() => vscode.window.activeTextEditor !== undefined, 'the editor');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    return [document.uri.path.split('/').at(-1), document.languageId, document.getText()];
  }

  it('opens its response formatted, in an editor that can’t be changed', async () => {
    const held = add('first-result', '{"a":1,"a":2}', '{}');
    await exporting.run(held, { part: 'response', to: 'editor' });
    assert.deepEqual(await opened(), ['hello-response.json', 'json', '{\n  "a": 1,\n  "a": 2\n}']);
    await vscode.commands.executeCommand('type', { text: 'x' });
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual([document?.isDirty, document?.getText().includes('x')], [false, false]);
  });

  it('opens its sent payload and its log', async () => {
    const held = add('second-result', 'null', '{"sent":true}');
    await exporting.run(held, { part: 'sent', to: 'editor' });
    assert.deepEqual(await opened(), ['hello-payload.json', 'json', '{\n  "sent": true\n}']);
    await closeEditors();
    await exporting.run(held, { part: 'log', to: 'editor' });
    assert.deepEqual(await opened(), ['hello.log', 'log', 'START\nEND\n']);
  });

  it('says that it is no longer in memory when its editor is opened again', async () => {
    const held = add('third-result', JSON.stringify('x'.repeat(400)), '{}');
    await exporting.run(held, { part: 'response', to: 'editor' });
    const uri = vscode.window.activeTextEditor?.document.uri;
    assert.ok(uri);
    await closeEditors();
    add('fourth-result', JSON.stringify('y'.repeat(800)), '{}');
    const content = await vscode.workspace.openTextDocument(uri.with({ fragment: 'again' }));
    assert.match(content.getText(), /no longer in memory/);
  });
});
