// The standalone local endpoint, for any AWS client:
// npm run endpoint -- --help
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { LOCAL_REGION } from '../core/functions/localArn.ts';
import { LocalEndpoint } from './http/localEndpoint.ts';
import type { LayerFolders } from './layers/workspaceLayers.ts';
import type { TemplatePatterns } from '../core/functions/templateCandidates.ts';
import { toSentence } from '../core/messages/messages.ts';
import { visibleLine } from '../core/messages/visibleText.ts';
import { readEnvironmentFiles } from './workspace/environmentFiles.ts';
import { printFunctions, printPlaceholders, printProblems } from './printFunctions.ts';
import { reportProblems } from './problems.ts';

const USAGE = `npm run endpoint -- [--workspace DIR] [--port N] [--concurrency N] [--print-env | --list] [--include GLOB]
  [--exclude GLOB] [--env-file FILE] [--credentials none|profile] [--layer ARN=DIR] [--node-sdk DIR] [--python-sdk DIR]`;

const HELP = `Usage: ${USAGE}

  --workspace DIR     Folder with the functions. Default: the current folder.
  --port N            Port. Default: any free port.
  --concurrency N     Maximum number of concurrent invocations. Default: 50.
  --print-env         Prints only the environment variables for clients.
  --list              Prints the functions and the problems with their templates, and exits.
  --include GLOB      Additional files to search for functions. Can be repeated.
  --exclude GLOB      Files and folders to exclude from the search. Can be repeated.
  --layer ARN=DIR     Folder with the content of a layer. In ARN, * matches any text. Can be repeated.
  --env-file FILE     Values of declared environment variables: a .env file, or JSON as for sam local invoke --env-vars.
                      Can be repeated.
  --credentials NAME  profile passes your AWS environment variables and files to functions. Default: none.
  --node-sdk DIR      AWS SDK of Lambda's Node.js runtimes: a folder with @aws-sdk packages in node_modules.
  --python-sdk DIR    AWS SDK of Lambda's Python runtimes: a folder with boto3 and its dependencies.
  --help              Prints this help.`;

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
  /** Print the functions and exit. */
  readonly isList: boolean;
  readonly templates: TemplatePatterns;
  readonly layers: LayerFolders;
  /** Absolute paths. */
  readonly environmentFiles: readonly string[];
  /** Whether handlers receive the user's AWS variables. */
  readonly hasCredentials: boolean;
  /** The folders with the SDKs of Lambda's runtimes. Empty if they aren't set. */
  readonly nodeSdk: string;
  readonly pythonSdk: string;
}

/** The path of the folder in an argument, which may be empty. */
function sdkFolder(path: string): string {
  const folder = path && resolve(path);
  if (folder !== '' && !statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    fail(`Folder not found: ${folder}.`);
  return folder;
}

/** The ARN and the folder of `ARN=DIR`. A relative folder is relative to the current folder. */
function readLayer(text: string): [string, string] {
  const [arn = '', ...folder] = text.split('=');
  if (folder.length === 0) fail(`Invalid layer ${text}. Use ARN=DIR.`);
  return [arn, resolve(folder.join('='))];
}

function readArguments(): Arguments {
  const options = {
    workspace: { type: 'string' },
    port: { type: 'string', default: '0' },
    concurrency: { type: 'string', default: '50' },
    'print-env': { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    include: { type: 'string', multiple: true, default: [] },
    exclude: { type: 'string', multiple: true, default: [] },
    layer: { type: 'string', multiple: true, default: [] },
    'env-file': { type: 'string', multiple: true, default: [] },
    credentials: { type: 'string', default: 'none' },
    'node-sdk': { type: 'string', default: '' },
    'python-sdk': { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  } satisfies ParseArgsConfig['options'];
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    const workspace = resolve(values.workspace ?? '.');
    const port = Number(values.port);
    if (!statSync(workspace, { throwIfNoEntry: false })?.isDirectory()) fail(`Folder not found: ${workspace}.`);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) fail(`Invalid port ${values.port}. Use 0 to 65535.`);
    const maxProcesses = Number(values.concurrency);
    if (!Number.isInteger(maxProcesses) || maxProcesses < 1)
      fail(`Invalid concurrency ${values.concurrency}. Use a number of at least 1.`);
    const { include, exclude, list: isList, credentials } = values;
    if (credentials !== 'none' && credentials !== 'profile')
      fail(`Invalid credentials ${credentials}. Use none or profile.`);
    return {
      workspace,
      port,
      maxProcesses,
      isEnvOnly: values['print-env'],
      isList,
      templates: { include, exclude },
      layers: Object.fromEntries(values.layer.map(readLayer)),
      environmentFiles: values['env-file'].map((path) => resolve(path)),
      hasCredentials: credentials === 'profile',
      nodeSdk: sdkFolder(values['node-sdk']),
      pythonSdk: sdkFolder(values['python-sdk']),
    };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** Serves the functions until the process is stopped. */
function serve(args: Arguments): void {
  const { workspace, port, maxProcesses, isEnvOnly, templates, layers, environmentFiles, hasCredentials } = args;
  const { nodeSdk, pythonSdk } = args;
  const keys = {
    accessKeyId: `LOCAL${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(32).toString('hex'),
  };
  const dist = join(__dirname, '..', 'dist');
  const endpoint = new LocalEndpoint({
    keys,
    folders: [workspace],
    templates,
    layers,
    environmentFiles,
    runtimes: {
      nodeBootstrap: join(dist, 'nodeBootstrap.js'),
      pythonBootstrap: join(dist, 'pythonRuntime/bootstrap.py'),
      nodeSdk,
      pythonSdk,
    },
    hasCredentials,
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

  async function start(): Promise<void> {
    const url = await endpoint.listen(port);
    console.log(`AWS_ENDPOINT_URL_LAMBDA=${url}`);
    console.log(`AWS_REGION=${LOCAL_REGION}`);
    console.log(`AWS_ACCESS_KEY_ID=${keys.accessKeyId}`);
    console.log(`AWS_SECRET_ACCESS_KEY=${keys.secretAccessKey}`);
    if (isEnvOnly) return;
    console.error(`Serving the functions of ${workspace}. Press Ctrl+C to stop.`);
    const { functions, problems } = await endpoint.list();
    printProblems(problems);
    if (!hasCredentials || functions.every(({ placeholders }) => placeholders === undefined)) return;
    console.error('Warning: Functions run with your AWS credentials, and placeholders can name real resources.');
    printPlaceholders(functions);
  }
  start().catch((error: unknown) => fail(error instanceof Error ? error.message : String(error)));
}

/** Prints the functions. The process exits when all output is written. */
async function list({ workspace, templates, environmentFiles }: Arguments): Promise<void> {
  process.exitCode = await printFunctions(workspace, templates, environmentFiles);
}

async function run(args: Arguments): Promise<void> {
  const { problems } = await readEnvironmentFiles(args.environmentFiles);
  if (problems.length > 0) fail(problems.map((problem) => visibleLine(toSentence(problem))).join('\n'));
  if (args.isList) await list(args);
  else serve(args);
}

void run(readArguments());
