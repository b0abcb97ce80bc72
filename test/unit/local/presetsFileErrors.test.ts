import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import { unknownLocalFunction } from '../../../src/core/functions/unknownFunction.ts';
import type { LocalFunctionsView } from '../../../src/core/functions/localFunctionView.ts';
import { toSentence } from '../../../src/core/messages/messages.ts';
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

/** The message for the function `hello`, with the file that may define it. */
async function unknownFunction(): Promise<string> {
  const { functions, problems } = (await endpoint.control({ what: 'functions' })) as LocalFunctionsView;
  return toSentence(unknownLocalFunction({ FunctionName: 'hello' }, functions, problems));
}

async function problems(): Promise<string> {
  const listing = (await endpoint.control({ what: 'functions' })) as LocalFunctionsView;
  return listing.problems.map((problem) => toSentence(problem)).join('\n');
}

test.each([
  ['broken', '{ "presets": [', "isn't valid JSON"],
  ['UTF-16', Buffer.from(`\ufeff${PRESETS}`, 'utf16le'), 'is UTF-16'],
  ['not UTF-8', Buffer.from(PRESETS.replace('hello', 'é'), 'latin1'), "isn't UTF-8"],
])(
  'the functions of a presets file that is %s don’t exist, and the problem names the file',
  async (_, text, sentence) => {
    for (const mode of ['BUFFERED', 'RESPONSE_STREAM'] as const) {
      const { reason, exception } = await failure(text, mode);
      expect(reason.code).toBe('functionNotFound');
      expect(exception?.name).toBe('ResourceNotFoundException');
    }
    expect(await problems()).toContain(`.vscode/lambda-invoke.json ${sentence}`);
    expect(await unknownFunction()).toContain(".vscode/lambda-invoke.json can't be read");
  },
);

test('a presets file that is a folder is reported', async () => {
  await mkdir(join(folder, '.vscode/lambda-invoke.json'));
  expect(await problems()).toContain(".vscode/lambda-invoke.json isn't a regular file");
  expect(await unknownFunction()).toContain(".vscode/lambda-invoke.json can't be read");
});
