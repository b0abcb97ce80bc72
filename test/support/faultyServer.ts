import { spawn } from 'node:child_process';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { SELF_SIGNED } from './selfSigned.ts';

/** A server that responds to each complete request with a fault. */
export interface FaultyServer {
  readonly endpoint: string;
  /** The number of complete requests. */
  readonly requests: () => number;
  /** The number of open connections. */
  readonly open: () => number;
  close(): Promise<void>;
}

export type Fault = (socket: Socket) => void;

/** Whether a request is complete: its head, and its body of known length. */
function isComplete(received: Buffer): boolean {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = Number(/^content-length: *(\d+)/im.exec(received.subarray(0, end).toString())?.[1] ?? 0);
  return received.byteLength >= end + 4 + length;
}

export async function startFaultyServer(fault: Fault, { isTls = false } = {}): Promise<FaultyServer> {
  let requests = 0;
  const open = new Set<Socket>();
  const serve = (socket: Socket) => {
    let received = Buffer.alloc(0);
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (!isComplete(received)) return;
      received = Buffer.alloc(0);
      requests++;
      fault(socket);
    });
  };
  const server: Server = isTls ? createTlsServer(SELF_SIGNED, serve) : createTcpServer(serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `${isTls ? 'https' : 'http'}://127.0.0.1:${port}`,
    requests: () => requests,
    open: () => open.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** The head of a response. */
export function head(status: string, headers: Readonly<Record<string, string | number>> = {}): string {
  const all = { 'x-amzn-requestid': 'request-9', ...headers };
  return [`HTTP/1.1 ${status}`, ...Object.entries(all).map(([name, value]) => `${name}: ${value}`), '', ''].join(
    '\r\n',
  );
}

/**
 * A loopback address where connecting never completes: a blocked process accepts nothing, and other connections fill
 * its backlog until `close`.
 */
export async function startBlackHole(): Promise<{ readonly endpoint: string; close(): void }> {
  const code = `const server = require('node:net').createServer();
    server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
      require('node:fs').writeSync(1, String(server.address().port) + '\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60000);
    });`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
  });
  const { connect } = await import('node:net');
  const fillers = Array.from({ length: 4 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await new Promise((resolve) => setTimeout(resolve, 100));
  return {
    endpoint: `http://127.0.0.1:${port}`,
    close() {
      for (const socket of fillers) socket.destroy();
      child.kill('SIGKILL');
    },
  };
}
