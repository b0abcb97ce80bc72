import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogsServer, type LogsServer } from './logsServer.ts';

/** A request that a service received. */
interface RecordedRequest {
  /** `sts AssumeRole`, `Logs_20140328.FilterLogEvents`, `GET /2015-03-31/functions`. */
  readonly operation: string;
  /** The access key of the signature, if there is one. */
  readonly accessKeyId: string | undefined;
  readonly region: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly url: URL;
}

export interface AwsServices {
  readonly endpoint: string;
  readonly requests: readonly RecordedRequest[];
  /** Deletes the recorded requests, with the tokens in them. */
  clearRequests(): void;
  /** The requests of one operation, oldest first. */
  requestsOf(operation: string): RecordedRequest[];
  /** Overrides the response of an operation; undefined restores the default. */
  answer(operation: string, respond: Respond | undefined): void;
  /** Responds to a request that a test has delayed. */
  respond: Respond;
  /** The device authorization: `pending` until the user approves it. */
  readonly sso: { state: 'pending' | 'allowed' | 'denied' | 'slow'; expiresIn: number };
  readonly functions: Record<string, unknown>[];
  /** CloudWatch Logs. Its requests are recorded there as well. */
  readonly logs: LogsServer;
  /** The latency of each page of functions, in milliseconds. */
  readonly pages: { delayMs: number };
  close(): Promise<void>;
}

export type Respond = (response: ServerResponse, request: RecordedRequest) => void;

/** Secrets of the tests, which must appear nowhere except in requests. */
export const SECRETS = {
  staticSecret: 'SECRET-static-6f1d',
  sessionToken: 'TOKEN-session-9a2b',
  roleSecret: 'SECRET-role-77c0',
  roleToken: 'TOKEN-role-41fe',
  ssoSecret: 'SECRET-sso-c3d9',
  ssoToken: 'TOKEN-sso-role-08aa',
  ssoAccessToken: 'TOKEN-sso-access-5e5e',
  ssoRefreshToken: 'TOKEN-sso-refresh-1b7c',
  ssoClientSecret: 'SECRET-sso-client-2d4f',
  containerSecret: 'SECRET-container-aa01',
  instanceSecret: 'SECRET-instance-bb02',
  processSecret: 'SECRET-process-cc03',
  mfaCode: '918273',
} as const;

function json(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1', ...headers });
  response.end(JSON.stringify(body));
}

/** Rejects with an error in the JSON format, which Lambda uses. */
export function denies(status: number, name: string, message: string): Respond {
  return (response) => json(response, status, { message, Message: message, error: name }, { 'x-amzn-errortype': name });
}

function xml(response: ServerResponse, action: string, result: string): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  response.end(
    `<${action}Response><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`,
  );
}

