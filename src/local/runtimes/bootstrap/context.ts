import { CLIENT_VERSION } from './clientVersion.ts';

/** The headers of an event from the Runtime API. */
export type EventHeaders = Readonly<Partial<Record<string, string>>>;

/** The values of the context object. Version 3 adds functions and `callbackWaitsForEmptyEventLoop`. */
export type Context = Readonly<Record<string, unknown>>;

const FUNCTION_VALUES = {
  functionName: process.env['AWS_LAMBDA_FUNCTION_NAME'],
  functionVersion: process.env['AWS_LAMBDA_FUNCTION_VERSION'],
  memoryLimitInMB: process.env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
  logGroupName: process.env['AWS_LAMBDA_LOG_GROUP_NAME'],
  logStreamName: process.env['AWS_LAMBDA_LOG_STREAM_NAME'],
};

/** The header `lambda-runtime-<name>` of an event. */
export function headerOf(headers: EventHeaders, name: string): string | undefined {
  const value = headers[`lambda-runtime-${name}`];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The context object of one invocation, from the Runtime API's headers and the environment. Throws a SyntaxError if the
 * client context isn't JSON. Source: Lambda developer guide, "Using the Lambda context object to retrieve Node.js
 * function information"; aws-lambda-ric, InvokeContext.js (version 3) and context-builder.js (version 4).
 */
export function createContext(headers: EventHeaders): Context {
  const deadline = Number(headerOf(headers, 'deadline-ms'));
  const clientContext = headerOf(headers, 'client-context');
  const eventValues = {
    clientContext: clientContext === undefined ? undefined : (JSON.parse(clientContext) as unknown),
    identity: undefined,
    invokedFunctionArn: headerOf(headers, 'invoked-function-arn'),
    awsRequestId: headerOf(headers, 'aws-request-id'),
    tenantId: headerOf(headers, 'aws-tenant-id'),
    ...(CLIENT_VERSION === 4 && { xRayTraceId: headerOf(headers, 'trace-id') }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  return CLIENT_VERSION === 4 ? { ...eventValues, ...FUNCTION_VALUES } : { ...FUNCTION_VALUES, ...eventValues };
}
