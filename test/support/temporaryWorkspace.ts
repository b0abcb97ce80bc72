import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAws } from '../../src/aws/index.ts';
import { isInvokeError } from '../../src/core/outcome/invokeError.ts';
import type { InvokeRequest } from '../../src/core/invocation/invokeRequest.ts';
import { decodeLogResult } from '../../src/core/outcome/logTail.ts';
import { toSentence, type Message } from '../../src/core/messages/messages.ts';
import { LocalEndpoint, type EndpointOptions } from '../../src/local/http/localEndpoint.ts';
import { LOCAL_RUNTIMES } from './localRuntimes.ts';
import { LOCAL_KEYS } from './localWorkspace.ts';

interface InvokeResult {
  readonly StatusCode: number;
  readonly FunctionError?: string;
  readonly ExecutedVersion?: string;
  readonly DurableExecutionArn?: string;
  readonly requestId?: string;
  readonly advice?: Message;
  readonly result: unknown;
  readonly log: string;
  /** The exception that rejected the invocation. */
  readonly exception?: { readonly name: string; readonly sentence: string };
}

/** Starts a local endpoint for a temporary folder with these files and `localFunctions`. */
export async function startTemporaryWorkspace(
  files: Readonly<Record<string, string>>,
  localFunctions: object,
  options: Partial<EndpointOptions> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'li-own-'));
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { mode: 0o755 });
  };
  for (const [path, text] of Object.entries(files)) await write(path, text);
  await write('.vscode/lambda-invoke.json', JSON.stringify({ localFunctions }));
  const endpoint = new LocalEndpoint({ keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES, ...options });
  const url = await endpoint.listen();
  const aws = createAws({});
  const target = { kind: 'local', address: { endpoint: url, ...LOCAL_KEYS } } as const;

  async function invoke(
    FunctionName: string,
    event: unknown = {},
    fields: Partial<InvokeRequest> = {},
    signal = new AbortController().signal,
  ): Promise<InvokeResult> {
    const Payload = new TextEncoder().encode(JSON.stringify(event));
    const LogType = fields.InvocationType === undefined ? 'Tail' : 'None';
    const request: InvokeRequest = { FunctionName, InvocationType: 'RequestResponse', LogType, Payload, ...fields };
    try {
      const { LogResult, Payload: body, ...answer } = await aws.invoke(request, { target, signal });
      const text = new TextDecoder().decode(body);
      const log = LogResult === undefined ? '' : (decodeLogResult(LogResult)?.text ?? '');
      return { ...answer, log, result: text === '' ? undefined : (JSON.parse(text) as unknown) };
    } catch (error) {
      if (!isInvokeError(error) || error.exception === undefined) throw error;
      const { StatusCode = 0, name } = error.exception;
      return { StatusCode, log: '', result: undefined, exception: { name, sentence: toSentence(error.reason) } };
    }
  }

  /** The response as text, even if it isn't valid JSON. */
  async function invokeText(FunctionName: string, event: unknown = {}): Promise<string> {
    const Payload = new TextEncoder().encode(JSON.stringify(event));
    const request: InvokeRequest = { FunctionName, InvocationType: 'RequestResponse', LogType: 'None', Payload };
    const { Payload: body } = await aws.invoke(request, { target, signal: new AbortController().signal });
    return new TextDecoder().decode(body);
  }

  return {
    folder,
    endpoint,
    url,
    write,
    invoke,
    invokeText,
    async close() {
      endpoint.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type TemporaryWorkspace = Awaited<ReturnType<typeof startTemporaryWorkspace>>;
