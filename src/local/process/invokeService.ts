import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { localArn } from '../../core/functions/localArn.ts';
import { versionOf } from '../../core/functions/localFunctions.ts';
import { DurableExecutions } from '../durable/durableExecutions.ts';
import type { Attempt, EventQueue } from './eventQueue.ts';
import { FunctionLogs } from './functionLogs.ts';
import { TooManyProcesses, type FunctionPool } from './functionPool.ts';
import type { LocalInvoke } from '../http/invokeRoute.ts';
import { sendError, newTraceId, type ServiceError } from '../http/lambdaAnswer.ts';
import type { FunctionResponse } from './runFunction.ts';
import { StreamResponse } from '../http/streamAnswer.ts';
import type { WorkspaceFunction, WorkspaceFunctions } from '../workspace/workspaceFunctions.ts';

/** An invocation that may run: its function is known, and takes what was asked of it. */
interface Accepted {
  readonly invoke: LocalInvoke;
  readonly found: WorkspaceFunction;
  readonly version: string;
  readonly requestId: string;
  readonly traceId: string;
}

function wrongParameter(message: string): ServiceError {
  return { StatusCode: 400, name: 'InvalidParameterValueException', message };
}

/** Why a function does not take an invocation; undefined where it does. Sources: Lambda API reference, Invoke. */
function refusalOf(
  { fn, name }: WorkspaceFunction,
  { qualifier, tenantId, durableExecutionName }: LocalInvoke,
): ServiceError | undefined {
  if (fn.isTenantIsolated === true && tenantId === undefined) {
    return wrongParameter('Add a valid tenant ID in your request and try again.');
  }
  if (fn.isTenantIsolated === false && tenantId !== undefined) {
    return wrongParameter(
      'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.',
    );
  }
  if (!fn.isDurable && durableExecutionName !== undefined) return wrongParameter(`${name} is not a durable function.`);
  if (fn.isDurable && qualifier === undefined) {
    return wrongParameter('You cannot invoke a durable function using an unqualified ARN.');
  }
  return undefined;
}

function notFound(name: string, qualifier = '$LATEST'): ServiceError {
  const message = `Function not found: ${localArn(name)}:${qualifier}`;
  return { StatusCode: 404, name: 'ResourceNotFoundException', message };
}

/** Runs what was asked for and answers as Lambda's Invoke does. */
export class InvokeService {
  readonly logs = new FunctionLogs();
  readonly #functions: Pick<WorkspaceFunctions, 'find'>;
  readonly #pool: Pick<FunctionPool, 'run'>;
  readonly #events: EventQueue;
  readonly #durable = new DurableExecutions();

  constructor(parts: {
    functions: Pick<WorkspaceFunctions, 'find'>;
    pool: Pick<FunctionPool, 'run'>;
    events: EventQueue;
  }) {
    this.#functions = parts.functions;
    this.#pool = parts.pool;
    this.#events = parts.events;
  }

  async answer(invoke: LocalInvoke, response: ServerResponse): Promise<void> {
    const found = await this.#functions.find(invoke.name);
    if (found === undefined) return sendError(response, notFound(invoke.name, invoke.qualifier));
    const version = versionOf(found.fn, invoke.qualifier ?? '$LATEST');
    if (version === undefined) return sendError(response, notFound(found.name, invoke.qualifier));
    const refusal = refusalOf(found, invoke);
    if (refusal !== undefined) return sendError(response, refusal);
    const accepted = { invoke, found, version, requestId: randomUUID(), traceId: newTraceId() };
    try {
      await this.#serve(accepted, response);
    } catch (error) {
      if (!(error instanceof TooManyProcesses)) throw error;
      const { Reason, message } = error;
      sendError(response, { StatusCode: 429, name: 'TooManyRequestsException', message, Reason }, accepted.requestId);
    }
  }

