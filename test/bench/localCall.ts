import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../support/sha256.ts';
import { timed } from './measure.ts';
import { LOCAL_RUNTIMES } from '../support/localRuntimes.ts';

const KEYS = { accessKeyId: 'LOCALBENCH', secretAccessKey: 'bench' };

/**
 * The packaged local endpoint in its own process, called without the extension by a bare POST with a precomputed
 * signature.
 */
export async function startLocalCalls(node: string) {
  const workspace = await mkdtemp(join(tmpdir(), 'li-bench-local-'));
  await cp('test/workspace', workspace, { recursive: true });
  const agent = new Agent({ keepAlive: true });
  const signer = new SignatureV4({ credentials: KEYS, region: 'eu-west-1', service: 'lambda', sha256: Sha256 });

  async function start() {
    const child = fork(resolve('dist/localEndpoint.js'), [], { execPath: node, execArgv: [], stdio: 'ignore' });
    child.send({
      type: 'start',
      options: { keys: KEYS, folders: [workspace], ...LOCAL_RUNTIMES },
    });
    const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }];
    return { child, url: new URL(endpoint) };
  }
  let running = await start();

  async function call(): Promise<number> {
    const { url } = running;
    const path = '/2015-03-31/functions/hello/invocations';
    const body = '{}';
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: 'http:',
      hostname: url.hostname,
      path,
      headers: { host: url.host, 'x-amz-log-type': 'Tail' },
      body,
    });
    return timed(
      () =>
        new Promise<void>((done, fail) => {
          const sent = request(
            { host: url.hostname, port: url.port, path, method: 'POST', headers, agent },
            (response) => {
              if (response.statusCode !== 200) fail(new Error(`status ${response.statusCode}`));
              response.resume().once('end', done);
            },
          );
          sent.once('error', fail);
          sent.end(body);
        }),
    );
  }

  return {
    /** The duration of a call to a warm function, in milliseconds. */
    warm: call,
    /**
     * The duration of the first call to a new endpoint, which includes the start of the handler's process, in
     * milliseconds.
     */
    async first(): Promise<number> {
      running.child.disconnect();
      running = await start();
      return call();
    },
    async close() {
      running.child.disconnect();
      agent.destroy();
      await rm(workspace, { recursive: true, force: true });
    },
  };
}
