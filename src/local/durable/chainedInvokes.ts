import type { OperationEnd } from '../../core/durable/externalChanges.ts';
import type { ErrorObject, Operation, OperationUpdate } from '../../core/durable/operation.ts';
import { parseFunctionName } from '../../core/functions/functionName.ts';
import { localArn } from '../../core/functions/localArn.ts';
import { versionOf } from '../../core/functions/localFunctions.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import type { FunctionResponse } from '../process/runFunction.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import { newExecutionArn, type DurableExecutions } from './durableExecutions.ts';
import type { ResolveChained } from './durableApi.ts';
import type { ExecutionRunner } from './executionRunner.ts';
import { functionErrorOf } from './invocationEvent.ts';
import { startRequest } from './startRequest.ts';

/** A function that isn't durable, and the payload to invoke it with. */
export interface PlainInvoke {
  readonly definition: WorkspaceFunction;
  readonly version: string;
  readonly qualifier: string | undefined;
  readonly payload: Buffer;
  readonly tenantId?: string;
}

interface Parts {
  readonly executions: DurableExecutions;
  readonly find: (name: string) => WorkspaceFunction | undefined | Promise<WorkspaceFunction | undefined>;
  /** Runs a function, also if it has to wait for capacity. */
  readonly run: (invoke: PlainInvoke) => Promise<FunctionResponse>;
}

/** A chained invoke, as the history has it. */
interface Started {
  readonly FunctionName: string;
  readonly TenantId?: string;
  readonly Input: { readonly Payload?: string };
  readonly DurableExecutionArn?: string;
}

interface Target {
  readonly definition: WorkspaceFunction;
  readonly version: string;
  readonly qualifier: string | undefined;
}

function failed(ErrorType: string, ErrorMessage: string): OperationEnd {
  return { status: 'FAILED', error: { ErrorType, ErrorMessage } };
}

const UNQUALIFIED = failed(
  'InvalidParameterValueException',
  'You cannot invoke a durable function using an unqualified ARN.',
);

function toEnd({ payload, FunctionError }: FunctionResponse): OperationEnd {
  if (FunctionError === undefined) return { status: 'SUCCEEDED', result: payload.toString('utf8') };
  const error: ErrorObject = functionErrorOf(payload);
  return { status: error.ErrorType === 'Sandbox.Timedout' ? 'TIMED_OUT' : 'FAILED', error };
}

/** Runs the functions that durable functions invoke: other durable executions, or plain functions. */
export function createChainedInvokes({ executions, find, run }: Parts) {
  /** The function to invoke, or why it can't be invoked. */
  async function targetOf(name: string): Promise<Target | OperationEnd> {
    const parts = parseFunctionName(name);
    const definition = parts === undefined ? undefined : await find(parts.name);
    const qualifier = parts?.qualifier;
    const version = definition && versionOf(definition.fn, qualifier ?? '$LATEST');
    if (definition === undefined || version === undefined)
      return failed('ResourceNotFoundException', `Function not found: ${localArn(name)}`);
    return definition.fn.isDurable && qualifier === undefined ? UNQUALIFIED : { definition, version, qualifier };
  }

  const resolve: ResolveChained = async ({ ChainedInvokeOptions }: OperationUpdate) => {
    const target = await targetOf(ChainedInvokeOptions?.FunctionName ?? '');
    if ('status' in target) return {};
    const { definition, version } = target;
    const functionArn = `${localArn(definition.name)}:${version}`;
    return { version, ...(definition.fn.isDurable && { arn: newExecutionArn(functionArn) }) };
  };

  async function runExecution(arn: string, target: Target, started: Started): Promise<OperationEnd | undefined> {
    const known = executions.byArn(arn);
    const { definition, version, qualifier = '$LATEST' } = target;
    const input = started.Input.Payload ?? '{}';
    const { TenantId: tenantId } = started;
    const request = startRequest(definition, {
      version,
      qualifier,
      input,
      ...(tenantId !== undefined && { tenantId }),
    });
    const runner = known ?? executions.start(request, arn);
    if (runner === 'full' || runner === 'taken') return failed('TooManyRequestsException', 'Rate Exceeded.');
    if (known === undefined) runner.step();
    else runner.resume();
    let end = await runner.ended();
    // Its first invocation waits for capacity.
    while (end === undefined && runner.isThrottled && !runner.isSuspended) end = await runner.ended();
    if (end === undefined) return undefined;
    const { status, result, error } = end;
    return { status, ...(result !== undefined && { result }), ...(error !== undefined && { error }) };
  }

  async function runOne(started: Started): Promise<OperationEnd | undefined> {
    const target = await targetOf(started.FunctionName);
    if ('status' in target) return target;
    const { DurableExecutionArn: arn, Input, TenantId: tenantId } = started;
    if (arn !== undefined) return runExecution(arn, target, started);
    if (target.definition.fn.isDurable) return UNQUALIFIED;
    const payload = Buffer.from(Input.Payload ?? '{}');
    return toEnd(await run({ ...target, payload, ...(tenantId !== undefined && { tenantId }) }));
  }

  /** What the chained invokes run, from their events. */
  function startedOf({ execution }: ExecutionRunner, id: Operation['Id']): Started | undefined {
    const event = execution.events.find(({ EventType, Id }) => EventType === 'ChainedInvokeStarted' && Id === id);
    const details = event?.['ChainedInvokeStartedDetails'];
    return isRecord(details) ? (details as unknown as Started) : undefined;
  }

  function chain(runner: ExecutionRunner, ids: readonly string[]): void {
    for (const id of ids) {
      const started = startedOf(runner, id);
      if (started === undefined) continue;
      runOne(started).then(
        (end) => {
          if (end !== undefined && !runner.isSuspended) runner.change({ entry: 'chained', id, ...end });
        },
        (error: unknown) => {
          const text = error instanceof Error ? error.message : String(error);
          runner.change({ entry: 'chained', id, ...failed('ServiceException', text) });
        },
      );
    }
  }

  return { resolve, chain };
}
