import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import * as lambda from '../support/lambdaServer.ts';
import { closeEditors, waitUntil, withPresets, withSetting, writeFile } from './workspace.ts';

const { AWS_CONFIG_FILE = '', AWS_SHARED_CREDENTIALS_FILE = '' } = process.env;

function preset(fields: object): string {
  return JSON.stringify({ presets: [{ name: 'remote', FunctionName: 'hello', profile: 'loopback', ...fields }] });
}

async function invokeRemote(fields: object): Promise<OutcomeSnapshot> {
  let outcome: OutcomeSnapshot | undefined;
  await withPresets(preset(fields), async () => {
    outcome = await vscode.commands.executeCommand('lambdaInvoke.invokePreset', 'remote');
  });
  assert.ok(outcome);
  return outcome;
}

describe('An AWS profile', () => {
  let server: lambda.LambdaServer;

  beforeEach(async () => {
    server = await lambda.startLambdaServer();
    writeFileSync(AWS_CONFIG_FILE, `[profile loopback]\nregion = eu-west-1\nendpoint_url = ${server.endpoint}\n`);
    writeFileSync(
      AWS_SHARED_CREDENTIALS_FILE,
      '[loopback]\naws_access_key_id = AKIALOOPBACK\naws_secret_access_key = s\n',
    );
  });

  afterEach(async () => {
    await closeEditors();
    await server.close();
  });

  it('sends the bytes of the file verbatim', async () => {
    const bytes = Buffer.from('{"z": 1, "a": 12345678901234567890,\t"a": 1e400}\r\n');
    await writeFile('events/bytes.json', bytes);
    const { state } = await invokeRemote({ payloadFile: 'events/bytes.json' });
    assert.equal(state, 'succeeded');
    assert.equal(server.received.length, 1);
    assert.deepEqual(server.received[0]?.body, bytes);
    assert.match(server.received[0]?.headers.authorization ?? '', /Credential=AKIALOOPBACK\/\d{8}\/eu-west-1\//);
  });

  it('drops a byte order mark', async () => {
    await writeFile('events/bom.json', Buffer.from('\uFEFF{"a":1}'));
    await invokeRemote({ payloadFile: 'events/bom.json' });
    assert.equal(server.received[0]?.body.toString(), '{"a":1}');
  });

  it('rejects UTF-16 with a fix, and sends nothing', async () => {
    await writeFile('events/utf16.json', Buffer.from('\uFEFF{"a":1}', 'utf16le'));
    const { state, reason } = await invokeRemote({ payloadFile: 'events/utf16.json' });
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /^Nothing was sent\. The file is UTF-16\..*Save it as UTF-8/);
    assert.equal(server.received.length, 0);
  });

  it('reports a missing file by its path', async () => {
    const { reason } = await invokeRemote({ payloadFile: 'events/nowhere.json' });
    assert.match(reason ?? '', /Can't read events\/nowhere\.json/);
  });

  it('saves an edited payload file first, depending on the setting', async () => {
    const uri = await writeFile('events/dirty.json', '"saved"');
    const change = async (text: string) => {
      const editor = await vscode.window.showTextDocument(uri);
      const { document } = editor;
      // VS Code rejects edits until it has noticed that the file changed on disk.
      let isEdited = false;
      while (!isEdited) isEdited = await editor.edit((builder) => builder.replace(new vscode.Range(0, 0, 9, 0), text));
      await waitUntil(() => document.isDirty, 'a dirty document');
      return document;
    };
    const document = await change('"changed"');
    await withSetting('saveBeforeInvoke', 'never', async () => {
      await invokeRemote({ payloadFile: 'events/dirty.json' });
    });
    assert.equal(document.isDirty, true);
    await invokeRemote({ payloadFile: 'events/dirty.json' });
    assert.equal(document.isDirty, false);
    assert.deepEqual(
      server.received.map(({ body }) => body.toString()),
      ['"saved"', '"changed"'],
    );
  });

  it('uses the endpoint of the setting instead of the profile’s', async () => {
    const other = await lambda.startLambdaServer();
    await withSetting('endpoint', other.endpoint, async () => {
      await invokeRemote({});
    });
    assert.deepEqual([other.received.length, server.received.length], [1, 0]);
    await other.close();
  });

  it('rejects an endpoint with a password, and no outcome contains the password', async () => {
    for (const endpoint of ['http://user:hunter2@127.0.0.1:1', 'http://127.0.0.1:1/?token=hunter2']) {
      await withSetting('endpoint', endpoint, async () => {
        const outcome = await invokeRemote({});
        assert.equal(outcome.state, 'failed');
        assert.match(
          outcome.reason ?? '',
          /The endpoint http:\/\/127\.0\.0\.1:1 \(lambdaInvoke\.endpoint\) has a user name/,
        );
        assert.doesNotMatch(JSON.stringify(outcome), /hunter2/);
      });
    }
  });

  it('reports a dropped connection after one request, and that the function may still be running', async () => {
    server.behave(lambda.dropsConnection);
    const { state, reason } = await invokeRemote({});
    assert.equal(state, 'failed');
    assert.match(reason ?? '', /the function might still be running/);
    assert.equal(server.received.length, 1);
  });

  it('sends Event without LogType and ClientContext', async () => {
    server.behave(lambda.answers({ status: 202, body: '' }));
    const { state } = await invokeRemote({ InvocationType: 'Event', LogType: 'Tail', ClientContext: {} });
    assert.equal(state, 'accepted');
    const { headers } = server.received[0] ?? {};
    assert.equal(headers?.['x-amz-invocation-type'], 'Event');
    assert.equal(headers?.['x-amz-log-type'], undefined);
    assert.equal(headers?.['x-amz-client-context'], undefined);
  });
});
