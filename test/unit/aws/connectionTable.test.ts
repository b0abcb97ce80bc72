import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { externalDataInterceptor } from '@smithy/core/config';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAws } from '../../../src/aws/index.ts';
import { DEFAULT_NETWORK } from '../../../src/core/connection/networkSettings.ts';
import { SECRETS } from '../../support/awsServices.ts';
import { startAwsTraffic, type AwsTraffic } from '../../support/awsTraffic.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';

/**
 * A configuration and the requests it causes: operation, host, access key, signing region. The expected values were
 * captured from the AWS CLI v2 (2.36.7) with the same files and variables. `{one}` to `{four}` are server URLs,
 * `{home}` is the home folder, `other` is a file in it.
 */
interface Row {
  readonly title: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: string;
  readonly credentials?: string;
  readonly other?: string;
  /** The selected profile, as `--profile`; likewise `--region` and `--endpoint-url`. */
  readonly profile?: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly requests?: readonly string[];
  /** The code of the expected error, if no request is sent. */
  readonly error?: string;
}

const ROWS = JSON.parse(await readFile(new URL('connectionRows.json', import.meta.url), 'utf8')) as readonly Row[];

/** Set in the process environment to detect clients that read it instead of the environment passed to createAws. */
const DECOY_ENVIRONMENT = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:1',
  AWS_REGION: 'trap-north-1',
  AWS_PROFILE: 'trap',
  AWS_USE_FIPS_ENDPOINT: 'true',
  AWS_USE_DUALSTACK_ENDPOINT: 'true',
  AWS_ACCESS_KEY_ID: 'AKIATRAP',
  AWS_SECRET_ACCESS_KEY: 'trap',
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
} as const;

let traffic: AwsTraffic;
let home: string;
const originalEnvironment = { ...process.env };

beforeAll(async () => {
  traffic = await startAwsTraffic();
  Object.assign(process.env, DECOY_ENVIRONMENT);
});

afterAll(async () => {
  for (const name of Object.keys(DECOY_ENVIRONMENT)) {
    if (originalEnvironment[name] === undefined) delete process.env[name];
    else process.env[name] = originalEnvironment[name];
  }
  await traffic.close();
});

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'li-table-'));
  traffic.clear();
});

afterEach(() => rm(home, { recursive: true, force: true }));

function fill(text: string): string {
  return text.replaceAll(/\{(one|two|three|four|home)\}/g, (_, name: 'one' | 'home') =>
    name === 'home' ? home : traffic.addresses[name],
  );
}

async function writeTokens(): Promise<void> {
  const folder = join(home, '.aws', 'sso', 'cache');
  await mkdir(folder, { recursive: true });
  const token = JSON.stringify({ accessToken: SECRETS.ssoAccessToken, expiresAt: '2099-01-01T00:00:00Z' });
  for (const session of ['corp', 'My Session']) {
    await writeFile(join(folder, `${createHash('sha1').update(session).digest('hex')}.json`), token);
  }
}

async function prepare({ env = {}, config = '', credentials = '', other = '' }: Row) {
  await writeTokens();
  await writeFile(join(home, '.aws', 'config'), fill(config));
  await writeFile(join(home, '.aws', 'credentials'), fill(credentials));
  await writeFile(join(home, 'other'), fill(other));
  await writeFile(join(home, 'token'), 'web-token');
  const variables = Object.entries(env).map(([name, value]) => [name, fill(value)]);
  const environment = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', ...Object.fromEntries(variables) };
  const network = { ...DEFAULT_NETWORK, proxy: traffic.proxy, isStrict: false };
  return createAws(environment as NodeJS.ProcessEnv, { network: () => network });
}

function targetOf({ profile, region, endpoint }: Row) {
  return {
    kind: 'aws',
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint: fill(endpoint) }),
  } as const;
}

const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
const signal = new AbortController().signal;

test('SDK clients do not read config files, which would keep every profile’s keys in memory', async () => {
  const isRead = vi.fn();
  for (const path of [DECOY_ENVIRONMENT.AWS_CONFIG_FILE, DECOY_ENVIRONMENT.AWS_SHARED_CREDENTIALS_FILE]) {
    Object.defineProperty(externalDataInterceptor.getFileRecord(), path, { configurable: true, get: isRead });
  }
  const row = ROWS.find(({ title }) => title === 'a role of AWS_PROFILE');
  const aws = await prepare(row ?? { title: '' });
  await aws.invoke(request, { target: { kind: 'aws' }, signal });
  await aws.readIdentity({ kind: 'aws' }, signal);
  expect(traffic.requests()).toHaveLength(3);
  expect(isRead).not.toHaveBeenCalled();
});

describe('a connection resolves as in the AWS CLI, and is described accordingly', () => {
  test.each(ROWS.filter(({ requests }) => requests !== undefined))('$title', async (row) => {
    const aws = await prepare(row);
    const target = targetOf(row);
    const { connection } = await aws.invoke(request, { target, signal });
    expect(traffic.requests()).toEqual(row.requests);
    const [, host = '', key, region] = row.requests?.at(-1)?.split(' ') ?? [];
    const view = await aws.describe(target);
    expect(view).toMatchObject(connection);
    if (view.kind === 'local') throw new Error('not a connection to AWS');
    const { endpoint = '', isFips = false, isDualStack = false } = view;
    expect(view.region).toBe(region);
    const url = fill(`{${host}}`);
    expect(endpoint.slice(0, url.length)).toBe(host.includes('.') ? '' : url);
    expect([isFips, isDualStack]).toEqual([host.includes('-fips.'), host.includes('.api.')]);
    expect(view.chain === 'environment keys').toBe(key === 'AKIAENV');
  });

  test.each(ROWS.filter(({ error }) => error !== undefined))('$title', async (row) => {
    const aws = await prepare(row);
    const { reason } = await catchInvokeError(aws.invoke(request, { target: targetOf(row), signal }));
    expect(reason.code).toBe(row.error);
    expect(traffic.requests()).toEqual([]);
  });
});
