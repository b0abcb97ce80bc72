import { createHash, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import { toExecutionView, type ExecutionAction, type ExecutionsView } from '../../core/durable/executionView.ts';
import { toWireTimes } from '../../core/durable/wireTimes.ts';
import { withTimeout } from '../../core/async/withTimeout.ts';
import { message, toSentence } from '../../core/messages/messages.ts';
import { sendError, type ServiceError } from '../http/lambdaResponse.ts';
import type { FunctionPool } from '../process/functionPool.ts';
import type { FunctionLogs } from '../process/functionLogs.ts';
import type { FunctionResponse } from '../process/runFunction.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { createChainedInvokes, type PlainInvoke } from './chainedInvokes.ts';
import { createDurableApi, stopExecution } from './durableApi.ts';
import { DurableExecutions, type StartRequest } from './durableExecutions.ts';
import type { DurableRoute } from './durableRoute.ts';
import type { ExecutionRunner } from './executionRunner.ts';
import { DurableError, type ReadyInvocation } from './runnerParts.ts';
import type { ExecutionStore } from './executionStore.ts';
import { responseOf } from './invocationEvent.ts';
import { createMonotonicClock } from './monotonicClock.ts';

/** One invocation of a function, with the request ID that its log has. */
interface DurableRun extends PlainInvoke {
  readonly requestId: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Waits this long for capacity, in milliseconds. */
const THROTTLED_MS = 250;

export interface DurableParts {
  readonly store: ExecutionStore;
  readonly find: (name: string) => WorkspaceFunction | undefined | Promise<WorkspaceFunction | undefined>;
  readonly stampOf: (definition: WorkspaceFunction) => string | Promise<string>;
  readonly pool: Pick<FunctionPool, 'hasCapacity' | 'isDebugging'>;
  readonly logs: FunctionLogs;
  readonly run: (run: DurableRun) => Promise<FunctionResponse>;
}

/** The result of an execution, as a response to Invoke. */
export interface DurableResult extends Pick<FunctionResponse, 'payload' | 'FunctionError' | 'advice'> {
  readonly logTail: Buffer;
}

const STATUS_CODES: Readonly<Record<string, number>> = { ResourceNotFoundException: 404 };

/** Durable executions of local functions: starts them, and serves their API. */
export class DurableService {
  readonly #parts: DurableParts;
  readonly #executions: DurableExecutions;
  readonly #api: ReturnType<typeof createDurableApi>;
  /** The request ID of an execution's first invocation. */
  readonly #firstIds = new WeakMap<object, string>();

  constructor(parts: DurableParts) {
    this.#parts = parts;
    const { find, store, pool } = parts;
    const chained = createChainedInvokes({
      executions: (this.#executions = new DurableExecutions({
        store,
        now: createMonotonicClock(),
        createParts: (execution, environment) => ({
          prepare: () => this.#prepare(execution.start, environment, execution),
          chain: (runner, ids) => chained.chain(runner, ids),
          isDebugged: () => pool.isDebugging(execution.start.functionName),
        }),
      })),
      find,
      run: (invoke) => this.#runPlain(invoke),
    });
    this.#api = createDurableApi({
      executions: this.#executions,
      resolveChained: chained.resolve,
      functionName: async (name) => (await find(name))?.name,
    });
  }

  /** Starts an execution, or returns the existing one with the same name and payload. Resumes a suspended one. */
  async start(request: StartRequest, requestId: string): Promise<ExecutionRunner | ServiceError> {
    await this.#executions.load();
    const runner = this.#executions.start(request);
    if (runner === 'full')
      return {
        StatusCode: 429,
        name: 'TooManyRequestsException',
        message: 'Rate Exceeded.',
        Reason: 'ConcurrentInvocationLimitExceeded',
      };
    if (runner === 'taken') {
      const text = `Durable execution ${request.name} was already started with a different payload.`;
      return { StatusCode: 409, name: 'DurableExecutionAlreadyStartedException', message: text };
    }
    if (runner.execution.invocations === 0) this.#firstIds.set(runner.execution, requestId);
    if (runner.isSuspended) runner.resume();
    else runner.step();
    return runner;
  }

  /** The result of an execution. Undefined if its first invocation is throttled: then it didn't start. */
  async resultOf(runner: ExecutionRunner): Promise<DurableResult | 'throttled' | 'suspended' | 'timeout'> {
    const waiting = Promise.resolve(runner.ended()).then((end) => ({ end }));
    const ended = await withTimeout(waiting, DURABLE_LIMITS.synchronousSeconds * 1000);
    if (ended === undefined) return 'timeout';
    const { advice, logTail } = runner;
    if (ended.end !== undefined) return { ...responseOf(ended.end), logTail, ...(advice !== undefined && { advice }) };
    if (!runner.isThrottled) return 'suspended';
    this.#executions.remove(runner);
    return 'throttled';
  }

  /** Serves a request to the API. */
  async serve(route: DurableRoute, body: Buffer, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    try {
      const text = JSON.stringify(toWireTimes(await this.#api(route, body)));
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(text)),
        'x-amzn-requestid': requestId,
      });
      response.end(text);
    } catch (error) {
      if (!(error instanceof DurableError)) throw error;
      const { name, message } = error;
      sendError(response, { StatusCode: STATUS_CODES[name] ?? 400, name, message }, requestId);
    }
  }

  async list(): Promise<ExecutionsView> {
    await this.#executions.load();
    const all = this.#executions.all().reverse();
    return {
      executions: all.map(({ execution, isSuspended }) => toExecutionView(execution, isSuspended)),
      problems: this.#executions.problems,
    };
  }

  /** Rejects with Error if the execution or its operation doesn't exist. */
  async act(arn: string, action: ExecutionAction): Promise<void> {
    await this.#executions.load();
    const runner = this.#executions.byArn(arn);
    if (runner === undefined) throw new Error(toSentence(message('durableExecutionUnknown')));
    if (action.action === 'resume') return runner.resume();
    if (action.action === 'stop')
      return stopExecution(
        runner,
        action.error ?? { ErrorType: 'Execution.Stopped', ErrorMessage: 'Stopped in VS Code.' },
      );
    if (action.action === 'skipWait') return runner.change({ entry: 'skipped', id: action.id });
    const { callbackId } = action;
    const body =
      action.action === 'succeed' ? action.result : JSON.stringify(action.action === 'fail' ? action.error : {});
    const route = { operation: action.action, id: callbackId, query: new URLSearchParams(), maxBytes: 0 } as const;
    await this.#api(route, Buffer.from(body));
  }

  async clear(): Promise<void> {
    await this.#executions.clear();
  }

  /** Resolves when every execution has ended or is suspended. */
  async whenEnded(): Promise<void> {
    await Promise.all(
      this.#executions
        .all()
        .filter(({ isSuspended }) => !isSuspended)
        .map((runner) => runner.ended()),
    );
  }

  close(): void {
    this.#executions.close();
  }

  async #prepare(
    { functionName, version, qualifier, tenantId }: ExecutionRunner['execution']['start'],
    environment: Readonly<Record<string, string>> | undefined,
    execution: object,
  ): Promise<ReadyInvocation | 'throttled' | 'gone'> {
    const { find, stampOf, pool, logs, run } = this.#parts;
    const definition = await find(functionName);
    if (definition === undefined) return 'gone';
    const code = createHash('sha256')
      .update(await stampOf(definition))
      .digest('hex')
      .slice(0, 16);
    if (!pool.hasCapacity(definition)) return 'throttled';
    const requestId = this.#firstIds.get(execution) ?? randomUUID();
    this.#firstIds.delete(execution);
    const base = { definition, version, qualifier, requestId };
    return {
      code,
      requestId,
      run: (payload) =>
        run({
          ...base,
          payload,
          ...(tenantId !== undefined && { tenantId }),
          ...(environment !== undefined && { environment }),
        }),
      log(response, notes) {
        for (const note of notes) response.log.appendNote(toSentence(note));
        logs.add(definition.name, requestId, response.log.chunks);
      },
    };
  }

  async #runPlain(invoke: PlainInvoke): Promise<FunctionResponse> {
    const { pool, logs, run } = this.#parts;
    while (!pool.hasCapacity(invoke.definition)) await new Promise((resolve) => setTimeout(resolve, THROTTLED_MS));
    const requestId = randomUUID();
    const response = await run({ ...invoke, requestId });
    logs.add(invoke.definition.name, requestId, response.log.chunks);
    return response;
  }
}
