/**
 * A durable execution SDK in a few lines, for handlers in tests: it speaks the wire format of AWS's SDKs, and runs on every
 * version of Node.js. Operations have the IDs that the handler gives them.
 */
export const DURABLE_RUNTIME = `const { appendFileSync } = require('node:fs');
const SUSPEND = new Error('suspended');
exports.note = (file, text) => appendFileSync(file, text + '\\n');
exports.durable = (run, { onCheckpoint = () => {} } = {}) => async (event, context) => {
  const url = process.env.AWS_ENDPOINT_URL_LAMBDA + '/2025-12-01/durable-executions/' + encodeURIComponent(event.DurableExecutionArn);
  const operations = new Map();
  let token = event.CheckpointToken;
  const merge = (all = []) => { for (const each of all) operations.set(each.Id, each); };
  async function call(path, body) {
    const response = await fetch(url + path, body && { method: 'POST', body: JSON.stringify(body) });
    const answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(answer.message), { name: response.headers.get('x-amzn-errortype') });
    return answer;
  }
  merge(event.InitialExecutionState.Operations);
  for (let marker = event.InitialExecutionState.NextMarker; marker;) {
    const page = await call('/state?CheckpointToken=' + encodeURIComponent(token) + '&Marker=' + marker);
    merge(page.Operations);
    marker = page.NextMarker;
  }
  async function checkpoint(...Updates) {
    const answer = await call('/checkpoint', { CheckpointToken: token, Updates });
    token = answer.CheckpointToken;
    merge(answer.NewExecutionState.Operations);
    await onCheckpoint(Updates);
    return answer;
  }
  const [{ ExecutionDetails }] = operations.values();
  const context_ = {
    event, context, operations, checkpoint, call,
    getToken: () => token,
    async step(Id, action, { isAtMostOnce = false, retries = 0, delay = 1 } = {}) {
      const base = { Id, Name: Id, Type: 'STEP', SubType: 'Step' };
      const known = operations.get(Id);
      if (known?.Status === 'SUCCEEDED') return JSON.parse(known.StepDetails.Result ?? 'null');
      if (known?.Status === 'FAILED') throw Object.assign(new Error(known.StepDetails.Error.ErrorMessage), { name: known.StepDetails.Error.ErrorType });
      if (known?.Status === 'PENDING') throw SUSPEND;
      const attempt = (known?.StepDetails?.Attempt ?? 0) + 1;
      const fail = async (error) => {
        const Error_ = { ErrorType: error.name, ErrorMessage: error.message };
        if (attempt > retries) {
          await checkpoint({ ...base, Action: 'FAIL', Error: Error_ });
          throw error;
        }
        await checkpoint({ ...base, Action: 'RETRY', Error: Error_, StepOptions: { NextAttemptDelaySeconds: delay } });
        throw SUSPEND;
      };
      if (known?.Status === 'STARTED' && isAtMostOnce) await fail(Object.assign(new Error('interrupted'), { name: 'StepInterrupted' }));
      if (known?.Status !== 'STARTED') await checkpoint({ ...base, Action: 'START' });
      let result;
      try {
        result = await action(attempt);
      } catch (error) {
        await fail(error);
      }
      await checkpoint({ ...base, Action: 'SUCCEED', Payload: JSON.stringify(result) });
      return result;
    },
    async wait(Id, WaitSeconds) {
      if (!operations.has(Id)) await checkpoint({ Id, Name: Id, Type: 'WAIT', SubType: 'Wait', Action: 'START', WaitOptions: { WaitSeconds } });
      if (operations.get(Id).Status !== 'SUCCEEDED') throw SUSPEND;
    },
    async callback(Id, CallbackOptions = {}) {
      if (!operations.has(Id)) await checkpoint({ Id, Name: Id, Type: 'CALLBACK', SubType: 'Callback', Action: 'START', CallbackOptions });
      const { Status, CallbackDetails } = operations.get(Id);
      if (Status === 'STARTED') throw SUSPEND;
      if (Status !== 'SUCCEEDED') throw Object.assign(new Error(CallbackDetails.Error.ErrorMessage), { name: Status });
      return CallbackDetails.Result;
    },
    async invoke(Id, FunctionName, payload) {
      const options = { Payload: JSON.stringify(payload), ChainedInvokeOptions: { FunctionName } };
      if (!operations.has(Id)) await checkpoint({ Id, Name: Id, Type: 'CHAINED_INVOKE', SubType: 'ChainedInvoke', Action: 'START', ...options });
      const { Status, ChainedInvokeDetails } = operations.get(Id);
      if (Status === 'STARTED') throw SUSPEND;
      if (Status !== 'SUCCEEDED') throw Object.assign(new Error(ChainedInvokeDetails.Error.ErrorMessage), { name: Status });
      return JSON.parse(ChainedInvokeDetails.Result);
    },
    suspend() { throw SUSPEND; },
  };
  try {
    const result = await run(JSON.parse(ExecutionDetails.InputPayload), context_);
    return { Status: 'SUCCEEDED', Result: JSON.stringify(result) };
  } catch (error) {
    if (error === SUSPEND) return { Status: 'PENDING' };
    return { Status: 'FAILED', Error: { ErrorType: error.name, ErrorMessage: error.message } };
  }
};
`;
