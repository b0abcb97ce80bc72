import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toJavaScript, toPython } from '../../src/core/importExport/exportCode.ts';
import { toBashCommand, type ExportedInvocation } from '../../src/core/importExport/exportCommand.ts';
import type { Invocation } from '../../src/core/invocation/invocation.ts';
import { EVENT_STREAM_TYPE, invokeComplete, payloadChunk } from '../../src/local/http/eventStream.ts';
import * as targets from '../support/exportTargets.ts';
import { answers, startLambdaServer, type LambdaServer } from '../support/lambdaServer.ts';

const UNUSUAL_PAYLOAD = `{"text": "it's \\"quoted\\" \`tick\` $HOME $(id) %PATH% back\\\\slash ’‘ ☃ 😀 !bang & | ; <>", "n": 12345678901234567890, "e": 1e400}\n`;
const CONTEXT = '{"custom":{"who":"it\'s “me”"}}';

/** Fields that every version of the CLI and the SDKs supports. */
const invocation: Invocation = {
  FunctionName: '123456789012:function:orders',
  Qualifier: '$LATEST',
  InvocationType: 'RequestResponse',
  LogType: 'Tail',
  ClientContext: CONTEXT,
  payload: { kind: 'typed', text: UNUSUAL_PAYLOAD },
};
const exported: ExportedInvocation = {
  invocation,
  payload: { kind: 'text', text: UNUSUAL_PAYLOAD },
  region: 'eu-west-1',
};

const clis = await targets.installedAwsClis();
const python = await targets.pythonWithBoto3();

let server: LambdaServer;
beforeAll(async () => {
  server = await startLambdaServer(
    answers({ body: '{"fine":true}', headers: { 'x-amz-log-result': btoa('the log') } }),
  );
});
afterAll(() => server.close());

/** Expects exactly one complete request since `before`. */
function expectRequest(before: number): void {
  expect(server.received).toHaveLength(before + 1);
  const { url, headers, body } = server.received.at(-1) ?? {};
  expect(decodeURIComponent(url ?? '')).toBe(
    '/2015-03-31/functions/123456789012:function:orders/invocations?Qualifier=$LATEST',
  );
  expect(headers?.['x-amz-invocation-type']).toBe('RequestResponse');
  expect(headers?.['x-amz-log-type']).toBe('Tail');
  expect(Buffer.from(String(headers?.['x-amz-client-context']), 'base64').toString()).toBe(CONTEXT);
  expect(headers?.authorization).toContain('/eu-west-1/lambda/');
  expect(body?.toString()).toBe(UNUSUAL_PAYLOAD);
}

test('the bash command quotes every argument correctly', async () => {
  await targets.inTemporaryFolder('http://127.0.0.1:1', async ({ folder, env }) => {
    const stub = join(folder, 'aws');
    await writeFile(stub, '#!/bin/bash\nprintf "%s\\0" "$AWS_MAX_ATTEMPTS" "$@"\n');
    await chmod(stub, 0o755);
    const output = await targets.runBash(toBashCommand({ ...exported, profile: "a 'b' $c" }), {
      folder,
      env: { ...env, PATH: `${folder}:/usr/bin:/bin` },
    });
    const words = output.split('\0');
    expect(words.slice(0, 3)).toEqual(['1', 'lambda', 'invoke']);
    expect(words[words.indexOf('--payload') + 1]).toBe(UNUSUAL_PAYLOAD);
    expect(words[words.indexOf('--qualifier') + 1]).toBe('$LATEST');
    expect(words[words.indexOf('--profile') + 1]).toBe("a 'b' $c");
  });
});

