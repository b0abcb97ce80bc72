import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Aws } from '../../../src/core/aws.ts';
import { isInvokeError, type InvokeError } from '../../../src/core/invokeError.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { denies, deniesQuery, SECRETS } from '../../support/awsServices.ts';

let home: AwsHome;

beforeEach(async () => {
  home = await createAwsHome();
});

afterEach(async () => {
  await home.remove();
});

const signal = new AbortController().signal;
const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;

function invoke(aws: Aws, profile?: string) {
  const target = { kind: 'aws', region: 'eu-west-1', ...(profile !== undefined && { profile }) } as const;
  return aws.invoke(request, { target, signal });
}

async function failure(promise: Promise<unknown>): Promise<InvokeError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!isInvokeError(error)) throw new Error(`not an InvokeError: ${String(error)}`);
  return error;
}

/** The access key with which Invoke was signed, last. */
function usedKey(): string | undefined {
  return home.services.of('Invoke').at(-1)?.accessKeyId;
}

const BASE = `[base]
aws_access_key_id = AKIABASE
aws_secret_access_key = ${SECRETS.staticSecret}
`;

describe('a profile', () => {
  test('with keys signs with them', async () => {
    await home.write({ credentials: BASE });
    await invoke(home.createAws(), 'base');
    expect(usedKey()).toBe('AKIABASE');
  });

  test('with a session token sends it', async () => {
    await home.write({ credentials: `${BASE}aws_session_token = ${SECRETS.sessionToken}\n` });
    await invoke(home.createAws(), 'base');
    expect(home.services.of('Invoke').at(-1)?.headers['x-amz-security-token']).toBe(SECRETS.sessionToken);
  });

  test('with a credential_process takes what the process prints', async () => {
    const printed = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: SECRETS.processSecret });
    await writeFile(join(home.folder, 'printed.json'), printed);
    await home.write({ config: `[profile process]\ncredential_process = cat ${join(home.folder, 'printed.json')}\n` });
    await invoke(home.createAws(), 'process');
    expect(usedKey()).toBe('AKIAPROCESS');
  });

  test('with a role takes it with its source’s keys, and in the region of the profile', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\nregion = eu-north-1\nexternal_id = ext-1\nrole_session_name = me\nduration_seconds = 900\n`,
    });
    await invoke(home.createAws(), 'admin');
    expect(usedKey()).toBe('ASIAADMIN');
    const [assumed] = home.services.of('sts AssumeRole');
    expect(assumed).toMatchObject({ accessKeyId: 'AKIABASE', region: 'eu-north-1' });
    const form = new URLSearchParams(assumed?.body);
    expect(form.get('ExternalId')).toBe('ext-1');
    expect(form.get('RoleSessionName')).toBe('me');
    expect(form.get('DurationSeconds')).toBe('900');
  });

  test('with a chain of roles takes each with the one before', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile first]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\n[profile second]\nrole_arn = arn:aws:iam::123456789012:role/second\nsource_profile = first\n`,
    });
    await invoke(home.createAws(), 'second');
    expect(home.services.of('sts AssumeRole').map(({ accessKeyId }) => accessKeyId)).toEqual(['AKIABASE', 'ASIAFIRST']);
    expect(usedKey()).toBe('ASIASECOND');
  });

  test('with a role and credential_source Environment takes the role with the environment’s keys', async () => {
    await home.write({
      config: `[profile fromEnv]\nrole_arn = arn:aws:iam::123456789012:role/deploy\ncredential_source = Environment\n`,
    });
    const aws = home.createAws();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: SECRETS.staticSecret });
    await invoke(aws, 'fromEnv');
    expect(home.services.of('sts AssumeRole')[0]?.accessKeyId).toBe('AKIAENV');
    expect(usedKey()).toBe('ASIADEPLOY');
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  });

  test('with a web identity exchanges its token', async () => {
    const token = join(home.folder, 'token');
    await writeFile(token, 'web-token');
    await home.write({
      config: `[profile web]\nrole_arn = arn:aws:iam::123456789012:role/web\nweb_identity_token_file = ${token}\n`,
    });
    await invoke(home.createAws(), 'web');
    const [exchanged] = home.services.of('sts AssumeRoleWithWebIdentity');
    expect(new URLSearchParams(exchanged?.body).get('WebIdentityToken')).toBe('web-token');
    expect(exchanged?.accessKeyId).toBeUndefined();
    expect(usedKey()).toBe('ASIAWEB');
  });

  test('whose role is refused says what STS said, and nothing was sent to Lambda', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n`,
    });
    home.services.answer('sts AssumeRole', deniesQuery(403, 'AccessDenied', 'may not do sts:AssumeRole'));
    const { reason } = await failure(invoke(home.createAws(), 'admin'));
    expect(reason).toMatchObject({ code: 'credentialsMissing' });
    expect(reason.args.join(' ')).toContain('may not do sts:AssumeRole');
    expect(home.services.of('Invoke')).toEqual([]);
  });
});

describe('MFA', () => {
  const config = `[profile first]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n[profile second]\nrole_arn = arn:aws:iam::123456789012:role/second\nsource_profile = first\n`;

  test.each(['first', 'second'])('is asked for once wherever in the chain it stands (%s)', async (profile) => {
    await home.write({ credentials: BASE, config });
    const asked: string[] = [];
    const aws = home.createAws({
      askMfaCode: (serial, of) => {
        asked.push(`${serial} ${of}`);
        return Promise.resolve(SECRETS.mfaCode);
      },
    });
    await Promise.all([invoke(aws, profile), invoke(aws, profile)]);
    await aws.readIdentity({ kind: 'aws', profile, region: 'eu-west-1' }, signal);
    expect(asked).toEqual([`arn:aws:iam::123456789012:mfa/me ${profile}`]);
    const form = new URLSearchParams(home.services.of('sts AssumeRole')[0]?.body);
    expect(form.get('TokenCode')).toBe(SECRETS.mfaCode);
    expect(form.get('SerialNumber')).toBe('arn:aws:iam::123456789012:mfa/me');
  });

  test('without a code sends nothing, and is asked again by the next click', async () => {
    await home.write({ credentials: BASE, config });
    const aws = home.createAws();
    expect((await failure(invoke(aws, 'first'))).reason.code).toBe('mfaCancelled');
    expect((await failure(invoke(aws, 'first'))).reason.code).toBe('mfaCancelled');
    expect(home.services.asked).toEqual([]);
  });
});

describe('the default chain', () => {
  test('takes the environment’s keys', async () => {
    const aws = home.createAws();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: SECRETS.staticSecret });
    await invoke(aws);
    expect(usedKey()).toBe('AKIAENV');
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  });

  test('takes a container’s role', async () => {
    const aws = home.createAws();
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `${home.services.endpoint}/container`;
    await invoke(aws);
    expect(usedKey()).toBe('ASIACONTAINER');
    delete process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  });

  test('takes an instance’s role', async () => {
    const aws = home.createAws();
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = home.services.endpoint;
    await invoke(aws);
    expect(usedKey()).toBe('ASIAINSTANCE');
    delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  });

  test('takes a web identity from the environment', async () => {
    const token = join(home.folder, 'token');
    await writeFile(token, 'web-token');
    const aws = home.createAws();
    const variables = { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod' };
    Object.assign(process.env, variables);
    await invoke(aws);
    expect(usedKey()).toBe('ASIAPOD');
    for (const name of Object.keys(variables)) delete process.env[name];
  });

  test('says so where AWS_PROFILE names no profile', async () => {
    const aws = home.createAws();
    process.env['AWS_PROFILE'] = 'gone';
    expect((await failure(invoke(aws))).reason).toEqual({ code: 'profileUnknown', args: ['gone'] });
    delete process.env['AWS_PROFILE'];
  });

  test('says what was missing where there is nothing', async () => {
    expect((await failure(invoke(home.createAws()))).reason.code).toBe('credentialsMissing');
  });
});

describe('a login session', () => {
  const id = 'arn:aws:iam::123456789012:user/me';

  async function keepLogin(expiresAt: number): Promise<void> {
    const { createHash } = await import('node:crypto');
    const folder = join(home.folder, '.aws', 'login', 'cache');
    await mkdir(folder, { recursive: true });
    const accessToken = {
      accessKeyId: 'ASIALOGIN',
      secretAccessKey: 's',
      sessionToken: 't',
      accountId: '123456789012',
      expiresAt: new Date(expiresAt).toISOString(),
    };
    const token = {
      accessToken,
      tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
      clientId: 'c',
      refreshToken: 'r',
      identityToken: 'i',
      dpopKey: 'none',
    };
    await writeFile(join(folder, `${createHash('sha256').update(id).digest('hex')}.json`), JSON.stringify(token));
  }

  test('is used while it lasts', async () => {
    await home.write({ config: `[profile me]\nlogin_session = ${id}\n` });
    await keepLogin(Date.now() + 3_600_000);
    await invoke(home.createAws(), 'me');
    expect(usedKey()).toBe('ASIALOGIN');
  });

  test('that was never begun says what to run', async () => {
    await home.write({ config: `[profile me]\nlogin_session = ${id}\n` });
    expect((await failure(invoke(home.createAws(), 'me'))).reason.code).toBe('loginSession');
  });
});

const SESSION = `[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Developer
region = eu-west-1
[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = us-west-2
sso_registration_scopes = sso:account:access
`;
const LEGACY = `[profile old]
sso_start_url = https://corp.example/start
sso_region = us-west-2
sso_account_id = 123456789012
sso_role_name = Developer
region = eu-west-1
`;

describe('SSO', () => {
  test.each([
    ['a session', 'dev', SESSION, 'corp'],
    ['the legacy form', 'old', LEGACY, 'https://corp.example/start'],
  ])('of %s is asked for its role in its own region', async (_, profile, config, key) => {
    await home.write({ config });
    await home.keepToken(key, { accessToken: SECRETS.ssoAccessToken, expiresAt: new Date(Date.now() + 3_600_000) });
    await invoke(home.createAws(), profile);
    expect(usedKey()).toBe('ASIASSO');
    expect(home.services.of('GetRoleCredentials')[0]?.url.searchParams.get('role_name')).toBe('Developer');
  });

  test.each([
    ['never begun', undefined],
    ['expired', { accessToken: 'old', expiresAt: '2020-01-01T00:00:00Z' }],
    ['ended by the administrator', { accessToken: 'revoked', expiresAt: '2099-01-01T00:00:00Z' }],
  ])('that was %s asks for a sign-in, goes on after it, and the CLI’s cache has the token', async (_, token) => {
    await home.write({ config: `${SESSION}${LEGACY}` });
    for (const [profile, key] of [
      ['dev', 'corp'],
      ['old', 'https://corp.example/start'],
    ] as const) {
      if (token !== undefined) await home.keepToken(key, token);
      const aws = home.createAws();
      const error = await failure(invoke(aws, profile));
      expect(error.reason).toEqual({ code: 'ssoLoginNeeded', args: [profile] });
      expect(error.login).toBe(profile);
      const prompts: object[] = [];
      await aws.logIn(profile, { signal, onPrompt: (prompt) => prompts.push(prompt) });
      expect(prompts).toEqual([
        { userCode: 'ABCD-EFGH', address: `${home.services.endpoint}/verify?user_code=ABCD-EFGH` },
      ]);
      await invoke(aws, profile);
      expect(usedKey()).toBe('ASIASSO');
      const kept = JSON.parse(await readFile(home.tokenPath(key), 'utf8')) as Record<string, string>;
      expect(kept).toMatchObject({
        startUrl: 'https://corp.example/start',
        region: 'us-west-2',
        accessToken: SECRETS.ssoAccessToken,
        clientId: 'client-1',
        clientSecret: SECRETS.ssoClientSecret,
        refreshToken: SECRETS.ssoRefreshToken,
      });
      expect(kept['expiresAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect((await stat(home.tokenPath(key))).mode & 0o777).toBe(0o600);
    }
  });

  test('at the start of a chain asks for the sign-in as well', async () => {
    await home.write({
      config: `${SESSION}[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = dev\n`,
    });
    expect((await failure(invoke(home.createAws(), 'admin'))).login).toBe('admin');
  });

  test('is refreshed without the person while the refresh token counts', async () => {
    await home.write({ config: SESSION });
    const soon = new Date(Date.now() + 60_000).toISOString();
    const client = { clientId: 'client-1', clientSecret: SECRETS.ssoClientSecret };
    await home.keepToken('corp', { accessToken: 'almost over', expiresAt: soon, refreshToken: 'r', ...client });
    await invoke(home.createAws(), 'dev');
    expect(JSON.parse(home.services.of('CreateToken')[0]?.body ?? '{}')).toMatchObject({ grantType: 'refresh_token' });
    expect(usedKey()).toBe('ASIASSO');
  });

  test('waits while the person has not answered, and slows down when it is told to', async () => {
    await home.write({ config: SESSION });
    const aws = home.createAws();
    home.services.sso.state = 'pending';
    const done = aws.logIn('dev', { signal, onPrompt: () => undefined });
    await expect.poll(() => home.services.of('CreateToken').length, { timeout: 5000 }).toBe(2);
    home.services.sso.state = 'allowed';
    await done;
    expect(home.services.of('CreateToken')).toHaveLength(3);
  });

  test('that the person refuses says so', async () => {
    await home.write({ config: SESSION });
    home.services.sso.state = 'denied';
    const aws = home.createAws();
    const { reason } = await failure(aws.logIn('dev', { signal, onPrompt: () => undefined }));
    expect(reason.code).toBe('ssoRefused');
  });

  test('can be cancelled', async () => {
    await home.write({ config: SESSION });
    home.services.sso.state = 'pending';
    const abort = new AbortController();
    const done = home.createAws().logIn('dev', { signal: abort.signal, onPrompt: () => abort.abort() });
    expect((await failure(done)).reason.code).toBe('ssoCancelled');
  });

  test('opens no address but one of the web', async () => {
    await home.write({ config: SESSION });
    home.services.answer('StartDeviceAuthorization', (response) =>
      response.end(JSON.stringify({ deviceCode: 'd', userCode: 'u', verificationUriComplete: 'file:///etc/passwd' })),
    );
    const done = home.createAws().logIn('dev', { signal, onPrompt: () => undefined });
    expect((await failure(done)).reason).toEqual({ code: 'ssoAddress', args: ['file:///etc/passwd'] });
  });

  test('is not for a profile without it', async () => {
    await home.write({ credentials: BASE });
    const done = home.createAws().logIn('base', { signal, onPrompt: () => undefined });
    expect((await failure(done)).reason.code).toBe('ssoNone');
  });
});

describe('credentials', () => {
  test('are asked for once, and again when they are about to expire', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n`,
    });
    const aws = home.createAws();
    await invoke(aws, 'admin');
    await invoke(aws, 'admin');
    expect(home.services.of('sts AssumeRole')).toHaveLength(1);
    const soon = new Date(Date.now() + 60_000).toISOString();
    home.services.answer('sts AssumeRole', (response) => {
      response.end(
        `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIASHORT</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${soon}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    });
    const other = home.createAws();
    await invoke(other, 'admin');
    const before = home.services.of('sts AssumeRole').length;
    await invoke(other, 'admin');
    expect(home.services.of('sts AssumeRole').length).toBeGreaterThan(before);
    expect(usedKey()).toBe('ASIASHORT');
  });

  test('that Lambda did not accept are found out anew', async () => {
    const path = join(home.folder, 'printed.json');
    const print = (AccessKeyId: string) =>
      writeFile(path, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: 's' }));
    await print('AKIAOLD');
    await home.write({ config: `[profile process]\ncredential_process = cat ${path}\n` });
    const aws = home.createAws();
    home.services.answer('Invoke', denies(403, 'ExpiredTokenException', 'The security token is expired'));
    expect((await failure(invoke(aws, 'process'))).reason.code).toBe('credentialsRefused');
    await print('AKIANEW');
    home.services.answer('Invoke', undefined);
    await invoke(aws, 'process');
    expect(usedKey()).toBe('AKIANEW');
  });

  test('follow a file that is edited, and stay when another profile is', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n`,
    });
    const aws = home.createAws();
    await invoke(aws, 'admin');
    await home.write({ credentials: `${BASE}[other]\naws_access_key_id = X\naws_secret_access_key = s\n` });
    await invoke(aws, 'admin');
    expect(home.services.of('sts AssumeRole')).toHaveLength(1);
    await home.write({ credentials: BASE.replace('AKIABASE', 'AKIAOTHER') });
    await invoke(aws, 'admin');
    expect(home.services.of('sts AssumeRole').at(-1)?.accessKeyId).toBe('AKIAOTHER');
  });
});

test('the account and the role are asked for once, and told beside the connection from then on', async () => {
  await home.write({ credentials: BASE });
  const aws = home.createAws();
  const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
  expect(await aws.describe(target)).not.toHaveProperty('accountId');
  const identity = {
    accountId: '123456789012',
    arn: 'arn:aws:sts::123456789012:assumed-role/AKIABASE/s',
    name: 'AKIABASE',
  };
  expect(await aws.readIdentity(target, signal)).toEqual(identity);
  await aws.readIdentity(target, signal);
  expect(home.services.of('sts GetCallerIdentity')).toHaveLength(1);
  expect(await aws.describe(target)).toMatchObject({ accountId: '123456789012', role: 'AKIABASE' });
});

test('a services section leads STS elsewhere as well', async () => {
  await home.write({
    credentials: BASE,
    config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\nservices = here\n[services here]\nsts =\n  endpoint_url = ${home.services.endpoint}\nlambda =\n  endpoint_url = ${home.services.endpoint}\n`,
  });
  const aws = home.createAws();
  delete process.env['AWS_ENDPOINT_URL'];
  await invoke(aws, 'admin');
  expect(home.services.of('sts AssumeRole')).toHaveLength(1);
  expect(usedKey()).toBe('ASIAADMIN');
});
