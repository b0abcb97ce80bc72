import { ARN, OK, act, python, type Row } from './row.ts';

/** The interface between runtimes and handlers. */
export const RUNTIME_ROWS: readonly Row[] = [
  {
    name: 'the handler receives the tenant',
    request: { FunctionName: 'tenants', TenantId: 'tenant 1', Payload: act('context') },
    status: 200,
    body: { tenantId: 'tenant 1' },
  },
  { name: 'an ES module', request: { FunctionName: 'nodeModule', Payload: '{}' }, status: 200, body: true },
  { name: 'a nested export', request: { FunctionName: 'nodeNested', Payload: '{}' }, status: 200, body: 'nested' },
  {
    name: 'a handler with a callback',
    request: { FunctionName: 'nodeCallback', Payload: '{}' },
    status: 200,
    body: 'called back',
  },
  {
    name: 'a streaming handler, invoked without streaming',
    request: { FunctionName: 'nodeStream', Payload: '{}' },
    status: 200,
    body: 'one two three',
  },
  {
    name: 'a durable execution has its ARN',
    request: { FunctionName: 'durable', Qualifier: '1', DurableExecutionName: 'order-1', Payload: act('echo', 'done') },
    status: 200,
    headers: { 'x-amz-durable-execution-arn': 'function:durable:1/durable-execution/order-1/' },
    body: 'done',
  },
  {
    name: 'Python: the result',
    request: python('echo', { ü: 1 }),
    status: 200,
    headers: { ...OK, 'x-amz-executed-version': '^\\$LATEST$' },
    body: { ü: 1 },
  },
  {
    name: 'Python: the context object',
    request: { ...python('context'), ClientContext: '{"custom":{"k":"v"}}' },
    status: 200,
    body: {
      name: 'python',
      version: '$LATEST',
      memory: '128',
      arn: `${ARN}python`,
      group: '/^\\/aws\\/lambda\\/python$/',
      custom: { k: 'v' },
      request_id: '/^[0-9a-f-]{36}$/',
    },
  },
  {
    name: 'Python: the log',
    request: python('log', 'x'),
    status: 200,
    body: null,
    log: [
      'printed\\n',
      '\\[INFO\\]\\t\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z\\t[0-9a-f-]{36}\\tlogged x\\n',
      '\\[WARNING\\]\\t.*\\twarned\\n',
    ],
  },
  {
    name: 'Python: the log as JSON',
    request: { FunctionName: 'pythonJson', LogType: 'Tail', Payload: act('log', 'x') },
    status: 200,
    log: ['"level": "INFO", "message": "logged x"', '"type":"platform.report"'],
  },
  {
    name: 'Python: a module with dots',
    request: { FunctionName: 'pythonDots', Payload: act('echo', 2) },
    status: 200,
    body: 2,
  },
  {
    name: 'provided: a custom runtime',
    request: { FunctionName: 'provided', LogType: 'Tail', Payload: '{"a":1}' },
    status: 200,
    headers: OK,
    body: { provided: { a: 1 } },
    log: ['provided got \\{"a":1\\}'],
  },
  {
    name: 'provided: a second reply is ignored',
    request: { FunctionName: 'provided', Payload: act('twice') },
    status: 200,
    body: 'first',
  },
  {
    name: 'provided: invalid requests to the Runtime API have no effect',
    request: { FunctionName: 'provided', Payload: act('garbage') },
    status: 200,
    body: 'after garbage',
  },
];