/** Rejects with an error in the format of the query protocol. */
export function deniesQuery(status: number, code: string, message: string): Respond {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/xml' });
    response.end(
      `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
    );
  };
}

const IN_AN_HOUR = () => new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z$/, 'Z');

function assumedRole(request: RecordedRequest): string {
  const form = new URLSearchParams(request.body);
  const role = form.get('RoleArn') ?? '';
  const name = role.split('/').at(-1) ?? '';
  return (
    `<Credentials><AccessKeyId>ASIA${name.toUpperCase()}</AccessKeyId><SecretAccessKey>${SECRETS.roleSecret}</SecretAccessKey>` +
    `<SessionToken>${SECRETS.roleToken}</SessionToken><Expiration>${IN_AN_HOUR()}</Expiration></Credentials>` +
    `<AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId><Arn>arn:aws:sts::123456789012:assumed-role/${name}/s</Arn></AssumedRoleUser>`
  );
}

/** Returns role credentials for a valid SSO token. */
export function roleCredentials({ forMs }: { readonly forMs: number }): Respond {
  const refuse = denies(401, 'UnauthorizedException', 'Session token not found or invalid');
  return (response, request) => {
    if (request.headers['x-amz-sso_bearer_token'] !== SECRETS.ssoAccessToken) return refuse(response, request);
    const keys = { accessKeyId: 'ASIASSO', secretAccessKey: SECRETS.ssoSecret, sessionToken: SECRETS.ssoToken };
    json(response, 200, { roleCredentials: { ...keys, expiration: Date.now() + forMs } });
  };
}

/** A page of a list. Marker is the index of its first item. */
function page(all: readonly unknown[], request: RecordedRequest, size: number) {
  const start = Number(request.url.searchParams.get('Marker') ?? 0);
  const next = start + size;
  return { rows: all.slice(start, next), marker: next < all.length ? { NextMarker: String(next) } : {} };
}

function operationOf({ method = '', headers }: IncomingMessage, url: URL, body: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target;
  const action = new URLSearchParams(body).get('Action');
  const { pathname } = url;
  if (pathname === '/' && action !== null) return action === 'ListStackResources' ? action : `sts ${action}`;
  if (pathname === '/client/register') return 'RegisterClient';
  if (pathname === '/device_authorization') return 'StartDeviceAuthorization';
  if (pathname === '/token') return 'CreateToken';
  if (pathname === '/federation/credentials') return 'GetRoleCredentials';
  if (pathname.startsWith('/latest/')) return 'instance';
  if (pathname === '/container') return 'container';
  if (/\/invocations$|\/response-streaming-invocations$/.test(pathname)) return 'Invoke';
  if (pathname.endsWith('/functions') || pathname.endsWith('/functions/')) return 'ListFunctions';
  if (pathname.endsWith('/aliases')) return 'ListAliases';
  if (pathname.endsWith('/versions')) return 'ListVersionsByFunction';
  if (pathname.endsWith('/configuration')) return 'GetFunctionConfiguration';
  if (pathname.endsWith('/url')) return 'GetFunctionUrlConfig';
  return `${method} ${pathname}`;
}

/**
 * A loopback server with the operations that the extension uses: STS, SSO with OIDC, instance and container metadata,
 * Lambda, ListStackResources of CloudFormation, and CloudWatch Logs.
 */
export async function startAwsServices(pageSize = 50): Promise<AwsServices> {
  const requests: RecordedRequest[] = [];
  const overrides = new Map<string, Respond>();
  const pages = { delayMs: 0 };
  const sso: AwsServices['sso'] = { state: 'allowed', expiresIn: 3600 };
  const functions: Record<string, unknown>[] = [];
  const logs = createLogsServer();
  let endpoint = '';

  const defaults: Record<string, Respond> = {
    'sts GetCallerIdentity': (response, { accessKeyId = '' }) =>
      xml(
        response,
        'GetCallerIdentity',
        `<Account>123456789012</Account><UserId>U</UserId><Arn>arn:aws:sts::123456789012:assumed-role/${accessKeyId}/s</Arn>`,
      ),
    'sts AssumeRole': (response, request) => xml(response, 'AssumeRole', assumedRole(request)),
    'sts AssumeRoleWithWebIdentity': (response, request) =>
      xml(response, 'AssumeRoleWithWebIdentity', assumedRole(request)),
    RegisterClient: (response) =>
      json(response, 200, {
        clientId: 'client-1',
        clientSecret: SECRETS.ssoClientSecret,
        clientSecretExpiresAt: Math.round(Date.now() / 1000) + 7_776_000,
      }),
    StartDeviceAuthorization: (response) =>
      json(response, 200, {
        deviceCode: 'device-1',
        userCode: 'ABCD-EFGH',
        verificationUri: `${endpoint}/verify`,
        verificationUriComplete: `${endpoint}/verify?user_code=ABCD-EFGH`,
        expiresIn: 600,
        interval: 1,
      }),
    CreateToken: (response, request) => {
      const { grantType } = JSON.parse(request.body) as { grantType: string };
      const errors = { pending: 'AuthorizationPendingException', slow: 'SlowDownException' } as const;
      if (grantType !== 'refresh_token' && sso.state !== 'allowed') {
        const name = sso.state === 'denied' ? 'AccessDeniedException' : errors[sso.state];
        return denies(400, name, name)(response, request);
      }
      json(response, 200, {
        accessToken: SECRETS.ssoAccessToken,
        expiresIn: sso.expiresIn,
        refreshToken: SECRETS.ssoRefreshToken,
        tokenType: 'Bearer',
      });
    },
    GetRoleCredentials: roleCredentials({ forMs: 3_600_000 }),
    instance: (response, { url }) => {
      if (url.pathname === '/latest/api/token') {
        response.writeHead(200, { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' });
        response.end('imds-token');
      } else if (/security-credentials\/?$/.test(url.pathname)) response.end('instance-role');
      else {
        json(response, 200, {
          Code: 'Success',
          Type: 'AWS-HMAC',
          AccessKeyId: 'ASIAINSTANCE',
          SecretAccessKey: SECRETS.instanceSecret,
          Token: 'token',
          Expiration: IN_AN_HOUR(),
          LastUpdated: IN_AN_HOUR(),
        });
      }
    },
    container: (response) =>
      json(response, 200, {
        AccessKeyId: 'ASIACONTAINER',
        SecretAccessKey: SECRETS.containerSecret,
        Token: 'token',
        Expiration: IN_AN_HOUR(),
      }),
    Invoke: (response) => json(response, 200, { from: 'the cloud' }, { 'x-amz-executed-version': '$LATEST' }),
    ListFunctions: (response, request) => {
      const { rows, marker } = page(functions, request, pageSize);
      setTimeout(() => json(response, 200, { Functions: rows, ...marker }), pages.delayMs);
    },
    ListAliases: (response) =>
      json(response, 200, {
        Aliases: [
          { Name: 'live', FunctionVersion: '3', RoutingConfig: { AdditionalVersionWeights: { '4': 0.1 } } },
          { Name: 'test', FunctionVersion: '4', Description: 'what comes next' },
        ],
      }),
    ListVersionsByFunction: (response, request) => {
      const all = ['$LATEST', '1', '2', '3', '4', '10'].map((Version) => ({
        Version,
        Description: `number ${Version}`,
      }));
      const { rows, marker } = page(all, request, 4);
      json(response, 200, { Versions: rows, ...marker });
    },
    GetFunctionConfiguration: (response, { url }) => {
      const path = decodeURIComponent(url.pathname.split('/').at(-2) ?? '');
      const name = path.split('function:').at(-1)?.split(':')[0];
      const configuration = functions.find(({ FunctionName }) => FunctionName === name);
      if (configuration !== undefined) return json(response, 200, configuration);
      denies(404, 'ResourceNotFoundException', `Function not found: ${path}`)(response, {} as RecordedRequest);
    },
    GetFunctionUrlConfig: denies(404, 'ResourceNotFoundException', 'no URL'),
    ListStackResources: (response) => xml(response, 'ListStackResources', '<StackResourceSummaries/>'),
  };

  const respondNow: Respond = (response, request) => {
    const { operation, body, accessKeyId } = request;
    if (operation.startsWith('Logs_') && !overrides.has(operation))
      return logs.respond(response, { target: operation, body, accessKeyId });
    const respond =
      overrides.get(operation) ?? defaults[operation] ?? denies(404, 'ResourceNotFoundException', operation);
    respond(response, request);
  };

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const [, accessKeyId, region] =
        /Credential=([^/]+)\/\d+\/([^/]+)\//.exec(request.headers.authorization ?? '') ?? [];
      const operation = operationOf(request, url, body);
      const recorded = { operation, accessKeyId, region, headers: request.headers, body, url };
      requests.push(recorded);
      respondNow(response, recorded);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    requests,
    clearRequests: () => {
      requests.length = 0;
    },
    requestsOf: (operation) => requests.filter((request) => request.operation === operation),
    answer(operation, respond) {
      if (respond === undefined) overrides.delete(operation);
      else overrides.set(operation, respond);
    },
    respond: respondNow,
    sso,
    pages,
    functions,
    logs,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
