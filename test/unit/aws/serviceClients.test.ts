import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import { DEFAULT_NETWORK } from '../../../src/core/connection/networkSettings.ts';
import { denies, SECRETS } from '../../support/awsServices.ts';
import { startAwsTraffic, type AwsTraffic } from '../../support/awsTraffic.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';

let traffic: AwsTraffic;
let home: string;
const signal = new AbortController().signal;

beforeEach(async () => {
  traffic = await startAwsTraffic();
  home = await mkdtemp(join(tmpdir(), 'li-clients-'));
  await mkdir(join(home, '.aws', 'sso', 'cache'), { recursive: true });
});

afterEach(async () => {
  await traffic.close();
  await rm(home, { recursive: true, force: true });
});

async function prepare(config: string, variables: Readonly<Record<string, string>> = {}) {
  await writeFile(join(home, '.aws', 'config'), config);
  const environment = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...variables };
  const network = { ...DEFAULT_NETWORK, proxy: traffic.proxy, isStrict: false };
  return createAws(environment, { network: () => network });
}

function tokenPath(session: string): string {
  return join(home, '.aws', 'sso', 'cache', `${createHash('sha1').update(session).digest('hex')}.json`);
}

const BASE = `[profile base]
aws_access_key_id = AKIABASE
aws_secret_access_key = s
region = us-east-1
`;
const SSO = `[profile dev]
sso_session = My Session
sso_account_id = 123456789012
sso_role_name = Developer
region = us-east-1
[sso-session 'My Session']
sso_start_url = https://corp.example/start
sso_region = us-west-2
`;
const target = { kind: 'aws', profile: 'base' } as const;

describe('STS and CloudFormation', () => {
  test.each<[string, string, Record<string, string>, string, string]>([
    ['AWS’s default', '', {}, 'sts.us-east-1.amazonaws.com', 'cloudformation.us-east-1.amazonaws.com'],
    [
      'FIPS from the environment',
      '',
      { AWS_USE_FIPS_ENDPOINT: 'true' },
      'sts-fips.us-east-1.amazonaws.com',
      'cloudformation-fips.us-east-1.amazonaws.com',
    ],
    [
      'dual-stack from the profile',
      'use_dualstack_endpoint = true\n',
      {},
      'sts.us-east-1.api.aws',
      'cloudformation.us-east-1.api.aws',
    ],
    [
      'AWS’s default, if the profile ignores the environment’s endpoint',
      'ignore_configured_endpoint_urls = true\n',
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      'sts.us-east-1.amazonaws.com',
      'cloudformation.us-east-1.amazonaws.com',
    ],
  ])('use the endpoint: %s', async (_, profileSettings, variables, sts, cloudFormation) => {
    const aws = await prepare(`${BASE}${profileSettings}`, variables);
    await aws.readIdentity(target, signal);
    await aws.listStackFunctions(target, 'stack', signal);
    expect(traffic.requests()).toEqual([
      `GetCallerIdentity ${sts} AKIABASE us-east-1`,
      `ListStackResources ${cloudFormation} AKIABASE us-east-1`,
    ]);
  });

  test('use their configured endpoint, and FIPS for all others', async () => {
    const aws = await prepare(BASE, {
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_ENDPOINT_URL_STS: traffic.addresses.one,
    });
    await aws.readIdentity(target, signal);
    await aws.listStackFunctions(target, 'stack', signal);
    expect(traffic.requests()).toEqual([
      'GetCallerIdentity one AKIABASE us-east-1',
      'ListStackResources cloudformation-fips.us-east-1.amazonaws.com AKIABASE us-east-1',
    ]);
  });

  test('use the connection’s endpoint even if FIPS is on', async () => {
    const aws = await prepare(BASE, { AWS_USE_FIPS_ENDPOINT: 'true' });
    const customTarget = { ...target, endpoint: traffic.addresses.two };
    await aws.readIdentity(customTarget, signal);
    await aws.listStackFunctions(customTarget, 'stack', signal);
    expect(traffic.requests()).toEqual([
      'GetCallerIdentity two AKIABASE us-east-1',
      'ListStackResources two AKIABASE us-east-1',
    ]);
  });
});

