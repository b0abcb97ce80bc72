import { devNull } from 'node:os';
import type { LocalFunction } from '../core/localFunctions.ts';
import { LOCAL_REGION } from './functionIdentity.ts';

/** What a handler process is given of our own environment: enough to start, nothing of the user's AWS. */
const INHERITED = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** Logs of one process, as Lambda names them: the day, the version, an id. */
function logStreamName(id: string): string {
  return `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${id}`;
}

/**
 * The environment of a handler process: Lambda's own variables and the function's. Neither VSCODE_*, ELECTRON_*,
 * NODE_OPTIONS nor the user's AWS_* reach it. Source: Lambda developer guide, "Defined runtime environment variables".
 */
export function handlerEnvironment(
  name: string,
  fn: LocalFunction,
  { runtimeApi, taskRoot, processId, mark }: { runtimeApi: string; taskRoot: string; processId: string; mark: string },
): NodeJS.ProcessEnv {
  const inherited = INHERITED.flatMap((key) => {
    const value = process.env[key];
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    TZ: process.platform === 'linux' ? ':UTC' : 'UTC',
    LANG: 'en_US.UTF-8',
    // An SDK in a handler would find the user's own credentials otherwise.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...fn.environment,
    ELECTRON_RUN_AS_NODE: '1',
    LAMBDA_INVOKE_LOG_MARK: mark,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(processId),
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    _HANDLER: fn.handler,
    LAMBDA_TASK_ROOT: taskRoot,
  };
}
