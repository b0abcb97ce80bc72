/** How a durable execution starts that the tests of its state use. */
export const DURABLE_START = {
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:f:1/durable-execution/name/id',
  name: 'name',
  functionName: 'f',
  qualifier: '1',
  version: '1',
  input: '{}',
  at: 0,
} as const;