describe('signing in', () => {
  const steps = ['RegisterClient', 'StartDeviceAuthorization', 'CreateToken'];

  test.each<[string, string, Record<string, string>, string]>([
    ['AWS’s default', '', {}, 'oidc.us-west-2.amazonaws.com'],
    ['FIPS', '', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'oidc-fips.us-west-2.amazonaws.com'],
    [
      'AWS’s default, if the profile ignores the environment’s endpoint',
      'ignore_configured_endpoint_urls = true\n',
      { AWS_ENDPOINT_URL_SSO_OIDC: 'http://127.0.0.1:1' },
      'oidc.us-west-2.amazonaws.com',
    ],
  ])('uses the endpoint: %s, and its token is used afterwards', async (_, profileSettings, variables, host) => {
    const aws = await prepare(SSO.replace('region = us-east-1\n', `region = us-east-1\n${profileSettings}`), variables);
    await aws.logIn('dev', { signal, onPrompt: () => undefined });
    expect(traffic.requests()).toEqual(steps.map((step) => `${step} ${host}`));
    expect(JSON.parse(await readFile(tokenPath('My Session'), 'utf8'))).toMatchObject({
      accessToken: SECRETS.ssoAccessToken,
    });
    expect((await aws.readIdentity({ kind: 'aws', profile: 'dev' }, signal)).name).toBe('ASIASSO');
  });

  test('is renewed at the same endpoint, once for all profiles of the session', async () => {
    const other = SSO.split('[sso-session')[0]?.replace('profile dev', 'profile ops').replace('Developer', 'Ops') ?? '';
    const aws = await prepare(`${SSO}${other}`, { AWS_USE_FIPS_ENDPOINT: 'true' });
    const token = {
      accessToken: 'almost over',
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
      refreshToken: 'r',
      clientId: 'c',
      clientSecret: 's',
    };
    await writeFile(tokenPath('My Session'), JSON.stringify(token));
    await Promise.all(['dev', 'ops'].map((profile) => aws.readIdentity({ kind: 'aws', profile }, signal)));
    expect(traffic.services.requestsOf('CreateToken')).toHaveLength(1);
    expect(traffic.requests()[0]).toBe('CreateToken oidc-fips.us-west-2.amazonaws.com');
    expect(JSON.parse(await readFile(tokenPath('My Session'), 'utf8'))).toMatchObject({
      accessToken: SECRETS.ssoAccessToken,
      refreshToken: SECRETS.ssoRefreshToken,
      clientId: 'c',
    });
  });

  test.each(['ForbiddenException', 'ResourceNotFoundException'])(
    'is not requested if the role is not assigned (%s)',
    async (name) => {
      const aws = await prepare(SSO);
      await writeFile(
        tokenPath('My Session'),
        JSON.stringify({ accessToken: SECRETS.ssoAccessToken, expiresAt: '2099-01-01T00:00:00Z' }),
      );
      traffic.services.answer('GetRoleCredentials', denies(403, name, 'No access'));
      const error = await catchInvokeError(aws.readIdentity({ kind: 'aws', profile: 'dev' }, signal));
      expect(error.reason).toEqual({ code: 'ssoRoleNotAssigned', args: ['Developer', '123456789012', 'dev'] });
      expect(error.loginProfile).toBeUndefined();
    },
  );
});

describe('an aws login session', () => {
  afterEach(() => {
    delete process.env['AWS_LOGIN_CACHE_DIRECTORY'];
  });

  test.each<[string, Record<string, string>, string]>([
    ['AWS’s default endpoint', {}, 'us-east-1.signin.aws.amazon.com'],
    ['a configured endpoint', { AWS_ENDPOINT_URL_SIGNIN: 'one' }, 'one'],
  ])('is renewed at %s', async (_, variables, host) => {
    const id = 'arn:aws:iam::123456789012:user/me';
    // The SDK's provider reads the environment of the process.
    process.env['AWS_LOGIN_CACHE_DIRECTORY'] = home;
    const { privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      privateKeyEncoding: { type: 'sec1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const keys = { accessKeyId: 'A', secretAccessKey: 's', sessionToken: 't', accountId: '123456789012' };
    const accessToken = { ...keys, expiresAt: new Date(0).toISOString() };
    const token = { accessToken, clientId: 'c', refreshToken: 'r', dpopKey: privateKey };
    await writeFile(join(home, `${createHash('sha256').update(id).digest('hex')}.json`), JSON.stringify(token));
    const endpointVariables = Object.entries(variables).map(([name]) => [name, traffic.addresses.one]);
    const aws = await prepare(
      `[profile me]\nlogin_session = ${id}\nregion = us-east-1\n`,
      Object.fromEntries(endpointVariables) as Record<string, string>,
    );
    const { reason } = await catchInvokeError(aws.readIdentity({ kind: 'aws', profile: 'me' }, signal));
    expect(reason.code).toBe('loginSession');
    expect(traffic.requests()[0]).toBe(`POST /v1/token ${host}`);
  });
});

describe('the description of a connection shows', () => {
  test.each<[string, Record<string, string>, string | undefined, object]>([
    ['the default profile', {}, undefined, { chain: undefined }],
    ['AWS_PROFILE', { AWS_PROFILE: 'base' }, undefined, { chain: 'AWS_PROFILE base' }],
    ['AWS_DEFAULT_PROFILE', { AWS_DEFAULT_PROFILE: 'base' }, undefined, { chain: 'AWS_DEFAULT_PROFILE base' }],
    [
      'environment keys',
      { AWS_PROFILE: 'base', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's' },
      undefined,
      { chain: 'environment keys' },
    ],
    [
      'no environment keys for a selected profile',
      { AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 's' },
      'base',
      { chain: undefined },
    ],
    ['FIPS', { AWS_USE_FIPS_ENDPOINT: 'true' }, 'base', { isFips: true, isDualStack: undefined }],
    [
      'no FIPS for a configured endpoint',
      { AWS_USE_FIPS_ENDPOINT: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      'base',
      { isFips: undefined, endpoint: 'http://127.0.0.1:1' },
    ],
    [
      'no ignored endpoint',
      { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true', AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
      'base',
      { endpoint: undefined },
    ],
  ])('%s', async (_, variables, profile, expected) => {
    const aws = await prepare(BASE, variables);
    const view = await aws.describe({ kind: 'aws', ...(profile !== undefined && { profile }) });
    expect(view).toMatchObject(Object.fromEntries(Object.entries(expected).filter(([, value]) => value !== undefined)));
    const absent = Object.keys(expected).filter((key) => expected[key as keyof typeof expected] === undefined);
    expect(absent.filter((key) => key in view)).toEqual([]);
  });
});
