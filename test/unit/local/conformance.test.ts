import { InvokeCommand, LambdaClient, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import { mkdtemp, cp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LocalEndpoint } from '../../../src/local/http/localEndpoint.ts';
import { findMismatches, payloadOf, type ObservedResponse } from '../../conformance/mismatches.ts';
import type { Row } from '../../conformance/row.ts';
import { ROWS } from '../../conformance/rows.ts';
import { LOCAL_RUNTIMES } from '../../support/localRuntimes.ts';
import { LOCAL_KEYS } from '../../support/localWorkspace.ts';

let folder: string;
let endpoint: LocalEndpoint;
let client: LambdaClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-conformance-'));
  await cp('test/conformance/workspace', folder, { recursive: true });
  endpoint = new LocalEndpoint({ keys: LOCAL_KEYS, folders: [folder], ...LOCAL_RUNTIMES });
  client = new LambdaClient({
    endpoint: await endpoint.listen(),
    region: 'us-east-1',
    credentials: LOCAL_KEYS,
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  endpoint.close();
  await rm(folder, { recursive: true, force: true });
});

interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

/** Sends a row with the unmodified SDK. A middleware captures the HTTP response. */
async function send({ request, ...row }: Row): Promise<ObservedResponse> {
  const { repeat: _, Payload: __, ClientContext, ...fields } = request;
  const payload = payloadOf({ request, ...row });
  const command = new InvokeCommand({
    ...(fields as Partial<InvokeCommandInput>),
    FunctionName: request.FunctionName,
    ...(ClientContext !== undefined && { ClientContext: Buffer.from(ClientContext).toString('base64') }),
    ...(payload !== undefined && { Payload: Buffer.from(payload) }),
  });
  let wire: WireResponse | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      wire = result.response as WireResponse;
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  try {
    const { StatusCode = 0, Payload, LogResult } = await client.send(command);
    const body = Buffer.from(Payload ?? []).toString('utf8');
    const log = LogResult === undefined ? {} : { log: Buffer.from(LogResult, 'base64').toString('utf8') };
    return { status: StatusCode, headers: wire?.headers ?? {}, body, ...log };
  } catch (error) {
    if (!(error instanceof Error) || wire === undefined) throw error;
    const { name, message, Type, Reason } = error as Error & { Type?: string; Reason?: string };
    return {
      status: wire.statusCode,
      headers: wire.headers,
      exception: name,
      body: JSON.stringify({ message, Type, Reason }),
    };
  }
}

test.each(ROWS.map((row) => [row.name, row] as const))('%s', async (_, row) => {
  expect(findMismatches(row, await send(row))).toEqual([]);
});

test('the table has at least 60 rows with unique names', () => {
  expect(new Set(ROWS.map(({ name }) => name)).size).toBe(ROWS.length);
  expect(ROWS.length).toBeGreaterThanOrEqual(60);
});
