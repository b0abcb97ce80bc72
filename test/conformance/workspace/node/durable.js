/** Speaks the wire format of the durable execution SDKs. */
exports.handler = async ({ InitialExecutionState }) => {
  const [{ ExecutionDetails }] = InitialExecutionState.Operations;
  const { value } = JSON.parse(ExecutionDetails.InputPayload);
  return { Status: 'SUCCEEDED', Result: JSON.stringify(value) };
};
