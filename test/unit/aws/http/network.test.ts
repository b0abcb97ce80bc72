import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type IncomingMessage, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { proxyFor } from '../../../../src/aws/http/network.ts';
import { DEFAULT_NETWORK, type NetworkSettings } from '../../../../src/core/connection/networkSettings.ts';
import { createAwsHome, type AwsHome } from '../../../support/awsHome.ts';
import { TEST_AUTHORITY } from '../../../support/testAuthority.ts';
import { catchInvokeError } from '../../../support/catchInvokeError.ts';

const PROXY_VARIABLES = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy'];

let home: AwsHome;
let lambda: Server;
let proxy: Server;
let tunnels: string[];
let plainRequests: string[];
let proxyStatus: string;
let authorizations: (string | undefined)[];
let requests: IncomingMessage[];
const sockets = new Set<Socket>();

async function listen(server: Server): Promise<number> {
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

beforeEach(async () => {
  for (const name of PROXY_VARIABLES) delete process.env[name];
  home = await createAwsHome();
  await home.write({ credentials: '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n' });
  requests = [];
  lambda = createTlsServer(TEST_AUTHORITY, (request, response) => {
    requests.push(request);
    request.resume().on('end', () => response.end('"through"'));
  });
  await listen(lambda);
  tunnels = [];
  plainRequests = [];
  authorizations = [];
  proxyStatus = '200 Connection established';
  proxy = createHttpServer((request, response) => {
    plainRequests.push(request.url ?? '');
    request.resume().on('end', () => response.end('"plain"'));
  });
  proxy.on('connect', (request: IncomingMessage, socket: Socket) => {
    tunnels.push(request.url ?? '');
    authorizations.push(request.headers['proxy-authorization']);
    socket.on('error', () => undefined);
    if (!proxyStatus.startsWith('200')) {
      socket.end(`HTTP/1.1 ${proxyStatus}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    // Every target is redirected to the server on loopback.
    const upstream = connect(portOf(lambda), '127.0.0.1', () => {
      socket.write(`HTTP/1.1 ${proxyStatus}\r\n\r\n`);
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => undefined);
  });
  await listen(proxy);
});

afterEach(async () => {
  for (const name of PROXY_VARIABLES) delete process.env[name];
  for (const server of [lambda, proxy]) server.close();
  for (const socket of sockets) socket.destroy();
  await home.remove();
});

interface InvokeInput {
  readonly settings?: Partial<NetworkSettings>;
  readonly endpoint?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

function invoke({ settings = {}, endpoint, environment = {} }: InvokeInput) {
  const aws = home.createAws({ network: () => ({ ...DEFAULT_NETWORK, ...settings }) });
  delete process.env['AWS_ENDPOINT_URL'];
  Object.assign(process.env, environment);
  const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
  const target = {
    kind: 'aws',
    profile: 'base',
    region: 'eu-west-1',
    ...(endpoint !== undefined && { endpoint }),
  } as const;
  return aws.invoke(request, { target, signal: new AbortController().signal });
}

async function withAuthority(): Promise<Readonly<Record<string, string>>> {
  const path = join(home.folder, 'authority.pem');
  await writeFile(path, TEST_AUTHORITY.authority);
  return { AWS_CA_BUNDLE: path };
}

describe('a proxy', () => {
  test('from the settings is used to tunnel to Lambda, and Lambda’s certificate is verified', async () => {
    const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
    const { Payload } = await invoke({ settings: { proxy: proxyUrl }, environment: await withAuthority() });
    expect(Buffer.from(Payload).toString()).toBe('"through"');
    expect(tunnels).toEqual(['lambda.eu-west-1.amazonaws.com:443']);
    expect(requests[0]?.headers.host).toBe('lambda.eu-west-1.amazonaws.com');
    expect(requests[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  test('from the environment is used if the settings have none', async () => {
    const variables = { HTTPS_PROXY: `http://me:secret@127.0.0.1:${portOf(proxy)}` };
    await invoke({ environment: { ...variables, ...(await withAuthority()) } });
    expect(tunnels).toHaveLength(1);
    expect(authorizations).toEqual([`Basic ${Buffer.from('me:secret').toString('base64')}`]);
  });

  test('receives the configured authorization', async () => {
    const settings = { proxy: `http://127.0.0.1:${portOf(proxy)}`, proxyAuthorization: 'Bearer x' };
    await invoke({ settings, environment: await withAuthority() });
    expect(authorizations).toEqual(['Bearer x']);
  });

  test('that refuses is reported without its password, and nothing is sent', async () => {
    proxyStatus = '407 Proxy Authentication Required';
    const { reason } = await catchInvokeError(
      invoke({ settings: { proxy: `http://me:secret@127.0.0.1:${portOf(proxy)}` } }),
    );
    expect(reason).toEqual({
      code: 'proxyRefused',
      args: [`127.0.0.1:${portOf(proxy)}`, 'lambda.eu-west-1.amazonaws.com', '407 Proxy Authentication Required'],
    });
    expect(requests).toEqual([]);
  });

  test('that is unreachable is reported, and nothing is sent', async () => {
    const { reason, resend } = await catchInvokeError(invoke({ settings: { proxy: 'http://127.0.0.1:9' } }));
    expect(reason.code).toBe('unreachable');
    expect(resend).toEqual({ reason: 'connectionRefused' });
  });

  test('receives absolute URLs for an endpoint without TLS', async () => {
    const proxyUrl = `http://127.0.0.1:${portOf(proxy)}`;
    const { Payload } = await invoke({ settings: { proxy: proxyUrl }, endpoint: 'http://lambda.test:4566' });
    expect(Buffer.from(Payload).toString()).toBe('"plain"');
    expect(plainRequests).toEqual(['http://lambda.test:4566/2015-03-31/functions/hello/invocations']);
  });

  test('is never used for loopback', async () => {
    const settings = { proxy: 'http://127.0.0.1:9' };
    await invoke({ settings, endpoint: home.services.endpoint });
    expect(home.services.requestsOf('Invoke')).toHaveLength(1);
  });

  const address = { protocol: 'https:', hostname: 'lambda.eu-west-1.amazonaws.com' };
  test.each<[string, Partial<NetworkSettings>, Readonly<Record<string, string>>, string | undefined]>([
    ['nothing', {}, {}, undefined],
    ['the setting', { proxy: 'http://p:1' }, { HTTPS_PROXY: 'http://e:2' }, 'http://p:1/'],
    ['the environment', {}, { https_proxy: 'http://e:2' }, 'http://e:2/'],
    ['ALL_PROXY', {}, { ALL_PROXY: 'http://e:3' }, 'http://e:3/'],
    ['HTTP_PROXY is for http', {}, { HTTP_PROXY: 'http://e:2' }, undefined],
    ['NO_PROXY', {}, { HTTPS_PROXY: 'http://e:2', NO_PROXY: '.amazonaws.com' }, undefined],
    ['http.noProxy', { proxy: 'http://p:1', noProxy: ['*.amazonaws.com'] }, {}, undefined],
    ['http.noProxy of another host', { proxy: 'http://p:1', noProxy: ['azonaws.com', 'x:443'] }, {}, 'http://p:1/'],
    ['http.proxySupport off', { usesProxy: false }, { HTTPS_PROXY: 'http://e:2' }, undefined],
  ])('is selected by: %s', (_, settings, environment, url) => {
    Object.assign(process.env, environment);
    expect(proxyFor(address, { ...DEFAULT_NETWORK, ...settings })?.url.href).toBe(url);
  });

  test.each(['socks5://me:SECRET@p:1', 'me:SECRET@p:8080', 'http://me:SEC/RET@p:1', 'http://me:SECRET%zz@p:1'])(
    'with an invalid URL is reported without the URL: %s',
    (proxyUrl) => {
      const resolveProxy = () => proxyFor(address, { ...DEFAULT_NETWORK, proxy: proxyUrl });
      expect(resolveProxy).toThrow('The proxy address (http.proxy) is invalid.');
      expect(resolveProxy).not.toThrow('SEC');
    },
  );

  test('that was corrected is also used to resolve credentials', async () => {
    await home.write({
      config: `[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n`,
    });
    let settings = { ...DEFAULT_NETWORK, proxy: 'http://127.0.0.1:9' };
    const aws = home.createAws({ network: () => settings });
    delete process.env['AWS_ENDPOINT_URL'];
    process.env['AWS_ENDPOINT_URL_STS'] = 'http://sts.test';
    const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
    const target = { kind: 'aws', profile: 'role', region: 'eu-west-1', endpoint: home.services.endpoint } as const;
    const invokeOnce = () => aws.invoke(request, { target, signal: new AbortController().signal });
    await catchInvokeError(invokeOnce());
    settings = { ...DEFAULT_NETWORK, proxy: `http://127.0.0.1:${portOf(proxy)}` };
    await catchInvokeError(invokeOnce());
    expect(plainRequests).toEqual(['http://sts.test/']);
    delete process.env['AWS_ENDPOINT_URL_STS'];
  });

  test('or a server that is silent during the TLS handshake times out, and nothing is sent', async () => {
    const silent = createServer();
    await listen(silent as unknown as Server);
    const aws = home.createAws({ connectionTimeoutMs: 300 });
    const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
    const endpoint = `https://127.0.0.1:${portOf(silent as unknown as Server)}`;
    const target = { kind: 'aws', profile: 'base', region: 'eu-west-1', endpoint } as const;
    const error = await catchInvokeError(aws.invoke(request, { target, signal: new AbortController().signal }));
    expect(error.reason.code).toBe('unreachable');
    expect(error.resend).toEqual({ reason: 'connectTimeout' });
    silent.close();
  });
});

describe('a certificate', () => {
  const endpoint = () => `https://localhost:${portOf(lambda)}`;

  test('of an unknown authority is rejected, and nothing is sent', async () => {
    const { reason } = await catchInvokeError(invoke({ endpoint: endpoint() }));
    expect(reason.code).toBe('certificateRefused');
    expect(requests).toEqual([]);
  });

  test('is trusted with AWS_CA_BUNDLE', async () => {
    await invoke({ endpoint: endpoint(), environment: await withAuthority() });
    expect(requests).toHaveLength(1);
  });

  test('is trusted with the profile’s ca_bundle', async () => {
    const { AWS_CA_BUNDLE = '' } = await withAuthority();
    await home.write({ config: `[profile base]\nca_bundle = ${AWS_CA_BUNDLE}\n` });
    await invoke({ endpoint: endpoint() });
    expect(requests).toHaveLength(1);
  });

  test('is not verified without http.proxyStrictSSL', async () => {
    await invoke({ endpoint: endpoint(), settings: { isStrict: false } });
    expect(requests).toHaveLength(1);
  });

  test('bundle that can’t be read is reported with the setting that names it, and read again on the next request', async () => {
    const path = join(home.folder, 'missing.pem');
    const environment = { AWS_CA_BUNDLE: path };
    const { reason } = await catchInvokeError(invoke({ endpoint: endpoint(), environment }));
    expect(reason).toMatchObject({ code: 'certificateFile', args: [path, 'AWS_CA_BUNDLE', expect.any(String)] });
    await writeFile(path, TEST_AUTHORITY.authority);
    await invoke({ endpoint: endpoint(), environment });
    expect(requests).toHaveLength(1);
  });
});
