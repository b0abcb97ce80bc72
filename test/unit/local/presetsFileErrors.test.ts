import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import { isInvokeError } from '../../../src/core/outcome/invokeError.ts';
import { LocalEndpoint } from '../../../src/local/http/localEndpoint.ts';
import { LOCAL_RUNTIMES } from '../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../support/localWorkspace.ts';

const PRESETS = '{\r\n  "presets": [],\r\n  "localFunctions": { "hello": { "handler": "index.handler" } }\r\n}\r\n';

let folder: string;
let endpoint: LocalEndpoint;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-faults-'));
  await mkdir(join(folder, '.vscode'));
  await writeFile(join(folder, 'index.js'), 'exports.handler = async () => 1;');
  endpoint = new LocalEndpoint({ keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES });
  url = await endpoint.listen();
});

afterEach(async () => {
  endpoint.close();
  await rm(folder, { recursive: true, force: true });
});

async function invoke(presets: string | Uint8Array, InvokeMode: 'BUFFERED' | 'RESPONSE_STREAM' = 'BUFFERED') {
  await writeFile(join(folder, '.vscode/lambda-invoke.json'), presets);
  const request = {
    FunctionName: 'hello',
    InvocationType: 'RequestResponse',
    LogType: 'None',
    Payload: new Uint8Array(),
    InvokeMode,
  } as const;
  const target = { kind: 'local', address: { endpoint: url, ...LOCAL_KEYS } } as const;
  const options = { target, signal: new AbortController().signal, onChunk: () => Promise.resolve() };
  return createAws({}).invoke(request, options);
}

async function failure(...args: Parameters<typeof invoke>) {
  const error: unknown = await invoke(...args).catch((reason: unknown) => reason);
  if (!isInvokeError(error)) throw new Error(`not rejected: ${JSON.stringify(error)}`);
  return error;
}

test('the functions of a presets file with a byte order mark work', async () => {
  const response = await invoke(`\ufeff${PRESETS}`);
  expect(new TextDecoder().decode(response.Payload)).toBe('1');
});

test.each([
  ['broken', '{ "presets": [', "isn't valid JSON"],
  ['UTF-16', Buffer.from(`\ufeff${PRESETS}`, 'utf16le'), 'is UTF-16'],
  ['not UTF-8', Buffer.from(PRESETS.replace('hello', 'é'), 'latin1'), "isn't UTF-8"],
])(
  'a presets file that is %s is reported as an error of the local endpoint, not of Lambda',
  async (_, presets, sentence) => {
    for (const mode of ['BUFFERED', 'RESPONSE_STREAM'] as const) {
      const { message, reason, exception } = await failure(presets, mode);
      expect(reason.code).toBe('localFault');
      expect(message).toContain('.vscode/lambda-invoke.json');
      expect(message).toContain(sentence);
      expect(message).not.toMatch(/Lambda|AWS/);
      expect(exception).toBeUndefined();
    }
  },
);

test('a presets file that cannot be read is reported as an error of the local endpoint', async () => {
  await mkdir(join(folder, '.vscode/lambda-invoke.json'));
  const target = { kind: 'local', address: { endpoint: url, ...LOCAL_KEYS } } as const;
  const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', LogType: 'None' } as const;
  const error: unknown = await createAws({})
    .invoke({ ...request, Payload: new Uint8Array() }, { target, signal: new AbortController().signal })
    .catch((reason: unknown) => reason);
  expect(isInvokeError(error) && error.reason.code).toBe('localFault');
});
