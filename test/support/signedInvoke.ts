import { once } from 'node:events';
import { request, type Agent, type IncomingMessage } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { LOCAL_KEYS } from './localWorkspace.ts';
import { Sha256 } from './sha256.ts';

const signer = new SignatureV4({ credentials: LOCAL_KEYS, region: 'us-east-1', service: 'lambda', sha256: Sha256 });

interface Target {
  /** The local endpoint's URL. */
  readonly url: string;
  readonly name: string;
  readonly isStreamed?: boolean;
  /** The event; `{}` by default. */
  readonly body?: string;
  readonly agent?: Agent;
}

/**
 * Signs an Invoke request once. Returns a function that sends it, as often as necessary, and
 * resolves with the response, whose body the caller reads as fast as it wants.
 */
export async function signedInvoke({ url, name, isStreamed = false, body = '{}', agent }: Target) {
  const { host, hostname, port } = new URL(url);
  const path = isStreamed
    ? `/2021-11-15/functions/${name}/response-streaming-invocations`
    : `/2015-03-31/functions/${name}/invocations`;
  const signed = { method: 'POST', protocol: 'http:', hostname, path, headers: { host }, body };
  const { headers } = await signer.sign(signed);
  return async (): Promise<IncomingMessage> => {
    const sent = request({ host: hostname, port, path, method: 'POST', headers, ...(agent && { agent }) });
    sent.end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return response;
  };
}
