import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import type { Preset } from '../../src/core/presets/preset.ts';
import type { OutcomeSnapshot } from '../../src/host/invoking/outcomeSnapshot.ts';
import { readPayload } from '../../src/host/invoking/payloadFiles.ts';
import { resolveStoredPreset } from '../../src/host/presets/presetVariables.ts';
import { closeEditors, inWorkspace, withPresets, writeFile } from './workspace.ts';

async function resolve(preset: Omit<Preset, 'name' | 'FunctionName'>): Promise<Preset | undefined> {
  const store = { folder: vscode.workspace.workspaceFolders?.[0] };
  const answers = new Map([['Order', 'A "1"']]);
  const resolved = await resolveStoredPreset(
    { preset: { name: 'p', FunctionName: 'f', ...preset }, store: store.folder ? { folder: store.folder } : {} },
    { answers, last: new Map(), chosen: {} },
  );
  return resolved?.sent;
}

const hasReason = (expected: RegExp) => (error: unknown) =>
  isInvokeError(error) && expected.test(`${error.reason.code} ${error.reason.args.join(' ')}`);

describe('Variables of a preset', () => {
  afterEach(closeEditors);

  it('are replaced with values of the window', async () => {
    process.env['LI_STAGE'] = 'dev';
    const resolved = await resolve({
      Qualifier: '${env:LI_STAGE}',
      payloadFile: '${workspaceFolder}/events/hello.json',
      ClientContext: '{"custom": {"order": "${input:Order}"}}',
      TenantId: '${uuid}',
      region: '${now:YYYY}',
    });
    assert.equal(resolved?.Qualifier, 'dev');
    assert.equal(resolved?.payloadFile, inWorkspace('events/hello.json').fsPath);
    assert.deepEqual(JSON.parse(resolved?.ClientContext ?? ''), { custom: { order: 'A "1"' } });
    assert.match(resolved?.TenantId ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(resolved?.region, String(new Date().getUTCFullYear()));
  });

  it('each uuid is different, and each now is the same', async () => {
    const resolved = await resolve({ Payload: '["${uuid}", "${uuid}", "${now}", "${now}"]' });
    const [first, second, now, again] = JSON.parse(resolved?.Payload ?? '') as string[];
    assert.notEqual(first, second);
    assert.equal(now, again);
  });

  it('without a value are rejected by name', async () => {
    await assert.rejects(resolve({ Qualifier: '${env:LI_NOT_SET}' }), hasReason(/^envMissing LI_NOT_SET$/));
    await assert.rejects(
      resolve({ Qualifier: '${nobody}' }),
      hasReason(/^variableIn Qualifier Unknown variable \$\{nobody\}\./),
    );
  });

  it('are replaced in a payload file if the preset enables it, and errors have line and column', async () => {
    await writeFile('events/template.json', '{\n  "order": "${input:Order}",\n  "n": ${now:epoch}\n}');
    const fields = { payloadFile: 'events/template.json', payloadFileVariables: true };
    const resolved = await resolve(fields);
    assert.equal(resolved?.payloadFile, undefined);
    assert.equal((JSON.parse(resolved?.Payload ?? '') as { order: string }).order, 'A "1"');
    await writeFile('events/template.json', '{\n  "order": "${nobody}"\n}');
    await assert.rejects(resolve(fields), hasReason(/events\/template\.json:2:13/));
  });

  it('never read files in ~/.aws or AWS secrets', async () => {
    for (const parts of [['.aws'], ['x', '..', '.aws'], ['.', '', '.aws']]) {
      const payloadFile = [homedir(), ...parts, 'sso', 'cache', 'token.json'].join('/');
      await assert.rejects(
        resolve({ payloadFile, payloadFileVariables: true }),
        hasReason(/^variableSecret .*token\.json/),
      );
      await assert.rejects(
        readPayload({ kind: 'file', uri: vscode.Uri.file(payloadFile).toString() }),
        hasReason(/^variableSecret/),
      );
    }
    process.env['LI_COPY'] = process.env['AWS_SESSION_TOKEN'] = 'a token of many characters';
    await assert.rejects(resolve({ Payload: '"${env:LI_COPY}"' }), hasReason(/^variableSecret LI_COPY$/));
    delete process.env['AWS_SESSION_TOKEN'];
  });

  it('are not replaced in a payload file by default', async () => {
    await writeFile('events/cloudformation.json', '{"arn": "${AWS::Region}"}');
    await withPresets(
      '{ "presets": [{ "name": "p", "FunctionName": "hello", "endpoint": "local", "payloadFile": "events/cloudformation.json" }], "localFunctions": { "hello": { "handler": "functions/hello.handler" } } }',
      async () => {
        const { payloadText } = await vscode.commands.executeCommand<OutcomeSnapshot>('lambdaInvoke.invokePreset', 'p');
        assert.match(payloadText ?? '', /"arn":"\$\{AWS::Region\}"/);
      },
    );
  });
});