  async #serve(accepted: Accepted, response: ServerResponse): Promise<void> {
    const { invoke, found, version, requestId, traceId } = accepted;
    const common: Record<string, string> = { 'x-amzn-requestid': requestId, 'x-amzn-trace-id': traceId };
    if (invoke.type === 'DryRun') {
      response.writeHead(204, common).end();
      return;
    }
    const answered = { ...common, 'x-amz-executed-version': version };
    if (found.fn.isDurable && !invoke.isStreamed) return this.#serveDurable(accepted, answered, response);
    if (invoke.type === 'Event') return this.#serveEvent(accepted, common, response);
    if (!invoke.isStreamed) {
      answerWhole(response, answered, { answer: await this.#run(accepted), wantsTail: invoke.wantsTail });
      return;
    }
    const streamed = new StreamResponse(response, answered);
    await streamed.end(await this.#run(accepted, (bytes) => streamed.take(bytes)), invoke.wantsTail);
  }

  #serveEvent(accepted: Accepted, headers: Record<string, string>, response: ServerResponse): void {
    const { maximumRetryAttempts } = accepted.found.fn;
    const run = () =>
      this.#run(accepted).then(
        ({ FunctionError }): Attempt => (FunctionError === undefined ? 'done' : 'failed'),
        (error: unknown): Attempt => (error instanceof TooManyProcesses ? 'throttled' : 'failed'),
      );
    if (!this.#events.add({ maximumRetryAttempts, run }))
      throw new TooManyProcesses('ConcurrentInvocationLimitExceeded');
    response.writeHead(202, { ...headers, 'content-length': '0' }).end();
  }

  async #serveDurable(accepted: Accepted, headers: Record<string, string>, response: ServerResponse): Promise<void> {
    const { invoke, found, version, requestId } = accepted;
    const { durableExecutionName: name, body: payload, wantsTail } = invoke;
    const asked = { functionArn: `${localArn(found.name)}:${version}`, payload, ...(name !== undefined && { name }) };
    const execution = this.#durable.start(asked, () => this.#run(accepted));
    if (execution === undefined) {
      const message = `Durable execution ${name} was already started with another payload.`;
      sendError(response, { StatusCode: 409, name: 'DurableExecutionAlreadyStartedException', message }, requestId);
      return;
    }
    const arn = { 'x-amz-durable-execution-arn': execution.DurableExecutionArn };
    if (invoke.type === 'Event') {
      execution.answer.catch(() => undefined); // nobody waits for it
      const { 'x-amz-executed-version': _, ...rest } = headers;
      response.writeHead(202, { ...rest, ...arn, 'content-length': '0' }).end();
      return;
    }
    answerWhole(response, { ...headers, ...arn }, { answer: await execution.answer, wantsTail });
  }

  async #run(accepted: Accepted, onChunk?: (bytes: Uint8Array) => Promise<void>): Promise<FunctionResponse> {
    const { invoke, found, version, requestId, traceId } = accepted;
    const { qualifier, tenantId, clientContext, body } = invoke;
    const headers = {
      'lambda-runtime-invoked-function-arn': localArn(found.name) + (qualifier === undefined ? '' : `:${qualifier}`),
      'lambda-runtime-trace-id': traceId,
      ...(clientContext !== undefined && { 'lambda-runtime-client-context': clientContext }),
      ...(tenantId !== undefined && { 'lambda-runtime-aws-tenant-id': tenantId }),
    };
    const answer = await this.#pool.run({
      found,
      version,
      event: { requestId, body, headers },
      ...(tenantId !== undefined && { tenantId }),
      ...(onChunk !== undefined && { onChunk }),
    });
    this.logs.add(found.name, answer.log.whole());
    return answer;
  }
}

function answerWhole(
  response: ServerResponse,
  headers: Record<string, string>,
  { answer, wantsTail }: { answer: FunctionResponse; wantsTail: boolean },
): void {
  response.writeHead(200, {
    ...headers,
    'content-type': 'application/json',
    'content-length': String(answer.payload.byteLength),
    ...(answer.FunctionError !== undefined && { 'x-amz-function-error': answer.FunctionError }),
    ...(wantsTail && { 'x-amz-log-result': answer.log.tail().toString('base64') }),
  });
  response.end(answer.payload);
}
