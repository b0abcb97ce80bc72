import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { signInvoke } from './signedInvoke.ts';

type SignedRequest = Awaited<ReturnType<typeof signInvoke>>;

function toBytes({ path, headers, body }: SignedRequest, connection: string): Buffer {
  const lines = Object.entries({ ...headers, connection }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

const HEADER_END = '\r\n\r\n';

/** The length of the response in bytes, including its header. Undefined until the header is complete. */
function lengthOf(response: string): number | undefined {
  const end = response.indexOf(HEADER_END);
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(response)?.[1];
  return end === -1 || length === undefined ? undefined : end + HEADER_END.length + Number(length);
}

const statusOf = (response: string) => Number(response.slice('HTTP/1.1 '.length, 'HTTP/1.1 '.length + 3));

/** Sends the request once, on its own connection. Resolves with the status after the connection was closed. */
export async function invokeOnce(request: SignedRequest): Promise<number> {
  const socket = connect(request.port, request.hostname);
  let response = '';
  socket.on('data', (bytes: Buffer) => (response += bytes.toString('latin1')));
  socket.write(toBytes(request, 'close'));
  await once(socket, 'close');
  return statusOf(response);
}

/** Sends the request `times` times, one after another, on one connection. Rejects if a status isn't 200. */
export async function invokeRepeatedly(request: SignedRequest, times: number): Promise<void> {
  const bytes = toBytes(request, 'keep-alive');
  const socket: Socket = connect(request.port, request.hostname);
  let response = '';
  let count = 0;
  socket.on('data', (part: Buffer) => {
    response += part.toString('latin1');
    if (response.length < (lengthOf(response) ?? Infinity)) return;
    if (statusOf(response) !== 200) socket.destroy(new Error(response));
    response = '';
    if (++count === times) socket.end();
    else socket.write(bytes);
  });
  socket.write(bytes);
  await once(socket, 'close');
}
