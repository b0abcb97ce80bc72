// npm run conformance: runs other clients and AWS's runtime interface client against our local endpoint, and the
// extension against other endpoints. What they support must work, and what they lack must have a clear outcome. Installs
// them into .conformance/ from npm, or from their public source.
import { createKnownFunctions } from '../../src/core/functions/knownFunctions.ts';
import { ResponseStream } from '../../src/app/responseStream.ts';
import { runInvocation } from '../../src/app/runInvocation.ts';
import { createAws } from '../../src/aws/index.ts';
import { toSentence } from '../../src/core/messages/messages.ts';
import type { InvocationResult } from '../../src/core/outcome/outcome.ts';
import { summarize } from '../../src/core/outcome/summary.ts';
import { CHECKS, type Check } from '../conformance/checks.ts';
import { checkClients } from '../conformance/clients.ts';
import { comparePythonClient } from '../conformance/pythonClient/compare.ts';
import { compareDurableSdk } from '../conformance/durable/compare.ts';
import { compareNodeClients } from '../conformance/nodeClient/clients.ts';
import { installPeers, LAMBDA_INVOKE, PEERS, type Peer, type StartedPeer } from '../conformance/peers.ts';
import {
  installRuntimeClient,
  RUNTIME_CLIENT,
  RUNTIME_CLIENT_CHECKS,
  RUNTIME_CLIENT_OBSTACLE,
} from '../conformance/runtimeClient.ts';
import { NO_PROMPTS } from '../support/noPrompts.ts';

/** A check that takes longer hangs. */
const MAX_MS = 20_000;

const aws = createAws({});

async function run(check: Check, functionName: string, { endpoint, keys }: StartedPeer): Promise<InvocationResult> {
  const { fields = {}, payload = '{}', isSentAnyway = false } = check;
  const address = { endpoint, ...(keys ?? { accessKeyId: 'local', secretAccessKey: 'local' }) };
  const abort = new AbortController();
  const hung = setTimeout(() => abort.abort(), MAX_MS);
  const isStreamed = fields.InvokeMode === 'RESPONSE_STREAM';
  const result = await runInvocation(
    {
      invocation: {
        FunctionName: functionName,
        InvocationType: 'RequestResponse',
        payload: { kind: 'none' },
        ...fields,
      },
      connection: { kind: 'local' },
      isSentAnyway,
    },
    {
      readPayload: () => Promise.resolve({ bytes: new TextEncoder().encode(payload), notes: [] }),
      ...NO_PROMPTS,
      target: () => Promise.resolve({ kind: 'local', address }),
      invoke: (request, options) => aws.invoke(request, options),
      maxRetries: () => 0,
      knownFunctions: createKnownFunctions(),
    },
    { signal: abort.signal, ...(isStreamed && { stream: new ResponseStream() }) },
  );
  clearTimeout(hung);
  return result;
}

/** Whether an outcome doesn't explain what happened: a timeout, or an unexpected error. */
function isUnclear({ outcome }: InvocationResult): boolean {
  return outcome.state === 'cancelled' || (outcome.state === 'failed' && outcome.reason.code === 'unexpected');
}

/** Prints the result of each check. Returns how many are bad. */
async function checkPeer(peer: Peer, checks: readonly Check[]): Promise<number> {
  console.log(`\n== ${peer.name}`);
  const started = await peer.start();
  const counts = { done: 0, lacking: 0, bad: 0 };
  try {
    for (const check of checks) {
      const result = await run(check, peer.toFunctionName(check.FunctionName), started);
      const text = new TextDecoder().decode(result.Payload);
      const isDone = check.passes(result, text);
      const isBad = isUnclear(result) || (check.isRequired === true && !isDone);
      if (isBad) counts.bad++;
      else if (isDone) counts.done++;
      else counts.lacking++;
      const verdict = isDone ? 'works' : 'lacks';
      if (!isDone) console.log(`       ${text.slice(0, 100)}`);
      console.log(`${isBad ? 'BAD  ' : verdict}  ${check.name}: ${toSentence(summarize(result.outcome))}`);
    }
  } finally {
    started.stop();
  }
  console.log(`== ${peer.name}: ${counts.done} work, ${counts.lacking} are lacking, ${counts.bad} are bad`);
  return counts.bad;
}

/** Checks AWS's runtime interface client, and compares our Node.js runtime with it. Fails if it can't be built. */
async function checkRuntimeClient(): Promise<number> {
  if (RUNTIME_CLIENT_OBSTACLE !== undefined) {
    console.log(`\n${RUNTIME_CLIENT_OBSTACLE}`);
    return 0;
  }
  try {
    await installRuntimeClient();
  } catch (error) {
    console.log(
      `\n${RUNTIME_CLIENT.name} couldn't be built: ${error instanceof Error ? error.message : String(error)}`,
    );
    return 1;
  }
  return (await checkPeer(RUNTIME_CLIENT, RUNTIME_CLIENT_CHECKS)) + (await compareNodeClients());
}

let bad = await checkClients();
bad += await checkRuntimeClient();
bad += await comparePythonClient();
bad += await compareDurableSdk();
await installPeers();
for (const peer of [LAMBDA_INVOKE, ...PEERS]) bad += await checkPeer(peer, CHECKS);
process.exit(bad === 0 ? 0 : 1);
