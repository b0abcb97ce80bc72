import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { LOCAL_KEYS } from './localWorkspace.ts';
import { Sha256 } from './sha256.ts';

const signer = new SignatureV4({ credentials: LOCAL_KEYS, region: 'us-east-1', service: 'lambda', sha256: Sha256 });

interface Target {
  /** The local endpoint's URL. */
  readonly url: string;
  readonly name: string;
  readonly isStreamed?: boolean;
  readonly event?: unknown;
}

/** A signed Invoke request, which can be sent several times within five minutes. */
export async function signInvoke({ url, name, isStreamed = false, event = {} }: Target) {
  const { host, hostname, port } = new URL(url);
  const path = isStreamed
    ? `/2021-11-15/functions/${name}/response-streaming-invocations`
    : `/2015-03-31/functions/${name}/invocations`;
  const body = JSON.stringify(event);
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    path,
    headers: { host, 'content-length': String(Buffer.byteLength(body)) },
    body,
  });
  return { hostname, port: Number(port), path, headers, body };
}

/** Sends a signed Invoke request. Resolves with the response, whose body the caller reads as fast as it wants. */
export async function signedInvoke(target: Target): Promise<IncomingMessage> {
  const { hostname, port, path, headers, body } = await signInvoke(target);
  const sent = request({ host: hostname, port, path, method: 'POST', headers });
  sent.end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response;
}
