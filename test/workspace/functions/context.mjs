/** Returns what Lambda tells a function about its invocation. */
export async function handler(event, context) {
  const { functionName, functionVersion, invokedFunctionArn, awsRequestId, clientContext, tenantId } = context;
  return {
    functionName,
    functionVersion,
    invokedFunctionArn,
    awsRequestId,
    clientContext,
    tenantId,
    remainingMs: context.getRemainingTimeInMillis(),
    greeting: process.env.GREETING,
    event,
  };
}
