import { ARN, act, type Row } from './row.ts';

const TOO_LARGE = '/^Request must be smaller than \\d+ bytes for the InvokeFunction operation$/';

/** What the endpoint refuses. */
export const ERROR_ROWS: readonly Row[] = [
  {
    name: 'an unknown function',
    request: { FunctionName: 'nobody', Payload: '{}' },
    status: 404,
    exception: 'ResourceNotFoundException',
    body: { message: `Function not found: ${ARN}nobody:$LATEST`, Type: 'User' },
  },
  {
    name: 'an unknown qualifier',
    request: { FunctionName: 'node', Qualifier: '99', Payload: '{}' },
    status: 404,
    exception: 'ResourceNotFoundException',
    body: { message: `Function not found: ${ARN}node:99` },
  },
  {
    name: 'a payload that is no JSON',
    request: { FunctionName: 'node', Payload: '{"a":' },
    status: 400,
    exception: 'InvalidRequestContentException',
    body: { message: '/^Could not parse request body into json: /' },
  },
  {
    name: 'a client context that is no object',
    request: { FunctionName: 'node', ClientContext: '"text"', Payload: '{}' },
    status: 400,
    exception: 'InvalidRequestContentException',
    body: { message: 'Client context must be a valid Base64-encoded JSON object.' },
  },
  {
    name: 'a client context over its limit',
    request: {
      FunctionName: 'node',
      ClientContext: JSON.stringify({ custom: { k: 'x'.repeat(2700) } }),
      Payload: '{}',
    },
    status: 400,
    exception: 'InvalidRequestContentException',
  },
  {
    name: 'a qualifier that contradicts the name',
    request: { FunctionName: 'node:live', Qualifier: '1', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
    body: { message: 'The derived qualifier from the function name does not match the specified qualifier.' },
  },
  {
    name: 'a payload over 6,291,456 bytes',
    request: { FunctionName: 'node', Payload: '"x"', repeat: 6_291_455 },
    status: 413,
    exception: 'RequestEntityTooLargeException',
    body: { message: TOO_LARGE },
  },
  {
    name: 'an Event over 1,048,576 bytes',
    request: { FunctionName: 'node', InvocationType: 'Event', Payload: '"x"', repeat: 1_048_575 },
    status: 413,
    exception: 'RequestEntityTooLargeException',
    body: { message: TOO_LARGE },
  },
  {
    name: 'reserved concurrency of none',
    request: { FunctionName: 'none', Payload: '{}' },
    status: 429,
    exception: 'TooManyRequestsException',
    headers: { 'retry-after': '^\\d+$' },
    body: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', message: 'Rate Exceeded.' },
  },
  {
    name: 'a function with tenants without one',
    request: { FunctionName: 'tenants', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
  {
    name: 'a tenant for a function without them',
    request: { FunctionName: 'noTenants', TenantId: 't', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
  {
    name: 'a durable execution of another payload',
    request: {
      FunctionName: 'durable',
      Qualifier: '1',
      DurableExecutionName: 'order-1',
      Payload: act('echo', 'other'),
    },
    status: 409,
    exception: 'DurableExecutionAlreadyStartedException',
  },
  {
    name: 'a durable function without a qualifier',
    request: { FunctionName: 'durable', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
  {
    name: 'a durable execution of a function that is none',
    request: { FunctionName: 'node', Qualifier: '1', DurableExecutionName: 'x', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
];
