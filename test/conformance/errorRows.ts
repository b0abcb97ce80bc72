import { ARN, act, type Row } from './row.ts';

const TOO_LARGE = '/^Request must be smaller than \\d+ bytes for the InvokeFunction operation$/';

/** Requests that the endpoint rejects. */
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
    name: 'a payload that is not JSON',
    request: { FunctionName: 'node', Payload: '{"a":' },
    status: 400,
    exception: 'InvalidRequestContentException',
    body: { message: '/^Could not parse request body into json: /' },
  },
  {
    name: 'a client context that is not an object',
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
    name: 'a reserved concurrency of 0',
    request: { FunctionName: 'none', Payload: '{}' },
    status: 429,
    exception: 'TooManyRequestsException',
    headers: { 'retry-after': '^\\d+$' },
    body: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', message: 'Rate Exceeded.' },
  },
  {
    name: 'no tenant for a function with tenant isolation',
    request: { FunctionName: 'tenants', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
  {
    name: 'a tenant for a function without tenant isolation',
    request: { FunctionName: 'noTenants', TenantId: 't', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
  {
    name: 'a durable execution name with another payload',
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
    name: 'a durable execution name for a function that is not durable',
    request: { FunctionName: 'node', Qualifier: '1', DurableExecutionName: 'x', Payload: '{}' },
    status: 400,
    exception: 'InvalidParameterValueException',
  },
];
