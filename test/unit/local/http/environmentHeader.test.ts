import { afterEach, expect, test } from 'vitest';
import { createAws } from '../../../../src/aws/index.ts';
import { overrideVariables } from '../../../../src/local/workspace/overrideVariables.ts';
import { LOCAL_KEYS } from '../../../support/localWorkspace.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import type { WorkspaceFunction } from '../../../../src/local/workspace/workspaceFunctions.ts';

const CODE = `let calls = 0;
exports.handler = async () => [process.env.V ?? null, process.env.W ?? null, ++calls];`;

let current: TemporaryWorkspace | undefined;

afterEach(async () => {
  await current?.close();
  current = undefined;
});

async function start() {
  const fn = { handler: 'index.handler', environment: { V: 'own' } };
  const workspace = await startTemporaryWorkspace({ 'index.js': CODE }, { f: fn });
  current = workspace;
  const aws = createAws({});
  return async (environment?: Record<string, string>, isStreamed = false) => {
    const chunks: Uint8Array[] = [];
    const { Payload, StatusCode } = await aws.invoke(
      {
        FunctionName: 'f',
        InvocationType: 'RequestResponse',
        LogType: 'None',
        Payload: Buffer.from('{}'),
        ...(isStreamed && { InvokeMode: 'RESPONSE_STREAM' as const }),
      },
      {
        target: { kind: 'local', address: { endpoint: workspace.url, ...LOCAL_KEYS } },
        signal: new AbortController().signal,
        onChunk: async (bytes) => void chunks.push(bytes),
        ...(environment !== undefined && { environment }),
      },
    );
    expect(StatusCode).toBe(200);
    return JSON.parse(Buffer.concat([...chunks, Payload]).toString()) as unknown;
  };
}

test('an invocation can override environment variables, in a separate process that stays warm', async () => {
  const invoke = await start();
  expect(await invoke()).toEqual(['own', null, 1]);
  expect(await invoke({ V: 'Ä', W: 'new' })).toEqual(['Ä', 'new', 1]);
  expect(await invoke({ V: 'Ä', W: 'new' })).toEqual(['Ä', 'new', 2]);
  expect(await invoke({ V: 'other' })).toEqual(['other', null, 1]);
  expect(await invoke()).toEqual(['own', null, 2]);
  expect(await invoke({ W: 'streamed' }, true)).toEqual(['own', 'streamed', 1]);
});

test('variables with a value are no placeholders', () => {
  const fn = { environment: { A: 'Table', B: 'Queue' } };
  const definition = { fn, placeholders: ['A', 'B'] } as unknown as WorkspaceFunction;
  expect(overrideVariables(definition, { A: 'x' })).toEqual({
    fn: { environment: { A: 'x', B: 'Queue' } },
    placeholders: ['B'],
  });
  expect(overrideVariables(definition, { A: 'x', B: 'y' })).not.toHaveProperty('placeholders');
  expect(overrideVariables(definition, undefined)).toBe(definition);
});
