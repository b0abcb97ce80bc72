import { devNull } from 'node:os';
import type { LocalFunction } from '../../core/functions/localFunctions.ts';
import { LOCAL_REGION } from '../../core/functions/localArn.ts';

/** Variables inherited by handler processes: enough to start, but none of the user's AWS variables. */
const INHERITED = ['PATH', 'HOME', 'USERPROFILE', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/** The user's AWS variables, inherited if the setting allows it, so that an SDK in the handler finds credentials. */
const USER_AWS_VARIABLE = /^AWS_(?!LAMBDA_|EXECUTION_ENV)/;

/** SDKs prefer these to a profile. */
const ACCESS_KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Keeps an SDK in a handler from using the user's credentials. */
const NO_USER_AWS = {
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
};

/**
 * The user's AWS variables for a handler. The profile of the project's SAM configuration replaces the user's, as in
 * `sam local invoke`.
 */
function userAwsVariables({ profile }: LocalFunction): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([key]) => USER_AWS_VARIABLE.test(key));
  if (profile === undefined) return Object.fromEntries(inherited);
  return { ...Object.fromEntries(inherited.filter(([key]) => !ACCESS_KEYS.includes(key))), AWS_PROFILE: profile };
}

/** Keys that only sign requests to the API of durable executions, whose address is a secret. */
const LOCAL_KEYS = { AWS_ACCESS_KEY_ID: 'LOCAL', AWS_SECRET_ACCESS_KEY: 'LOCAL' };

/** A log stream name in Lambda's format: date, version, ID. */
function logStreamName(version: string, id: string): string {
  return `${new Date().toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${id}`;
}

/** Node's own error for a null character would show the value, which may be a secret. */
function withoutNull(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const name = Object.keys(variables).find((key) => `${key}${variables[key]}`.includes('\0'));
  if (name !== undefined) throw new Error(`The environment variable ${JSON.stringify(name)} has a null character.`);
  return variables;
}

export interface ProcessIdentity {
  readonly name: string;
  readonly version: string;
  readonly fn: LocalFunction;
  readonly taskRoot: string;
  /** See `Launch.environment` and `Launch.optVariables`. */
  readonly launchVariables: Readonly<Record<string, string>>;
  readonly optVariables?: Readonly<Record<string, string>>;
  /** The address of the Runtime API; absent for a runtime that uses pipes. */
  readonly runtimeApi?: string;
  readonly processId: string;
  /** Whether the handler can use the user's AWS variables and config files. */
  readonly hasCredentials: boolean;
  /** The address of the API of durable executions, for a durable function. */
  readonly durableApi?: string | undefined;
}

/**
 * The environment of a handler process: Lambda's variables and the function's. It excludes VSCODE_*, ELECTRON_*,
 * NODE_OPTIONS and, unless `hasCredentials`, the user's AWS_*. Throws Error if a variable has a null character.
 * Source: Lambda developer guide, "Defined runtime environment variables".
 */
export function handlerEnvironment(identity: ProcessIdentity): NodeJS.ProcessEnv {
  const { name, version, fn, taskRoot, launchVariables, optVariables, runtimeApi, processId, hasCredentials } =
    identity;
  const { durableApi } = identity;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([key]) => INHERITED.includes(key))),
    ...(hasCredentials && userAwsVariables(fn)),
    TZ: process.platform === 'linux' ? ':UTC' : 'UTC',
    LANG: 'en_US.UTF-8',
    ...(!hasCredentials && NO_USER_AWS),
    ...(!hasCredentials && durableApi !== undefined && LOCAL_KEYS),
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    ...(hasCredentials && process.env['AWS_REGION'] !== undefined && { AWS_REGION: process.env['AWS_REGION'] }),
    ...launchVariables,
    ...withoutNull(fn.environment),
    ...optVariables,
    ...(fn.runtime.startsWith('nodejs') && { ELECTRON_RUN_AS_NODE: '1' }),
    ...(fn.runtime.startsWith('python') && { PYTHONUNBUFFERED: '1', PYTHONDONTWRITEBYTECODE: '1' }),
    ...(durableApi !== undefined && {
      AWS_ENDPOINT_URL_LAMBDA: durableApi,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false',
    }),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memorySize),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStreamName(version, processId),
    AWS_LAMBDA_LOG_FORMAT: fn.logFormat,
    ...(fn.logFormat === 'JSON' && { AWS_LAMBDA_LOG_LEVEL: fn.applicationLogLevel ?? 'INFO' }),
    ...(runtimeApi !== undefined && { AWS_LAMBDA_RUNTIME_API: runtimeApi }),
    AWS_LAMBDA_INITIALIZATION_TYPE: fn.isManaged === true ? 'lambda-managed-instances' : 'on-demand',
    AWS_EXECUTION_ENV: `AWS_Lambda_${fn.runtime}`,
    _HANDLER: fn.handler,
    LAMBDA_TASK_ROOT: taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
  };
}
