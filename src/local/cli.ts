// The standalone local endpoint, for any AWS client:
// npm run endpoint -- --workspace DIR [--port N] [--concurrency N] [--print-env]
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LOCAL_REGION } from '../core/functions/localArn.ts';
import { LocalEndpoint } from './http/localEndpoint.ts';
import { reportProblems } from './problems.ts';

const USAGE = 'npm run endpoint -- --workspace DIR [--port N] [--concurrency N] [--print-env]';

function fail(problem: string): never {
  console.error(`${problem}\nUsage: ${USAGE}`);
  process.exit(2);
}

interface Arguments {
  readonly workspace: string;
  readonly port: number;
  readonly maxProcesses: number;
  /** Print only the environment variables. */
  readonly isEnvOnly: boolean;
}

function readArguments(): Arguments {
  const options = {
    workspace: { type: 'string' },
    port: { type: 'string', default: '0' },
    concurrency: { type: 'string', default: '50' },
    'print-env': { type: 'boolean', default: false },
  } as const;
  try {
    const { values } = parseArgs({ options });
    const workspace = resolve(values.workspace ?? '.');
    const port = Number(values.port);
    if (!statSync(workspace, { throwIfNoEntry: false })?.isDirectory()) fail(`Folder not found: ${workspace}.`);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`Invalid port ${values.port}. Use 0 to 65535.`);
    const maxProcesses = Number(values.concurrency);
    if (!Number.isInteger(maxProcesses) || maxProcesses < 1)
      fail(`Invalid concurrency ${values.concurrency}. Use a number of at least 1.`);
    return { workspace, port, maxProcesses, isEnvOnly: values['print-env'] };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

const { workspace, port, maxProcesses, isEnvOnly } = readArguments();
const keys = {
  accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
  secretAccessKey: randomBytes(32).toString('hex'),
};
const dist = join(__dirname, '..', 'dist');
const endpoint = new LocalEndpoint({
  keys,
  folders: [workspace],
  runtimes: { nodeBootstrap: join(dist, 'nodeBootstrap.js'), pythonBootstrap: join(dist, 'pythonBootstrap.py') },
  hasCredentials: false,
  maxProcesses,
  endsWithParent: true,
});

reportProblems((line) => console.error(`Unexpected error: ${line}`));

function stop(): never {
  endpoint.close();
  process.exit(0);
}
// Exit with the parent process: shells don't forward their termination. If this loop is blocked, the watchdog does it.
const { ppid } = process;
setInterval(() => {
  if (process.ppid !== ppid) stop();
}, 500).unref();
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, stop);

endpoint.listen(port).then(
  (url) => {
    console.log(`AWS_ENDPOINT_URL_LAMBDA=${url}`);
    console.log(`AWS_REGION=${LOCAL_REGION}`);
    console.log(`AWS_ACCESS_KEY_ID=${keys.accessKeyId}`);
    console.log(`AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey}`);
    if (!isEnvOnly) console.error(`Serving the functions of ${workspace}. Press Ctrl+C to stop.`);
  },
  (error: unknown) => fail(error instanceof Error ? error.message : String(error)),
);
