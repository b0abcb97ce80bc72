import { localArn } from '../../core/functions/localArn.ts';
import type { WorkspaceFunction } from '../workspace/workspaceFunctions.ts';
import type { StartRequest } from './durableExecutions.ts';

/** The request to start an execution of a function, with the settings of the function. */
export function startRequest(
  { name, fn }: WorkspaceFunction,
  rest: Pick<StartRequest, 'version' | 'qualifier' | 'input' | 'name' | 'tenantId' | 'environment'>,
): StartRequest {
  const { executionTimeout, retentionPeriodInDays } = fn.durableConfig ?? {};
  return {
    functionArn: `${localArn(name)}:${rest.version}`,
    functionName: name,
    ...(executionTimeout !== undefined && { timeoutSeconds: executionTimeout }),
    ...(retentionPeriodInDays !== undefined && { retentionDays: retentionPeriodInDays }),
    ...rest,
  };
}
