import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { localArn } from '../../core/functions/localArn.ts';
import { MAX_SYNCHRONOUS_SECONDS } from '../../core/functions/managedInstances.ts';
import { versionOf } from '../../core/functions/localFunctions.ts';
import { sharedName } from '../../core/functions/unknownFunction.ts';
import { toSentence, type Message } from '../../core/messages/messages.ts';
import { adviceHeaders } from '../http/adviceHeaders.ts';
import { DurableService, type DurableParts } from '../durable/durableService.ts';
import { startRequest } from '../durable/startRequest.ts';
import type { AttemptResult, EventQueue } from './eventQueue.ts';
import { FunctionLogs } from './functionLogs.ts';
import type { FunctionPool } from './functionPool.ts';
import { TooManyProcesses } from './tooManyProcesses.ts';
import type { LocalInvoke } from '../http/invokeRoute.ts';
import { sendError, newTraceId, type ServiceError } from '../http/lambdaResponse.ts';
import type { FunctionResponse } from './runFunction.ts';
import type { OnChunk } from './runtimeChannel.ts';
import { StreamResponse } from '../http/streamResponse.ts';
import type { WorkspaceFunction, WorkspaceFunctions } from '../workspace/workspaceFunctions.ts';

/** One run of a function. */
interface OneRun extends Omit<Accepted, 'invoke'> {
  readonly invoke: Pick<LocalInvoke, 'qualifier' | 'tenantId' | 'clientContext' | 'environment' | 'body'> &
    Partial<Pick<LocalInvoke, 'type'>>;
}

/** A validated invocation of an existing function. */
interface Accepted {
  readonly invoke: LocalInvoke;
  readonly definition: WorkspaceFunction;
  readonly version: string;
  readonly requestId: string;
  readonly traceId: string;
}

function invalidParameter(message: string): ServiceError {
  return { StatusCode: 400, name: 'InvalidParameterValueException', message };
}

/** Why the function rejects the request; undefined if it's valid. Source: Lambda API reference, Invoke. */
function validationError(
  { fn, name }: WorkspaceFunction,
  { qualifier, tenantId, durableExecutionName, wantsTail }: LocalInvoke,
): ServiceError | undefined {
  if (fn.isManaged === true && wantsTail) {
    return invalidParameter('Tail logs are not supported for functions configured with capacity provider');
  }
  if (fn.isTenantIsolated === true && tenantId === undefined) {
    return invalidParameter('Add a valid tenant ID in your request and try again.');
  }
  if (fn.isTenantIsolated === false && tenantId !== undefined) {
    return invalidParameter(
      'The invoked function is not enabled with tenancy configuration. Remove the tenant ID from your request and try again.',
    );
  }
  if (!fn.isDurable && durableExecutionName !== undefined)
    return invalidParameter(`${name} is not a durable function.`);
  if (fn.isDurable && qualifier === undefined) {
    return invalidParameter('You cannot invoke a durable function using an unqualified ARN.');
  }
  return undefined;
}

/** `choices`: the unique names of the functions that share this name. */
function notFound(name: string, qualifier = '$LATEST', choices: readonly string[] = []): ServiceError {
  const shared = choices.length === 0 ? '' : ` ${toSentence(sharedName(name, choices))}`;
  const message = `Function not found: ${localArn(name)}:${qualifier}${shared}`;
  return { StatusCode: 404, name: 'ResourceNotFoundException', message };
}

/** Why an execution has no result yet. */
const UNFINISHED = {
  suspended: {
    StatusCode: 409,
    name: 'ResourceConflictException',
    message: 'The durable execution is suspended. Resume it to continue.',
  },
  timeout: {
    StatusCode: 504,
    name: 'ServiceException',
    message: 'The durable execution takes longer than the 15 minutes of a synchronous invocation, and continues.',
    Type: 'Server',
  },
} as const satisfies Record<string, ServiceError>;

/** Finds advice for an error. */
type Advise = (definition: WorkspaceFunction, payload: Buffer) => Promise<Message | undefined>;

