import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { describePayloadFile, keepText, readPayload } from '../../src/host/invoking/payloadFiles.ts';
import { chmodSync, symlinkSync } from 'node:fs';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import { registerMemoryFiles } from './memoryFiles.ts';
import { succeeded } from '../support/historyEntry.ts';
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

  it('that isn’t JSON is described with line and column', async () => {
    const uri = await writeFile('events/broken.json', '{\n  oops\n}');
    assert.deepEqual((await describePayloadFile(uri)).problem, { code: 'payloadNotJson', args: [2, 3] });
  });

  it('that doesn’t exist is described as missing', async () => {
    const { problem } = await describePayloadFile(inWorkspace('events/none.json'));
    assert.deepEqual(problem, { code: 'payloadMissing', args: ['events/none.json', 'FileNotFound'] });
  });

  it('can be an unsaved editor, whose text is sent', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '{"typed": "ü"}' });
    const { bytes } = await readPayload({ kind: 'file', uri: document.uri.toString() });
    assert.equal(Buffer.from(bytes).toString(), '{"typed": "ü"}');
    assert.equal((await describePayloadFile(document.uri)).label, document.uri.path);
  });

  it('can be an unsaved editor, whose text is kept as it was sent', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: '"edited later"' });
    const payload = { kind: 'file', uri: document.uri.toString() } as const;
    const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload } as const;
    const ended = { invocationId: 'x', order: { invocation, connection: { kind: 'local' } } } as const;
    const keptText = (sent?: Uint8Array) =>
      keepText({ ...ended, result: { outcome: succeeded, ...(sent && { sent }) } }).invocation.payload;
    assert.deepEqual(keptText(Buffer.from('"sent"')), { kind: 'typed', text: '"sent"' });
    assert.deepEqual(keptText(), { kind: 'typed', text: '"edited later"' });
  });

  it('of 6 MB is read completely', async () => {
    const uri = await writeFile('events/large.json', Buffer.alloc(6_291_456, ' '));
    const { bytes } = await readPayload({ kind: 'file', uri: uri.toString() });
    assert.equal(bytes.byteLength, 6_291_456);
    await vscode.workspace.fs.delete(uri);
  });

  it('can be a symbolic link or read-only', async () => {
    const target = await writeFile('events/target.json', '{"by": "link"}');
    const link = inWorkspace('events/link.json');
    symlinkSync(target.fsPath, link.fsPath);
    chmodSync(target.fsPath, 0o444);
    const { bytes } = await readPayload({ kind: 'file', uri: link.toString() });
    assert.equal(Buffer.from(bytes).toString(), '{"by": "link"}');
    await vscode.workspace.fs.delete(link);
  });

  it('that is deleted after it was selected is reported by its path', async () => {
    const uri = await writeFile('events/gone.json', '{}');
    assert.equal((await describePayloadFile(uri)).byteLength, 2);
    await vscode.workspace.fs.delete(uri);
    await assert.rejects(
      readPayload({ kind: 'file', uri: uri.toString() }),
      (error) =>
        isInvokeError(error) && error.reason.code === 'payloadMissing' && error.reason.args[0] === 'events/gone.json',
    );
  });

  it('can be in a virtual file system', async () => {
    const memory = registerMemoryFiles('limem');
    memory.files.set('/über uns/a b.json', Buffer.from('{"from": "memory"}'));
    const uri = vscode.Uri.from({ scheme: 'limem', path: '/über uns/a b.json' });
    const { bytes } = await readPayload({ kind: 'file', uri: uri.toString() });
    assert.equal(Buffer.from(bytes).toString(), '{"from": "memory"}');
    assert.equal((await describePayloadFile(uri)).byteLength, 18);
    memory.dispose();
  });

  it('that is empty means no payload, with a note', async () => {
    const uri = await writeFile('events/empty.json', '');
    const { bytes, notes } = await readPayload({ kind: 'file', uri: uri.toString() });
    assert.equal(bytes.byteLength, 0);
    assert.deepEqual(
      notes.map(({ code }) => code),
      ['emptyPayload'],
    );
  });
});
