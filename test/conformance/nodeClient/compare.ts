import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createAws } from '../../../src/aws/index.ts';
import type { InvokeResponse } from '../../../src/core/outcome/outcome.ts';
import { CONSOLE_ROWS } from './consoleRows.ts';
import { LOOKUP_ROWS } from './lookupRows.ts';
import { normalLog, normalText } from './normalize.ts';
import type { NodeRow } from './nodeRow.ts';
import { startEndpoint } from '../peers.ts';
import { RESULT_ROWS } from './resultRows.ts';
import { STREAM_ROWS } from './streamRows.ts';

const ROWS: readonly NodeRow[] = [...LOOKUP_ROWS, ...RESULT_ROWS, ...CONSOLE_ROWS, ...STREAM_ROWS];

/** A version of AWS's client, the runtime that contains it, and the script that starts it. */
export interface NodeClient {
  readonly version: 3 | 4;
  readonly name: string;
  readonly runtime: string;
  /** The content of a custom runtime's `bootstrap`. */
  readonly bootstrap: string;
}

/** What a function returned and logged. */
interface Observed {
  readonly payload: string;
  readonly error: string;
  readonly log: string;
}

/** An invocation that takes longer hangs. */
const MAX_MS = 60_000;

/** The number of functions that run concurrently. */
const CONCURRENCY = 6;

const aws = createAws({});

/** Writes the rows as functions of a workspace: `own0` with our runtime, `aws0` with AWS's client. */
async function writeWorkspace(folder: string, rows: readonly NodeRow[], client: NodeClient): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const functions: Record<string, object> = {};
  for (const [index, row] of rows.entries()) {
    const codeUri = `row${index}`;
    const files = typeof row.files === 'string' ? { 'index.js': row.files } : row.files;
    const all: Record<string, string> = { ...files, bootstrap: client.bootstrap };
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, codeUri, path)), { recursive: true });
      await writeFile(join(folder, codeUri, path), text, { mode: 0o755 });
    }
    const { handler = 'index.handler', environment = {}, logFormat = 'Text', tenantId } = row;
    const common = {
      handler,
      codeUri,
      environment,
      logFormat,
      timeout: 2,
      ...(tenantId !== undefined && { tenancy: true }),
    };
    functions[`own${index}`] = { ...common, runtime: client.runtime };
    functions[`aws${index}`] = { ...common, runtime: 'provided.al2023' };
  }
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode/lambda-invoke.json'), JSON.stringify({ localFunctions: functions }));
}

type Target = Parameters<typeof aws.invoke>[1]['target'];

async function observe(name: string, { isStreamed = false, tenantId }: NodeRow, target: Target): Promise<Observed> {
  const response: InvokeResponse = await aws.invoke(
    {
      FunctionName: name,
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      Payload: new TextEncoder().encode('{}'),
      ...(isStreamed && { InvokeMode: 'RESPONSE_STREAM' as const }),
      ...(tenantId !== undefined && { TenantId: tenantId }),
    },
    { target, signal: AbortSignal.timeout(MAX_MS), onChunk: () => Promise.resolve() },
  );
  const { Payload, FunctionError = '', streamError, LogResult = '' } = response;
  return {
    payload: normalText(new TextDecoder().decode(Payload)),
    error: FunctionError + normalText(streamError?.ErrorDetails ?? ''),
    log: normalLog(Buffer.from(LogResult, 'base64').toString('utf8')),
  };
}

/** The differences between two responses, one line each. */
function differences(own: Observed, theirs: Observed, { logDiffers, traceDiffers }: NodeRow): string[] {
  const parts = logDiffers === undefined ? (['payload', 'error', 'log'] as const) : (['payload', 'error'] as const);
  const text = (value: string) => (traceDiffers === undefined ? value : value.replaceAll(/"trace":\[.*?"\]/g, ''));
  return parts
    .filter((part) => text(own[part]) !== text(theirs[part]))
    .map((part) => `${part}\n       ours: ${JSON.stringify(own[part])}\n       AWS:  ${JSON.stringify(theirs[part])}`);
}

/** Compares our runtime with a version of AWS's client, row by row. Returns the number of rows that differ. */
export async function compareWith(client: NodeClient, folder: string): Promise<number> {
  const ofVersion = ROWS.filter(({ versions }) => versions === undefined || versions.includes(client.version));
  const isNewer = (row: NodeRow) => client.version === 3 && row.isNewer !== undefined;
  const rows = ofVersion.filter((row) => !isNewer(row));
  await writeWorkspace(folder, rows, client);
  const { endpoint, keys, stop } = await startEndpoint(folder);
  const target: Target = { kind: 'local', address: { endpoint, accessKeyId: '', secretAccessKey: '', ...keys } };
  console.log(`\n== ${client.runtime}, compared with ${client.name}`);
  const results: string[][] = [];
  const queue = [...rows.entries()];
  const work = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, row] = next;
      const own = await observe(`own${index}`, row, target);
      results[index] = differences(own, await observe(`aws${index}`, row, target), row);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  stop();
  let different = 0;
  for (const [index, row] of rows.entries()) {
    const lines = results[index] ?? [];
    if (lines.length > 0) different++;
    for (const line of lines) console.log(`DIFFERS  ${row.name}: ${line}`);
  }
  for (const { name, isNewer: what } of ofVersion.filter(isNewer))
    console.log(`not compared: ${name}: ${what} is only in the public source`);
  const withoutLog = rows.filter(({ logDiffers }) => logDiffers !== undefined);
  for (const { name, logDiffers } of withoutLog) console.log(`log not compared: ${name}: ${logDiffers}`);
  console.log(`== ${client.runtime}: ${rows.length - different} of ${rows.length} rows are equal`);
  return different;
}
