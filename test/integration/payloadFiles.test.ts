import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describePayloadFile, readPayload } from '../../src/host/payloadFiles.ts';
import { closeEditors, inWorkspace, writeFile } from './workspace.ts';

describe('A payload file', () => {
  afterEach(closeEditors);

  it('is described by path, size and validity', async () => {
    const uri = await writeFile('events/grüße/a b.json', '{"ü": 1}');
    assert.deepEqual(await describePayloadFile(uri), {
      uri: uri.toString(),
      label: 'events/grüße/a b.json',
      byteLength: 9,
    });
  });

  it('that is no JSON is described with line and column', async () => {
    const uri = await writeFile('events/broken.json', '{\n  oops\n}');
    assert.deepEqual((await describePayloadFile(uri)).problem, { code: 'payloadNotJson', args: [2, 3] });
  });

  it('that is not there is described as such', async () => {
    const { problem } = await describePayloadFile(inWorkspace('events/none.json'));
    assert.deepEqual(problem, { code: 'payloadMissing', args: ['events/none.json', 'FileNotFound'] });
  });

  it('may be an editor that was never saved: its text is sent', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '{"typed": "ü"}' });
    const { bytes } = await readPayload({ kind: 'file', uri: document.uri.toString() });
    assert.equal(Buffer.from(bytes).toString(), '{"typed": "ü"}');
    assert.equal((await describePayloadFile(document.uri)).label, document.uri.path);
  });

  it('of 6 MB is read whole', async () => {
    const uri = await writeFile('events/large.json', Buffer.alloc(6_291_456, ' '));
    const { bytes } = await readPayload({ kind: 'file', uri: uri.toString() });
    assert.equal(bytes.byteLength, 6_291_456);
    await vscode.workspace.fs.delete(uri);
  });
});
