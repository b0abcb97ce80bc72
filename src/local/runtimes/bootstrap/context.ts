import { CLIENT_VERSION } from './clientVersion.ts';

/** The Runtime API's headers of an event. */
export type EventHeaders = Readonly<Partial<Record<string, string>>>;

/** The part of the context object that the runtime itself reads. */
export interface Context {
  /** A handler can set it to false to send its callback result immediately. Only in version 3. */
  readonly callbackWaitsForEmptyEventLoop?: boolean;
}

const {
  AWS_LAMBDA_FUNCTION_NAME: functionName,
  AWS_LAMBDA_FUNCTION_VERSION: functionVersion,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memoryLimitInMB,
  AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
} = process.env;

/** A header of an event, without its prefix. */
export function headerOf(headers: EventHeaders, name: string): string | undefined {
  const value = headers[`lambda-runtime-${name}`];
  return typeof value === 'string' ? value : undefined;
}

/**
 * The context object of one invocation, from the Runtime API's headers and the environment. Source: Lambda developer
 * guide, "Using the Lambda context object to retrieve Node.js function information"; aws-lambda-ric, ContextBuilder.
 */
export function createContext(headers: EventHeaders): Context {
  const deadline = Number(headerOf(headers, 'deadline-ms'));
  const clientContext = headerOf(headers, 'client-context');
  return {
    ...(CLIENT_VERSION === 3 && { callbackWaitsForEmptyEventLoop: true }),
    ...{ functionVersion, functionName, memoryLimitInMB, logGroupName, logStreamName },
    clientContext: clientContext === undefined ? undefined : (JSON.parse(clientContext) as unknown),
    identity: undefined,
    invokedFunctionArn: headerOf(headers, 'invoked-function-arn'),
    awsRequestId: headerOf(headers, 'aws-request-id'),
    tenantId: headerOf(headers, 'aws-tenant-id'),
    ...(CLIENT_VERSION === 4 && { xRayTraceId: headerOf(headers, 'trace-id') }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  } as Context;
}
