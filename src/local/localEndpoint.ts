import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { localArn } from './functionIdentity.ts';
import { FunctionPool, TooManyProcesses } from './functionPool.ts';
import { parseInvoke, type LocalInvoke } from './invokeRoute.ts';
import { answerError, newTraceId } from './lambdaAnswer.ts';
import type { FunctionAnswer } from './runFunction.ts';
import { checkSignature, type KeyPair } from './signature.ts';
import { StreamAnswer } from './streamAnswer.ts';
import { createWorkspaceFunctions, type WorkspaceFunction } from './workspaceFunctions.ts';

export interface EndpointOptions {
  readonly keys: KeyPair;
  /** Workspace folders, as file system paths. */
  readonly folders: readonly string[];
  readonly bootstrapPath: string;
  /** 0 or absent: a free port is found. */
  readonly port?: number;
}

/** Above Lambda's own limit: what comes beyond is not read. In bytes. */
const MOST_REQUEST_BYTES = 6_291_456 + 65_536;

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).byteLength;
    if (length <= MOST_REQUEST_BYTES) chunks.push(chunk as Buffer);
  }
  return length <= MOST_REQUEST_BYTES ? Buffer.concat(chunks) : undefined;
}

/**
 * Lambda's Invoke on 127.0.0.1 for the functions of a workspace. Every request must be signed with the endpoint's own
 * key pair: without that, any page in a browser could run code here. Other Host headers are refused.
 */
export class LocalEndpoint {
  readonly #server: Server;
  readonly #pool: FunctionPool;
  readonly #find: (name: string) => Promise<WorkspaceFunction | undefined>;
  readonly #keys: KeyPair;

  constructor({ keys, folders, bootstrapPath }: EndpointOptions) {
    this.#keys = keys;
    this.#pool = new FunctionPool(bootstrapPath);
    this.#find = createWorkspaceFunctions(folders);
    this.#server = createServer((request, response) => void this.#serve(request, response));
    // Clients reuse sockets that were idle for up to 5 s: close none before that. Functions may be silent for 15 minutes.
    this.#server.keepAliveTimeout = 65_000;
    this.#server.requestTimeout = 0;
  }

  /** Starts listening and answers with the endpoint's address. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Ends every handler process and every connection. */
  close(): void {
    this.#pool.close();
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#answer(request, response);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (!response.headersSent) {
        answerError(response, { StatusCode: 500, name: 'ServiceException', message, Type: 'Server' });
      }
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, method = '', url = '' } = request;
    if (headers.host !== `127.0.0.1:${this.#port}` && headers.host !== `localhost:${this.#port}`) {
      answerError(response, {
        StatusCode: 403,
        name: 'AccessDeniedException',
        message: 'This host name is not served.',
      });
      return;
    }
    const body = await readBody(request);
    if (body === undefined) {
      const message = 'Request must be smaller than 6291456 bytes for the InvokeFunction operation';
      answerError(response, { StatusCode: 413, name: 'RequestEntityTooLargeException', message });
      return;
    }
    const refusal = checkSignature({ method, url, headers, body }, this.#keys);
    if (refusal !== undefined) return answerError(response, { StatusCode: 403, ...refusal });
    const invoke = parseInvoke(url, headers, body);
    if ('StatusCode' in invoke) return answerError(response, invoke);
    const found = await this.#find(invoke.name);
    if (found === undefined) {
      const message = `Function not found: ${localArn(invoke.name)}:$LATEST`;
      return answerError(response, { StatusCode: 404, name: 'ResourceNotFoundException', message });
    }
    await this.#invoke(invoke, found, response);
  }

  async #invoke(invoke: LocalInvoke, found: WorkspaceFunction, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const traceId = newTraceId();
    const common = { 'x-amzn-requestid': requestId, 'x-amzn-trace-id': traceId };
    if (invoke.type === 'DryRun') {
      response.writeHead(204, common).end();
      return;
    }
    const headers = { ...invoke.runtimeHeaders, 'lambda-runtime-trace-id': traceId };
    const event = { requestId, body: invoke.body, headers };
    const streamed = invoke.isStreamed ? new StreamAnswer(response, common) : undefined;
    const run = this.#pool.run(invoke.name, found, event, streamed && ((bytes) => streamed.take(bytes)));
    if (invoke.type === 'Event') {
      run.catch(() => undefined); // an event's failure has no one to answer to
      response.writeHead(202, { ...common, 'content-length': '0' }).end();
      return;
    }
    try {
      const answer = await run;
      if (streamed !== undefined) await streamed.end(answer, invoke.wantsTail);
      else this.#answerRun(response, { answer, common, wantsTail: invoke.wantsTail });
    } catch (error) {
      if (!(error instanceof TooManyProcesses)) throw error;
      const Reason = 'ReservedFunctionConcurrentInvocationLimitExceeded';
      const refusal = { StatusCode: 429, name: 'TooManyRequestsException', message: 'Rate Exceeded.', Reason };
      answerError(response, refusal, requestId);
    }
  }

  #answerRun(
    response: ServerResponse,
    { answer, common, wantsTail }: { answer: FunctionAnswer; common: Record<string, string>; wantsTail: boolean },
  ): void {
    response.writeHead(200, {
      ...common,
      'content-type': 'application/json',
      'content-length': String(answer.payload.byteLength),
      'x-amz-executed-version': '$LATEST',
      ...(answer.FunctionError !== undefined && { 'x-amz-function-error': answer.FunctionError }),
      ...(wantsTail && { 'x-amz-log-result': answer.log.tail().toString('base64') }),
    });
    response.end(answer.payload);
  }
}
