import { SignatureV4 } from '@smithy/signature-v4';
import { readFile, stat } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DebuggedProcess } from '../../../../src/core/functions/localFunctionView.ts';
import { attack, IS_OTHER_USER } from '../../../support/attack.ts';
import { FETCHING } from '../../../support/bootstraps.ts';
import { attachInspector } from '../../../support/inspectorClient.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';
import { Sha256 } from '../../../support/sha256.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const SECRET = 'only-for-the-function';

const FUNCTIONS = {
  node: { handler: 'index.pid', environment: { SECRET } },
  debugged: { handler: 'index.pid' },
  custom: { runtime: 'provided.al2023', codeUri: 'custom', environment: { SECRET } },
};

let workspace: TemporaryWorkspace;
/** The processes of the functions, and this process, which is the endpoint. */
let pids: readonly number[];
let secretPath: string;

beforeAll(async () => {
  workspace = await startTemporaryWorkspace(
    { 'index.js': 'exports.pid = async () => process.pid;', 'custom/bootstrap': FETCHING },
    FUNCTIONS,
  );
  const { result: node } = await workspace.invoke('node');
  const custom = (await workspace.invoke('custom')).result as { readonly api: string; readonly pid: number };
  pids = [Number(node), custom.pid, process.pid];
  secretPath = custom.api.replace(/^[^/]*/, '');
});

afterAll(() => workspace.close());

interface Answer {
  readonly status: number | string;
  readonly body?: string;
}

/** The headers of an Invoke request that is signed with a wrong secret. */
async function signedWith(secretAccessKey: string, port: number, path: string): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    credentials: { ...LOCAL_KEYS, secretAccessKey },
    region: 'us-east-1',
    service: 'lambda',
    sha256: Sha256,
  });
  const host = `127.0.0.1:${port}`;
  const request = { method: 'POST', protocol: 'http:', hostname: '127.0.0.1', port, path, headers: { host } };
  return (await signer.sign({ ...request, body: '' })).headers;
}

describe.runIf(process.platform === 'linux')('another user of the machine', () => {
  test('can’t invoke functions', async () => {
    const { port } = new URL(workspace.url);
    const path = '/2015-03-31/functions/node/invocations';
    const request = { port: Number(port), method: 'POST', path };
    const signed = { ...request, headers: await signedWith('wrong', Number(port), path) };
    const answers = await attack<Answer[]>('return Promise.all(input.map(send));', [request, signed]);
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers.map(({ body }) => body)).toEqual([
      expect.stringContaining('Missing Authentication Token'),
      expect.stringContaining('signature'),
    ]);
    const valid = { ...request, headers: await signedWith(LOCAL_KEYS.secretAccessKey, Number(port), path) };
    expect(await attack('return send(input);', valid)).toMatchObject({ status: 200 });
  });

  test('can’t read the address of a debugger, or guess it', async () => {
    const response = await workspace.endpoint.control({ what: 'debug', name: 'debugged' });
    const address = new URL((response as DebuggedProcess).address);
    const inspector = await attachInspector(address.href);
    const key = { 'sec-websocket-version': '13', 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    const headers = { connection: 'Upgrade', upgrade: 'websocket', ...key };
    const requests = [
      { path: '/json' },
      { path: '/json/list' },
      { path: '/json/version' },
      { path: '/', headers },
      { path: '/00000000-0000-0000-0000-000000000000', headers },
    ].map((each) => ({ ...each, port: Number(address.port) }));
    const answers = await attack<Answer[]>('return Promise.all(input.map(send));', requests);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 400, 400]);
    expect(JSON.stringify(answers)).not.toContain(address.pathname.slice(1));
    inspector.close();
  });

  test('can’t read the environment, memory, and pipes of the endpoint and its functions', async () => {
    const files = pids.flatMap((pid) =>
      ['environ', 'mem', 'fd/0', 'fd/3', 'fd/4'].map((name) => `/proc/${pid}/${name}`),
    );
    const modes = await Promise.all(
      pids.flatMap((pid) =>
        ['environ', 'mem', 'fd'].map(async (name) => {
          const { mode, uid } = await stat(`/proc/${pid}/${name}`);
          return [mode & 0o077, uid];
        }),
      ),
    );
    expect(new Set(modes.map(String))).toEqual(new Set([`0,${process.getuid?.()}`]));
    const read = `const { openSync } = require('node:fs');
      return input.map((file) => { try { openSync(file, 'r'); return file; } catch ({ code }) { return code; } });`;
    const codes = IS_OTHER_USER ? await attack<string[]>(read, files) : ['EACCES'];
    expect(new Set(codes)).toEqual(new Set(['EACCES']));
  });

  test('finds no secret in the arguments of processes', async () => {
    const read = `const { readdirSync, readFileSync } = require('node:fs');
      const pids = readdirSync('/proc').filter((name) => Number(name) > 0);
      return pids.map((pid) => { try { return readFileSync('/proc/' + pid + '/cmdline', 'utf8'); } catch { return ''; } });`;
    const lines = await attack<string[]>(read);
    const own = await readFile('/proc/self/cmdline', 'utf8');
    expect(lines).toContain(own);
    for (const secret of [SECRET, secretPath]) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});
