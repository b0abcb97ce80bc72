import { DURABLE_LIMITS } from '../../core/durable/durableLimits.ts';
import { parseCallbackId } from '../../core/durable/journal.ts';
import { hasEnded, type ErrorObject, type OperationUpdate } from '../../core/durable/operation.ts';
import { historyPage, operationPage, replayOperations } from '../../core/durable/pages.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { localArn } from '../../core/functions/localArn.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { DurableExecutions } from './durableExecutions.ts';
import type { DurableRoute } from './durableRoute.ts';
import type { ExecutionRunner } from './executionRunner.ts';
import { DurableError } from './runnerParts.ts';
import { toErrorObject } from './invocationEvent.ts';

/** What a chained invoke runs. Undefined if the function doesn't exist. */
export type ResolveChained = (update: OperationUpdate) => Promise<{ readonly arn?: string; readonly version?: string }>;

interface Parts {
  readonly executions: DurableExecutions;
  readonly resolveChained: ResolveChained;
  /** The unique name of a function. Undefined if it doesn't exist. */
  readonly functionName: (name: string) => Promise<string | undefined>;
}

type Respond = (route: DurableRoute, body: Buffer) => object | Promise<object>;

function notFound(what: string): DurableError {
  return new DurableError(`${what} not found.`, 'ResourceNotFoundException');
}

function parseBody(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = body.byteLength === 0 ? {} : JSON.parse(body.toString('utf8'));
    if (isRecord(value)) return value;
  } catch {
    // as for another value
  }
  throw new DurableError('Could not parse request body into json.', 'InvalidRequestContentException');
}

/** The error in a body, which may be empty. */
function errorIn(body: Buffer): ErrorObject | undefined {
  return body.byteLength === 0 ? undefined : toErrorObject(parseBody(body));
}

function pageOptions({ query }: DurableRoute, max: number): { maxItems?: number; marker?: string } {
  const [items, marker] = [query.get('MaxItems'), query.get('Marker')];
  const maxItems = items === null ? undefined : Number(items);
  if (maxItems !== undefined && (!Number.isInteger(maxItems) || maxItems < 0 || maxItems > max))
    throw new DurableError(`MaxItems must be between 0 and ${max}.`);
  return {
    ...(maxItems !== undefined && maxItems > 0 && { maxItems }), // 0 is the default
    ...(marker !== null && marker !== '' && { marker }),
  };
}

const INVALID_MARKER = 'Invalid Marker.';

function summaryOf({ execution: { start, end } }: ExecutionRunner): object {
  return {
    DurableExecutionArn: start.arn,
    DurableExecutionName: start.name,
    FunctionArn: start.arn.slice(0, start.arn.indexOf('/')),
    StartTimestamp: start.at,
    Status: end?.status ?? 'RUNNING',
    ...(end !== undefined && { EndTimestamp: end.at }),
  };
}

function describe(runner: ExecutionRunner, hasData: boolean): object {
  const { start, end } = runner.execution;
  const { timeoutSeconds, retentionDays } = start;
  return {
    ...summaryOf(runner),
    Version: start.version,
    ExecutionDataIncluded: hasData,
    ...(hasData && { InputPayload: start.input, Result: end?.result, Error: end?.error }),
    DurableConfig: { ExecutionTimeout: timeoutSeconds, RetentionPeriodInDays: retentionDays },
  };
}

function time(text: string | null, otherwise: number): number {
  if (text === null) return otherwise;
  const ms = /^[\d.]+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (Number.isNaN(ms)) throw new DurableError(`Invalid time: ${text}`);
  return ms;
}

