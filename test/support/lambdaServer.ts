import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it was received. */
interface ReceivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export type Behaviour = (response: ServerResponse, request: ReceivedRequest) => void;

export interface LambdaServer {
  readonly endpoint: string;
  /** All requests, oldest first. */
  readonly received: readonly ReceivedRequest[];
  /** Changes how requests are answered. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** A loopback server for Invoke, with any behavior that a test needs. */
export async function startLambdaServer(behaviour: Behaviour = answers()): Promise<LambdaServer> {
  let current = behaviour;
  const received: ReceivedRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const complete = { method, url, headers, body: Buffer.concat(chunks) };
      received.push(complete);
      current(response, complete);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave(next) {
      current = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface AnswerOptions {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** Responds like Lambda. */
export function answers({ status = 200, headers = {}, body = 'null' }: AnswerOptions = {}): Behaviour {
  return (response) => {
    response.writeHead(status, { 'x-amzn-requestid': 'request-1', 'content-type': 'application/json', ...headers });
    response.end(status === 204 ? undefined : body);
  };
}

/** Responds with an exception in the format of Lambda. */
export function refuses(status: number, name: string, body: Readonly<Record<string, string>> = {}): Behaviour {
  const text = JSON.stringify({ Type: 'User', message: `${name} happened`, ...body });
  return answers({ status, headers: { 'x-amzn-errortype': name }, body: text });
}

/** Closes the connection without a response. */
export const dropsConnection: Behaviour = (response) => response.destroy();

/** Closes the connection within the body. */
export const cutsBody: Behaviour = (response) => {
  response.writeHead(200, { 'x-amzn-requestid': 'request-cut', 'content-length': '1000' });
  response.write('{"half": true');
  setTimeout(() => response.destroy(), 20);
};

/** Never responds. */
export const staysSilent: Behaviour = () => undefined;
