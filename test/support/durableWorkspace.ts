import { InvokeCommand, LambdaClient, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExecutionAction, ExecutionsView, ExecutionView } from '../../src/core/durable/executionView.ts';
import { LocalEndpoint, type EndpointOptions } from '../../src/local/http/localEndpoint.ts';
import { DURABLE_RUNTIME } from './durableRuntime.ts';
import { LOCAL_RUNTIMES } from './localRuntimes.ts';
import { LOCAL_KEYS } from './localWorkspace.ts';

/** Starts a local endpoint for durable functions, whose executions are stored. The code can require `./durable.js`. */
export async function startDurableWorkspace(
  code: string,
  localFunctions: Readonly<Record<string, object>>,
  options: Partial<EndpointOptions> = {},
) {
  const folder = await mkdtemp(join(tmpdir(), 'li-durable-'));
  const durableFolder = join(folder, 'storage/durable');
  const problems: string[] = [];
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('index.js', code);
  await write('durable.js', DURABLE_RUNTIME);
  const defaults = { durable: true, timeout: 30 };
  const functions = Object.entries(localFunctions).map(([name, fn]) => [name, { ...defaults, ...fn }] as const);
  await write('.vscode/lambda-invoke.json', JSON.stringify({ localFunctions: Object.fromEntries(functions) }));
  let endpoint: LocalEndpoint;
  let client: LambdaClient;
  let url = '';

  async function start(): Promise<void> {
    endpoint = new LocalEndpoint({
      keys: LOCAL_KEYS,
      folders: [folder],
      ...LOCAL_RUNTIMES,
      durableFolder,
      onProblem: (problem) => problems.push(problem),
      ...options,
    });
    url = await endpoint.listen();
    client = new LambdaClient({ endpoint: url, region: 'us-east-1', credentials: LOCAL_KEYS, maxAttempts: 1 });
  }

  function stop(): void {
    client.destroy();
    endpoint.close();
  }

  await start();
  const executions = async () => {
    const { executions: all } = (await endpoint.control({ what: 'durableExecutions' })) as ExecutionsView;
    return all;
  };
  return {
    folder,
    durableFolder,
    problems,
    write,
    stop,
    start,
    async restart(): Promise<void> {
      stop();
      await start();
    },
    get url() {
      return url;
    },
    get client() {
      return client;
    },
    get endpoint() {
      return endpoint;
    },
    /** Invokes with the SDK. */
    invoke: async (FunctionName: string, event: unknown = {}, fields: Partial<InvokeCommandInput> = {}) => {
      const Payload = JSON.stringify(event);
      const command = new InvokeCommand({ FunctionName, Qualifier: '$LATEST', LogType: 'Tail', Payload, ...fields });
      const { Payload: body, LogResult = '', DurableExecutionArn = '', ...answer } = await client.send(command);
      const text = Buffer.from(body ?? []).toString();
      const result: unknown = text === '' ? undefined : JSON.parse(text);
      return { ...answer, arn: DurableExecutionArn, log: Buffer.from(LogResult, 'base64').toString(), result };
    },
    /** Starts an execution, and returns its ARN. */
    async begin(FunctionName: string, event: unknown = {}, DurableExecutionName?: string): Promise<string> {
      const name = DurableExecutionName === undefined ? {} : { DurableExecutionName };
      const type = { InvocationType: 'Event', Qualifier: '$LATEST' } as const;
      const command = new InvokeCommand({ FunctionName, ...type, ...name, Payload: JSON.stringify(event) });
      return (await client.send(command)).DurableExecutionArn ?? '';
    },
    executions,
    async execution(arn: string): Promise<ExecutionView | undefined> {
      return (await executions()).find((each) => each.arn === arn);
    },
    change: (arn: string, change: ExecutionAction) => endpoint.control({ what: 'changeExecution', arn, change }),
    clear: () => endpoint.control({ what: 'clearExecutions' }),
    async close(): Promise<void> {
      stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type DurableWorkspace = Awaited<ReturnType<typeof startDurableWorkspace>>;
