import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mustRun } from '../host/command.ts';
import { ensureProgram } from '../host/ensureProgram.ts';
import type { Check } from './checks.ts';
import { CACHE, startEndpoint, type Peer } from './peers.ts';

const VERSION = '4.0.2';
const NAME = `aws-lambda-ric ${VERSION}`;

const FOLDER = join(CACHE, 'runtime-client');
/** The installed package, with its native part. */
export const RUNTIME_CLIENT_PACKAGE = join(FOLDER, 'node_modules/aws-lambda-ric');

const HANDLERS = `let calls = 0;
exports.hello = async (event, context) => {
  console.log('hello from', context.functionName);
  return { event, calls: ++calls, remaining: context.getRemainingTimeInMillis(), ...context };
};
exports.throws = async () => { throw new TypeError('it broke'); };
exports.exits = async () => process.exit(3);
exports.endless = async () => new Promise((resolve) => setTimeout(resolve, 600_000));
exports.counts = awslambda.streamifyResponse(async ({ fails }, out) => {
  out.write('one ');
  out.write('two');
  if (fails) throw new RangeError('in the middle');
  out.end();
});
`;

const BOOTSTRAP = `#!/bin/sh
exec "${process.execPath}" "${RUNTIME_CLIENT_PACKAGE}/index.mjs"
`;

function define(handler: string, timeout = 10): object {
  return { runtime: 'provided.al2023', codeUri: 'code', handler, timeout };
}

const FUNCTIONS = {
  hello: define('handler.hello'),
  throws: define('handler.throws'),
  exits: define('handler.exits'),
  endless: define('handler.endless', 1),
  counts: define('handler.counts'),
  missing: define('nowhere.handler'),
  tenants: { ...define('handler.hello'), tenancy: true },
};

/** What the package's own install scripts need: they build curl and aws-lambda-cpp from sources in the package. */
const TOOLS = [
  { title: 'a C++ compiler', names: ['g++', 'clang++'], packages: ['g++'] },
  { title: 'cmake', names: ['cmake3', 'cmake'], packages: ['cmake'] },
  { title: 'make', names: ['make'], packages: ['make'] },
  { title: 'xz', names: ['xz'], packages: ['xz-utils'] },
  { title: 'Python 3', names: ['python3'], packages: ['python3'] },
];

/** Why the client can't run on this system; undefined if it can. */
export const RUNTIME_CLIENT_OBSTACLE =
  process.platform === 'linux' ? undefined : `${NAME} isn't checked: its native part builds on Linux only.`;

/** Installs AWS's runtime interface client and builds its native part, once. Takes about a minute. */
export async function installRuntimeClient(): Promise<void> {
  await mkdir(join(FOLDER, 'code'), { recursive: true });
  await mkdir(join(FOLDER, '.vscode'), { recursive: true });
  await writeFile(join(FOLDER, '.vscode/lambda-invoke.json'), JSON.stringify({ localFunctions: FUNCTIONS }));
  await writeFile(join(FOLDER, 'code/handler.js'), HANDLERS);
  await writeFile(join(FOLDER, 'code/bootstrap'), BOOTSTRAP, { mode: 0o755 });
  await writeFile(join(FOLDER, 'package.json'), '{ "private": true }\n');
  const args = ['--prefix', FOLDER, '--ignore-scripts', '--no-audit', '--no-fund'];
  await mustRun('npm', ['install', ...args, `aws-lambda-ric@${VERSION}`]);
  if (existsSync(join(RUNTIME_CLIENT_PACKAGE, 'rapid-client.node'))) return;
  for (const tool of TOOLS) await ensureProgram(tool);
  console.log(`Building ${NAME}…`);
  // Node's headers, if they are installed with Node.js; otherwise node-gyp downloads them.
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_api.h'));
  const env = { ...process.env, ...(hasHeaders && { npm_config_nodedir: prefix }) };
  for (const script of ['preinstall', 'postinstall'])
    await mustRun('sh', [`scripts/${script}.sh`], { cwd: RUNTIME_CLIENT_PACKAGE, env });
}