/** The responses of Lambda's API of durable executions. They throw DurableError. Source: Lambda service model. */
export function createDurableApi({ executions, resolveChained, functionName }: Parts) {
  function runnerOf(arn: string): ExecutionRunner {
    const runner = executions.byArn(arn);
    if (runner === undefined) throw notFound(`Durable execution ${arn}`);
    return runner;
  }

  function callbackOf(callbackId: string) {
    const { execution = '', id = '' } = parseCallbackId(callbackId) ?? {};
    const runner = executions.byId(execution);
    const operation = runner?.execution.operations.get(id);
    if (runner === undefined || operation?.CallbackDetails?.CallbackId !== callbackId)
      throw notFound(`Callback ${callbackId}`);
    if (operation.Status === 'TIMED_OUT')
      throw new DurableError('The callback has timed out.', 'CallbackTimeoutException');
    if (hasEnded(operation) || runner.execution.end !== undefined)
      throw new DurableError('The callback has already completed.');
    return { runner, id };
  }

  async function checkpoint({ id }: DurableRoute, bytes: Buffer): Promise<object> {
    const body = parseBody(bytes);
    const { CheckpointToken: token, Updates: updates = [], ClientToken: clientToken } = body;
    if (typeof token !== 'string') throw new DurableError('Checkpoint token is required');
    if (!Array.isArray(updates) || !updates.every(isRecord)) throw new DurableError('Updates must be a list.');
    const runner = runnerOf(id);
    const all = updates as unknown as OperationUpdate[];
    const chained: Record<string, Awaited<ReturnType<ResolveChained>>> = {};
    for (const update of all)
      if (update.Type === 'CHAINED_INVOKE' && update.Action === 'START')
        chained[update.Id] = await resolveChained(update);
    return runner.checkpoint({
      token,
      updates: all,
      ...(typeof clientToken === 'string' && { clientToken }),
      ...(Object.keys(chained).length > 0 && { chained }),
    });
  }

  function state(route: DurableRoute): object {
    const runner = runnerOf(route.id);
    runner.checkToken(route.query.get('CheckpointToken') ?? '');
    const page = operationPage(replayOperations(runner.execution), pageOptions(route, DURABLE_LIMITS.page));
    if (page === undefined) throw new DurableError(INVALID_MARKER);
    return { Operations: page.items, NextMarker: page.NextMarker };
  }

  function history(route: DurableRoute): object {
    const { query } = route;
    const page = historyPage(runnerOf(route.id).execution, {
      ...pageOptions(route, DURABLE_LIMITS.page),
      isReverse: query.get('ReverseOrder') === 'true',
      hasData: query.get('IncludeExecutionData') === 'true',
    });
    if (page === undefined) throw new DurableError(INVALID_MARKER);
    return { Events: page.items, NextMarker: page.NextMarker };
  }

  async function list(route: DurableRoute): Promise<object> {
    const { query, id } = route;
    const parts = parseFunctionName(id);
    const name = parts === undefined ? undefined : await functionName(parts.name);
    if (name === undefined) throw notFound(`Function ${localArn(id)}`);
    const qualifier = query.get('Qualifier') ?? parts?.qualifier;
    const executionName = query.get('DurableExecutionName');
    const statuses = query.getAll('Statuses');
    const [after, before] = [time(query.get('StartedAfter'), -Infinity), time(query.get('StartedBefore'), Infinity)];
    const matching = executions.all().filter(({ execution: { start, end } }) => {
      if (start.functionName !== name || start.at < after || start.at > before) return false;
      if (qualifier !== undefined && start.version !== qualifier && start.qualifier !== qualifier) return false;
      if (executionName !== null && start.name !== executionName) return false;
      return statuses.length === 0 || statuses.includes(end?.status ?? 'RUNNING');
    });
    // Lambda's default order is the newest first.
    if (query.get('ReverseOrder') !== 'true') matching.reverse();
    const { marker = '0', maxItems = 100 } = pageOptions(route, DURABLE_LIMITS.page);
    const start = Number(marker);
    if (!Number.isInteger(start) || start < 0) throw new DurableError(INVALID_MARKER);
    const end = start + maxItems;
    const items = matching.slice(start, end).map(summaryOf);
    return { DurableExecutions: items, ...(end < matching.length && { NextMarker: String(end) }) };
  }

  function stop({ id }: DurableRoute, body: Buffer): object {
    const runner = runnerOf(id);
    const error = errorIn(body) ?? {
      ErrorType: 'Execution.Stopped',
      ErrorMessage: 'Execution stopped by user request',
    };
    stopExecution(runner, error);
    return { StopTimestamp: runner.execution.end?.at };
  }

  const responses: Readonly<Record<DurableRoute['operation'], Respond>> = {
    checkpoint,
    state,
    history,
    list,
    stop,
    get: (route) => describe(runnerOf(route.id), route.query.get('IncludeExecutionData') !== 'false'),
    succeed({ id: callbackId }, body) {
      const { runner, id } = callbackOf(callbackId);
      const result = body.byteLength === 0 ? {} : { result: body.toString('utf8') };
      runner.change({ entry: 'callback', id, status: 'SUCCEEDED', ...result });
      return {};
    },
    fail({ id: callbackId }, body) {
      const { runner, id } = callbackOf(callbackId);
      runner.change({ entry: 'callback', id, status: 'FAILED', error: errorIn(body) ?? {} });
      return {};
    },
    heartbeat({ id: callbackId }) {
      const { runner, id } = callbackOf(callbackId);
      runner.change({ entry: 'heartbeat', id });
      return {};
    },
  };
  return async (route: DurableRoute, body: Buffer): Promise<object> => {
    await executions.load();
    return responses[route.operation](route, body);
  };
}

/** Stops an execution, also a suspended one. Has no effect on one that has ended. */
export function stopExecution(runner: ExecutionRunner, error: ErrorObject): void {
  runner.change({ entry: 'ended', status: 'STOPPED', error });
}
