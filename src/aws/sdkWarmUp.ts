import { Readable } from 'node:stream';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fixedOptions } from './endpoints.ts';
import { sendInvoke } from './lambdaInvoker.ts';

/** Replaces the network and returns a minimal Lambda response. */
const cannedResponseHandler = {
  handle: () =>
    Promise.resolve({ response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from('{}')]) } }),
};

/**
 * Runs one Invoke through the SDK with a canned response: no network, no credential lookup. The SDK loads and compiles
 * most of its code on the first request, and the first invocation would have to wait for that.
 */
export async function warmUpSdk(): Promise<void> {
  const client = new LambdaClient({
    maxAttempts: 1,
    // Prevents lookups in config files and the environment.
    ...fixedOptions('http://127.0.0.1'),
    region: 'us-east-1',
    credentials: { accessKeyId: 'WARM-UP', secretAccessKey: 'WARM-UP' },
    requestHandler: cannedResponseHandler,
  });
  await sendInvoke(
    {
      FunctionName: 'warm-up',
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      Payload: Buffer.from('{}'),
    },
    {
      client,
      track: (_, send) => send(),
      connection: { kind: 'local' },
      credentials: '',
      endpoint: '',
      signal: new AbortController().signal,
    },
  );
  client.destroy();
}
