import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { installHost } from '../../host/installHost.ts';
import { HOST_1_139 } from '../../host/hostVersions.ts';
import { startEndpoint } from '../peers.ts';
import { createEndpointClient } from './endpointClient.ts';
import { checkEngineRows, ENGINE_ROWS } from './engineRows.ts';
import { FOLDER, installDurableSdk, runLocally, type WorkflowEnd } from './localRunner.ts';

/** Workflows whose branches run at the same time, so that the order of their events isn't fixed. */
const CONCURRENT = new Set(['parallel', 'promiseAll', 'race']);

const MORE = ['sleeps', 'changes', 'asks', 'chain', 'kid', 'large', 'many'];

/** The invocations end at other times, and a callback can be answered before or after. */
function eventsOf({ name, events }: WorkflowEnd): string[] {
  const texts = events.filter(([type]) => type !== 'InvocationCompleted').map((event) => event.join(' '));
  return CONCURRENT.has(name) ? texts.sort() : texts;
}

const operationsOf = ({ operations }: WorkflowEnd) => operations.map((each) => each.join(' ')).sort();

/** What is compared, by name: each is a row of every workflow. */
const ASPECTS: Readonly<Record<string, (end: WorkflowEnd) => unknown>> = {
  end: ({ status, value, failure }) => [status, value ?? null, failure?.errorType, failure?.errorMessage],
  history: (end) => [eventsOf(end), operationsOf(end)],
};

/** Prints how two ends differ. Returns the number of rows that do. */
function compare(ours: WorkflowEnd, theirs: WorkflowEnd): number {
  let bad = 0;
  for (const [aspect, of] of Object.entries(ASPECTS)) {
    const isEqual = isDeepStrictEqual(of(ours), of(theirs));
    if (!isEqual) bad++;
    console.log(`${isEqual ? 'works' : 'BAD  '}  ${theirs.name}: ${aspect}`);
    if (!isEqual) console.log(`       ours   ${JSON.stringify(of(ours))}\n       theirs ${JSON.stringify(of(theirs))}`);
  }
  return bad;
}

async function writeFunctions(names: readonly string[]): Promise<void> {
  const base = { timeout: 30, memorySize: 512, runtime: 'nodejs24.x' };
  const durable = (name: string) => [name, { ...base, handler: `handlers.${name}`, durable: true }] as const;
  const localFunctions = {
    ...Object.fromEntries([...names, ...MORE].map(durable)),
    limited: { ...base, handler: 'handlers.sleeps', durable: { executionTimeout: 1 } },
    plain: { ...base, handler: 'handlers.plain' },
    failing: { ...base, handler: 'handlers.failing' },
  };
  await writeFile(join(FOLDER, '.vscode/lambda-invoke.json'), JSON.stringify({ localFunctions }));
}

/**
 * Runs workflows with AWS's durable execution SDK on the local endpoint and with the SDK's own local runner, which decides
 * what is right. Returns how many rows differ.
 */
export async function compareDurableSdk(): Promise<number> {
  console.log('\n== durable execution SDK for JavaScript');
  await installDurableSdk();
  // The SDK requires Node.js 22.
  const { node } = await installHost(HOST_1_139);
  const expected = await runLocally(node);
  await writeFunctions(expected.map(({ name }) => name));
  const started = await startEndpoint(FOLDER, node);
  const use = createEndpointClient(started);
  let bad = 0;
  try {
    for (const theirs of expected) bad += compare(await use.run(theirs.name), theirs);
    bad += await checkEngineRows(use);
  } finally {
    use.close();
    started.stop();
  }
  const rows = expected.length * Object.keys(ASPECTS).length + ENGINE_ROWS.length;
  console.log(`== durable execution SDK for JavaScript: ${rows - bad} of ${rows} rows agree`);
  return bad;
}
