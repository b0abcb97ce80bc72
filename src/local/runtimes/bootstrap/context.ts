/** The Runtime API's headers of an event. */
export type EventHeaders = Readonly<Partial<Record<string, string>>>;

/** The part of the context object that the runtime itself reads. */
export interface Context {
  /** A handler can set it to false to send its callback result immediately. */
  readonly callbackWaitsForEmptyEventLoop: boolean;
}

const {
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: version,
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memorySize,
  AWS_LAMBDA_LOG_GROUP_NAME: logGroupName,
  AWS_LAMBDA_LOG_STREAM_NAME: logStreamName,
} = process.env;

/**
 * The context object of one invocation, from the Runtime API's headers and the environment.
 * Source: Lambda developer guide, "Using the Lambda context object to retrieve Node.js function information".
 */
export function createContext(headers: EventHeaders): Context {
  const header = (name: string) => {
    const value = headers[`lambda-runtime-${name}`];
    return typeof value === 'string' ? value : undefined;
  };
  const deadline = Number(header('deadline-ms'));
  const clientContext = header('client-context');
  const tenantId = header('aws-tenant-id');
  const context = {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: version,
    invokedFunctionArn: header('invoked-function-arn'),
    memoryLimitInMB: memorySize,
    awsRequestId: header('aws-request-id'),
    logGroupName,
    logStreamName,
    ...(clientContext !== undefined && { clientContext: JSON.parse(clientContext) as unknown }),
    ...(tenantId !== undefined && { tenantId }),
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
  return context;
}
