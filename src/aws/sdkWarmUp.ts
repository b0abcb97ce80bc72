import { Readable } from 'node:stream';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { fixedOptions } from './endpoints.ts';
import { sendInvoke } from './lambdaInvoker.ts';

/** Answers in the place of the network: a response as Lambda's, of two bytes. */
const cannedResponseHandler = {
  handle: () =>
    Promise.resolve({ response: { statusCode: 200, headers: {}, body: Readable.from([Buffer.from('{}')]) } }),
};

/**
 * Runs one Invoke through all of the SDK, to a handler that answers by itself: nothing leaves the process, and no
 * credentials are looked for. The SDK loads and compiles most of itself with the first request, and the first click
 * would wait for that.
 */
export async function warmUpSdk(): Promise<void> {
  const client = new LambdaClient({
    maxAttempts: 1,
    // All that the SDK would look up otherwise.
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