interface InvokeParts extends Pick<WorkspaceFunctions, 'find' | 'choices'>, Pick<DurableParts, 'store' | 'stampOf'> {
  readonly pool: Pick<FunctionPool, 'run' | 'hasCapacity' | 'isDebugging'>;
  readonly events: EventQueue;
  readonly advise: Advise;
}

/** Handles parsed Invoke requests and responds as Lambda does. */
export class InvokeService {
  readonly logs = new FunctionLogs();
  readonly #find: WorkspaceFunctions['find'];
  readonly #choices: WorkspaceFunctions['choices'];
  readonly #pool: Pick<FunctionPool, 'run'>;
  readonly #events: EventQueue;
  readonly #advise: Advise;
  readonly durable: DurableService;

  constructor(parts: InvokeParts) {
    this.#find = parts.find;
    this.#choices = parts.choices;
    this.#pool = parts.pool;
    this.#events = parts.events;
    this.#advise = parts.advise;
    const { find, store, stampOf, pool } = parts;
    this.durable = new DurableService({
      find,
      store,
      stampOf,
      pool,
      logs: this.logs,
      run: ({ definition, version, qualifier, requestId, payload: body, tenantId, environment }) => {
        const invoke = { qualifier, tenantId, body, clientContext: undefined, ...(environment && { environment }) };
        return this.#run({ definition, version, requestId, traceId: newTraceId(), invoke });
      },
    });
  }

  async handle(invoke: LocalInvoke, response: ServerResponse): Promise<void> {
    const found = this.#find(invoke.name);
    const definition = found instanceof Promise ? await found : found;
    if (definition === undefined)
      return sendError(response, notFound(invoke.name, invoke.qualifier, await this.#choices(invoke.name)));
    const version = versionOf(definition.fn, invoke.qualifier);
    if (version === undefined) return sendError(response, notFound(definition.name, invoke.qualifier));
    const error = validationError(definition, invoke);
    if (error !== undefined) return sendError(response, error);
    const accepted = { invoke, definition, version, requestId: randomUUID(), traceId: newTraceId() };
    try {
      await this.#serve(accepted, response);
    } catch (error) {
      if (!(error instanceof TooManyProcesses)) throw error;
      const { Reason, message } = error;
      sendError(response, { StatusCode: 429, name: 'TooManyRequestsException', message, Reason }, accepted.requestId);
    }
  }

  async #serve(accepted: Accepted, response: ServerResponse): Promise<void> {
    const { invoke, definition, version, requestId, traceId } = accepted;
    const baseHeaders: Record<string, string> = { 'x-amzn-requestid': requestId, 'x-amzn-trace-id': traceId };
    if (invoke.type === 'DryRun') {
      response.writeHead(204, baseHeaders).end();
      return;
    }
    const responseHeaders = { ...baseHeaders, 'x-amz-executed-version': version };
    if (definition.fn.isDurable && !invoke.isStreamed) return this.#serveDurable(accepted, responseHeaders, response);
    if (invoke.type === 'Event') return this.#serveEvent(accepted, baseHeaders, response);
    if (!invoke.isStreamed) {
      const result = await this.#run(accepted);
      const tail = invoke.wantsTail ? result.log.tail() : undefined;
      sendBuffered(response, responseHeaders, { result, tail });
      this.logs.add(definition.name, requestId, result.log.chunks);
      return;
    }
    const stream = new StreamResponse(response, responseHeaders);
    await stream.end(await this.#runAndLog(accepted, (bytes) => stream.write(bytes)), invoke.wantsTail);
  }

  #serveEvent(accepted: Accepted, headers: Record<string, string>, response: ServerResponse): void {
    const { maximumRetryAttempts } = accepted.definition.fn;
    const run = () =>
      this.#runAndLog(accepted).then(
        ({ FunctionError }): AttemptResult => (FunctionError === undefined ? 'done' : 'failed'),
        (error: unknown): AttemptResult => (error instanceof TooManyProcesses ? 'throttled' : 'failed'),
      );
    if (!this.#events.add({ bytes: accepted.invoke.body.byteLength, maximumRetryAttempts, run }))
      throw new TooManyProcesses('ConcurrentInvocationLimitExceeded');
    response.writeHead(202, { ...headers, 'content-length': '0' }).end();
  }

  async #serveDurable(accepted: Accepted, headers: Record<string, string>, response: ServerResponse): Promise<void> {
    const { invoke, definition, version, requestId } = accepted;
    const { durableExecutionName: name, qualifier = '$LATEST', body, wantsTail, tenantId, environment } = invoke;
    const request = startRequest(definition, {
      version,
      qualifier,
      input: body.toString('utf8'),
      ...(name !== undefined && { name }),
      ...(tenantId !== undefined && { tenantId }),
      ...(environment !== undefined && { environment }),
    });
    const runner = await this.durable.start(request, requestId);
    if ('StatusCode' in runner) return sendError(response, runner, requestId);
    const arn = { 'x-amz-durable-execution-arn': runner.execution.start.arn };
    if (invoke.type === 'Event') {
      const { 'x-amz-executed-version': _, ...rest } = headers;
      response.writeHead(202, { ...rest, ...arn, 'content-length': '0' }).end();
      return;
    }
    const result = await this.durable.resultOf(runner);
    if (result === 'throttled') throw new TooManyProcesses('ConcurrentInvocationLimitExceeded');
    if (typeof result === 'string') return sendError(response, UNFINISHED[result], requestId);
    sendBuffered(response, { ...headers, ...arn }, { result, tail: wantsTail ? result.logTail : undefined });
  }

