import { Agent, request, type IncomingHttpHeaders } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface Answer {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

function send(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
  const url = `http://${process.env['AWS_LAMBDA_RUNTIME_API'] ?? ''}/2018-06-01/runtime/${path}`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Asks the Runtime API, e.g. for `invocation/next`. Waits as long as it takes. */
export function get(path: string): Promise<Answer> {
  return send('GET', path, {});
}

/** Answers the Runtime API with JSON; an error names its type. */
export async function reply(path: string, json: string, errorType?: string): Promise<void> {
  const headers = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(json)),
    ...(errorType !== undefined && {
      'lambda-runtime-function-error-type': errorType.replaceAll(/[^\x20-\x7e]/g, '?'),
    }),
  };
  await send('POST', path, headers, json);
}