describe.each(clis)('AWS CLI $version ($path)', ({ path, version }) => {
  const isFirst = version.startsWith('1.');
  // AWS CLI 1 always treats payloads as raw and doesn't support the option for it.
  const command = (text: string) =>
    text
      .replace('aws lambda', `${path} lambda`)
      .replace(isFirst ? '--cli-binary-format raw-in-base64-out' : '\0', '--output json');

  test('sends the exported invocation once', async () => {
    const before = server.received.length;
    await targets.inTemporaryFolder(server.endpoint, async (scratch) => {
      await targets.runBash(command(toBashCommand(withEndpoint())), scratch);
      expect(await readFile(join(scratch.folder, 'response.json'), 'utf8')).toBe('{"fine":true}');
    });
    expectRequest(before);
  });

  test('sends the bytes of the payload file unchanged', async () => {
    const before = server.received.length;
    await targets.inTemporaryFolder(server.endpoint, async (scratch) => {
      const file = join(scratch.folder, "it's a file.json");
      await writeFile(file, UNUSUAL_PAYLOAD);
      await targets.runBash(
        command(toBashCommand({ ...withEndpoint(), payload: { kind: 'file', path: file } })),
        scratch,
      );
    });
    expectRequest(before);
  });
});

/** Older versions don't support AWS_ENDPOINT_URL, so the command contains the endpoint. */
function withEndpoint(): ExportedInvocation {
  return { ...exported, endpoint: server.endpoint };
}

test('the JavaScript program sends the same request once and prints the response', async () => {
  const before = server.received.length;
  const output = await targets.inTemporaryFolder(server.endpoint, async (scratch) => {
    await mkdir(join(scratch.folder, 'empty'));
    await symlink(targets.NODE_MODULES, join(scratch.folder, 'node_modules'));
    return targets.runProgram(process.execPath, { source: toJavaScript(exported), name: 'invoke.mjs' }, scratch);
  });
  expect(output).toBe('200 \n{"fine":true}\n');
  expectRequest(before);
});

test.each(python === undefined ? [] : [python])(
  'the Python program (%s) sends the same request once and prints the response',
  async (interpreter) => {
    const before = server.received.length;
    const output = await targets.inTemporaryFolder(server.endpoint, (scratch) =>
      targets.runProgram(interpreter, { source: toPython(withEndpoint()), name: 'invoke.py' }, scratch),
    );
    expect(output).toBe('200 \n{"fine":true}\n');
    expectRequest(before);
  },
);

test('a program reads the payload file and the profile on the machine that runs it', () => {
  const fromFile: ExportedInvocation = {
    ...exported,
    payload: { kind: 'file', path: '/w/a "b".json' },
    profile: 'dev',
  };
  expect(toJavaScript(fromFile)).toContain('Payload: await readFile("/w/a \\"b\\".json"),');
  expect(toJavaScript(fromFile)).toContain('credentials: fromIni({ profile: "dev" }), maxAttempts: 1');
  expect(toPython(fromFile)).toContain('Payload=pathlib.Path("/w/a \\"b\\".json").read_bytes(),');
  expect(toPython(fromFile)).toContain('boto3.Session(profile_name="dev", region_name="eu-west-1")');
});

describe('a streaming program prints the response', () => {
  const streamed: ExportedInvocation = { ...exported, invocation: { ...invocation, InvokeMode: 'RESPONSE_STREAM' } };
  const events = Buffer.concat([
    payloadChunk(Buffer.from('one ')),
    payloadChunk(Buffer.from('two')),
    invokeComplete({ LogResult: btoa('the log') }),
  ]);

  async function outputOf(program: string, source: { source: string; name: string }): Promise<string> {
    const streaming = await startLambdaServer(
      answers({ body: events, headers: { 'content-type': EVENT_STREAM_TYPE } }),
    );
    try {
      return await targets.inTemporaryFolder(streaming.endpoint, async (scratch) => {
        await symlink(targets.NODE_MODULES, join(scratch.folder, 'node_modules'));
        const output = await targets.runProgram(program, source, scratch);
        expect(streaming.received.map(({ url }) => url.split('/').at(-1)?.split('?')[0])).toEqual([
          'response-streaming-invocations',
        ]);
        expect(streaming.received[0]?.body.toString()).toBe(UNUSUAL_PAYLOAD);
        return output;
      });
    } finally {
      await streaming.close();
    }
  }

  test('in JavaScript', async () => {
    expect(await outputOf(process.execPath, { source: toJavaScript(streamed), name: 'stream.mjs' })).toContain(
      'one two',
    );
  });

  test.each(python === undefined ? [] : [python])('in Python (%s)', async (path) => {
    expect(await outputOf(path, { source: toPython(streamed), name: 'stream.py' })).toContain('one two');
  });
});
