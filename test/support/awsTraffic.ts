import { createServer as createHttpServer, request as sendRequest, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startAwsServices, type AwsServices } from './awsServices.ts';
import { TEST_AUTHORITY } from './testAuthority.ts';

/** Records where requests are sent: to loopback addresses, or through a proxy to hosts of AWS. */
export interface AwsTraffic {
  readonly services: AwsServices;
  readonly proxy: string;
  readonly addresses: Readonly<Record<'one' | 'two' | 'three' | 'four', string>>;
  /** The requests so far, as `operation target key region`. A target is the name of an address, or a host of AWS. */
  requests(): string[];
  clear(): void;
  close(): Promise<void>;
}

async function listen(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** Starts the services, four addresses that forward to them, and a proxy that forwards all other hosts to them. */
export async function startAwsTraffic(): Promise<AwsTraffic> {
  const services = await startAwsServices();
  const sockets = new Set<Socket>();
  const forwardTo = (port: number) => (socket: Socket) => {
    const upstream = connect(port, '127.0.0.1', () => socket.pipe(upstream).pipe(socket));
    upstream.on('error', () => socket.destroy());
    sockets.add(upstream);
  };
  const target = Number(new URL(services.endpoint).port);
  const addressServers = Array.from({ length: 4 }, () => createServer(forwardTo(target)));
  const ports = await Promise.all(addressServers.map((server) => listen(server, sockets)));
  const secure = createHttpsServer(TEST_AUTHORITY, (request, response) => {
    const { method, url, headers } = request;
    const upstream = sendRequest({ port: target, host: '127.0.0.1', method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    request.pipe(upstream);
  });
  const securePort = await listen(secure, sockets);
  const proxy = createHttpServer();
  proxy.on('connect', (_: IncomingMessage, socket: Socket) => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    forwardTo(securePort)(socket);
  });
  const proxyPort = await listen(proxy, sockets);
  const [one = '', two = '', three = '', four = ''] = ports.map((port) => `http://127.0.0.1:${port}`);
  const addresses = { one, two, three, four };
  const targetOf = (host: string) =>
    Object.entries(addresses).find(([, address]) => address === `http://${host}`)?.[0] ?? host;
  let seen = 0;
  return {
    services,
    proxy: `http://127.0.0.1:${proxyPort}`,
    addresses,
    requests: () =>
      services.requests
        .slice(seen)
        .map(({ operation, headers, accessKeyId, region }) =>
          [operation.replace(/^sts /, ''), targetOf(headers.host ?? ''), accessKeyId, region].filter(Boolean).join(' '),
        ),
    clear() {
      seen = services.requests.length;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      for (const server of [...addressServers, secure, proxy]) server.close();
      await services.close();
    },
  };
}
