/** Returns the event and the context that Lambda passes to the function. */
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