/** Functions that AWS's runtime interface client runs as a custom runtime of the local endpoint. */
export const RUNTIME_CLIENT: Peer = {
  name: NAME,
  toFunctionName: (name) => name,
  start: () => startEndpoint(FOLDER),
};

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:hello';

/** The fields of a response; none if it isn't JSON. */
function fields(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** What AWS documents for its runtimes. */
const CHECKS: readonly Check[] = [
  {
    name: 'the result and its log',
    FunctionName: 'hello',
    payload: '{"text":"ü"}',
    fields: { LogType: 'Tail' },
    passes: ({ outcome }, text) =>
      outcome.state === 'succeeded' &&
      text.includes('"event":{"text":"ü"},"calls":1') &&
      /INFO\thello from hello\nEND .*\nREPORT .*Init Duration/.test(outcome.logTail?.text ?? ''),
  },
  {
    name: 'a second event in the same process',
    FunctionName: 'hello',
    passes: ({ outcome }, text) => outcome.state === 'succeeded' && fields(text)['calls'] === 2,
  },
  {
    name: 'the context object',
    FunctionName: 'hello',
    passes: ({ outcome }, text) => {
      const context = fields(text);
      return (
        context['functionName'] === 'hello' &&
        context['functionVersion'] === '$LATEST' &&
        context['invokedFunctionArn'] === ARN &&
        context['memoryLimitInMB'] === '128' &&
        context['logGroupName'] === '/aws/lambda/hello' &&
        context['awsRequestId'] === outcome.requestId &&
        Number(context['remaining']) > 0 &&
        Number(context['remaining']) <= 10_000
      );
    },
  },
  {
    name: 'the client context',
    FunctionName: 'hello',
    fields: { ClientContext: '{"custom":{"key":"value"}}' },
    passes: (_, text) => text.includes('"clientContext":{"custom":{"key":"value"}}'),
  },
  {
    name: 'the tenant',
    FunctionName: 'tenants',
    fields: { TenantId: 'tenant 1' },
    passes: (_, text) => fields(text)['tenantId'] === 'tenant 1',
  },
  {
    name: 'a payload of 5.9 MB',
    FunctionName: 'hello',
    payload: JSON.stringify({ filler: 'x'.repeat(5_900_000) }),
    passes: ({ outcome }) => outcome.state === 'succeeded' && outcome.responseBytes > 5_900_000,
  },
  {
    name: 'a function error',
    FunctionName: 'throws',
    passes: ({ outcome }) =>
      outcome.state === 'functionError' &&
      outcome.functionError.type === 'TypeError' &&
      outcome.functionError.message === 'it broke' &&
      outcome.functionError.stack.length > 0,
  },
  {
    name: 'an init error',
    FunctionName: 'missing',
    passes: ({ outcome }) =>
      outcome.state === 'functionError' && outcome.functionError.type === 'Runtime.ImportModuleError',
  },
  {
    name: 'an exit',
    FunctionName: 'exits',
    passes: ({ outcome }) => outcome.state === 'functionError' && outcome.functionError.type === 'Runtime.ExitError',
  },
  {
    name: 'a timeout',
    FunctionName: 'endless',
    passes: ({ outcome }) => outcome.state === 'functionError' && outcome.functionError.type === 'Sandbox.Timedout',
  },
  {
    name: 'a streamed response',
    FunctionName: 'counts',
    fields: { InvokeMode: 'RESPONSE_STREAM' },
    passes: ({ outcome }, text) => outcome.state === 'succeeded' && text === 'one two',
  },
  {
    name: 'an error in a streamed response',
    FunctionName: 'counts',
    payload: '{"fails":true}',
    fields: { InvokeMode: 'RESPONSE_STREAM' },
    passes: ({ outcome }, text) =>
      outcome.state === 'functionError' && outcome.functionError.type === 'RangeError' && text.startsWith('one two'),
  },
  {
    name: 'a streaming handler, invoked without streaming',
    FunctionName: 'counts',
    passes: ({ outcome }, text) => outcome.state === 'succeeded' && text === 'one two',
  },
];

/** All of them must pass. */
export const RUNTIME_CLIENT_CHECKS: readonly Check[] = CHECKS.map((check) => ({ ...check, isRequired: true }));