  async #runAndLog(accepted: Accepted, onChunk?: OnChunk): Promise<FunctionResponse> {
    const result = await this.#run(accepted, onChunk);
    this.logs.add(accepted.definition.name, accepted.requestId, result.log.chunks);
    return result;
  }

  async #run(accepted: OneRun, onChunk?: OnChunk): Promise<FunctionResponse> {
    const { invoke, definition, version, requestId, traceId } = accepted;
    const { qualifier, tenantId, clientContext, environment, body, type } = invoke;
    const headers = {
      'lambda-runtime-invoked-function-arn':
        localArn(definition.plainName) + (qualifier === undefined ? '' : `:${qualifier}`),
      'lambda-runtime-trace-id': traceId,
      ...(clientContext !== undefined && { 'lambda-runtime-client-context': clientContext }),
      ...(tenantId !== undefined && { 'lambda-runtime-aws-tenant-id': tenantId }),
    };
    const result = await this.#pool.run({
      definition,
      version,
      event: { requestId, body, headers },
      onLog: (bytes) => this.logs.live.write(definition.name, requestId, bytes),
      ...(tenantId !== undefined && { tenantId }),
      ...(environment !== undefined && { environment }),
      ...(onChunk !== undefined && { onChunk }),
      ...(definition.fn.isManaged === true && type !== 'Event' && { maxTimeout: MAX_SYNCHRONOUS_SECONDS }),
    });
    if (result.FunctionError === undefined) return result;
    const advice = await this.#advise(definition, result.payload);
    if (advice === undefined) return result;
    result.log.appendNote(toSentence(advice));
    return { ...result, advice };
  }
}

/** The maximum size of a response that is sent as a text, in bytes. Each byte is one character of Latin-1. */
const MAX_TEXT_BYTES = 16_384;

function sendBuffered(
  response: ServerResponse,
  headers: Record<string, string>,
  {
    result,
    tail,
  }: { result: Pick<FunctionResponse, 'payload' | 'FunctionError' | 'advice'>; tail: Buffer | undefined },
): void {
  response.writeHead(200, {
    ...headers,
    ...adviceHeaders(result),
    'content-type': 'application/json',
    'content-length': String(result.payload.byteLength),
    ...(result.FunctionError !== undefined && { 'x-amz-function-error': result.FunctionError }),
    ...(tail !== undefined && { 'x-amz-log-result': tail.toString('base64') }),
  });
  // Node.js sends a text together with the headers, but bytes separately.
  if (result.payload.byteLength <= MAX_TEXT_BYTES) response.end(result.payload.toString('latin1'), 'latin1');
  else response.end(result.payload);
}
