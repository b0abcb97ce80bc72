import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { deniesQuery, SECRETS } from '../../support/awsServices.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';
import { BASE, invokeWith, lastAccessKey } from '../../support/invokeWith.ts';

let home: AwsHome;

beforeEach(async () => {
  home = await createAwsHome();
});

afterEach(async () => {
  await home.remove();
});

const signal = new AbortController().signal;

describe('a profile', () => {
  test('with keys uses them to sign', async () => {
    await home.write({ credentials: BASE });
    await invokeWith(home.createAws(), 'base');
    expect(lastAccessKey(home.services)).toBe('AKIABASE');
  });

  test('with a session token sends it', async () => {
    await home.write({ credentials: `${BASE}aws_session_token = ${SECRETS.sessionToken}\n` });
    await invokeWith(home.createAws(), 'base');
    expect(home.services.requestsOf('Invoke').at(-1)?.headers['x-amz-security-token']).toBe(SECRETS.sessionToken);
  });

  test('with a credential_process uses the keys it prints', async () => {
    const printed = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: SECRETS.processSecret });
    await writeFile(join(home.folder, 'printed.json'), printed);
    await home.write({
      config: `[profile process]\ncredential_process = cat "${join(home.folder, 'printed.json')}"\n`,
    });
    await invokeWith(home.createAws(), 'process');
    expect(lastAccessKey(home.services)).toBe('AKIAPROCESS');
  });

  test('with a role assumes it with the source profile’s keys, in the profile’s region', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\nregion = eu-north-1\nexternal_id = ext-1\nrole_session_name = me\nduration_seconds = 900\n`,
    });
    await invokeWith(home.createAws(), 'admin');
    expect(lastAccessKey(home.services)).toBe('ASIAADMIN');
    const [assumed] = home.services.requestsOf('sts AssumeRole');
    expect(assumed).toMatchObject({ accessKeyId: 'AKIABASE', region: 'eu-north-1' });
    const form = new URLSearchParams(assumed?.body);
    expect(form.get('ExternalId')).toBe('ext-1');
    expect(form.get('RoleSessionName')).toBe('me');
    expect(form.get('DurationSeconds')).toBe('900');
  });

  test('with a chain of roles assumes each with the previous one', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile first]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\n[profile second]\nrole_arn = arn:aws:iam::123456789012:role/second\nsource_profile = first\n`,
    });
    await invokeWith(home.createAws(), 'second');
    expect(home.services.requestsOf('sts AssumeRole').map(({ accessKeyId }) => accessKeyId)).toEqual([
      'AKIABASE',
      'ASIAFIRST',
    ]);
    expect(lastAccessKey(home.services)).toBe('ASIASECOND');
  });

  test('with a role and credential_source Environment assumes it with the environment keys', async () => {
    await home.write({
      config: `[profile fromEnv]\nrole_arn = arn:aws:iam::123456789012:role/deploy\ncredential_source = Environment\n`,
    });
    const aws = home.createAws();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: SECRETS.staticSecret });
    await invokeWith(aws, 'fromEnv');
    expect(home.services.requestsOf('sts AssumeRole')[0]?.accessKeyId).toBe('AKIAENV');
    expect(lastAccessKey(home.services)).toBe('ASIADEPLOY');
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  });

  test('with a web identity assumes the role with its token', async () => {
    const token = join(home.folder, 'token');
    await writeFile(token, 'web-token');
    await home.write({
      config: `[profile web]\nrole_arn = arn:aws:iam::123456789012:role/web\nweb_identity_token_file = ${token}\n`,
    });
    await invokeWith(home.createAws(), 'web');
    const [exchanged] = home.services.requestsOf('sts AssumeRoleWithWebIdentity');
    expect(new URLSearchParams(exchanged?.body).get('WebIdentityToken')).toBe('web-token');
    expect(exchanged?.accessKeyId).toBeUndefined();
    expect(lastAccessKey(home.services)).toBe('ASIAWEB');
  });

  test('whose role is denied reports STS’s message, and sends nothing to Lambda', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n`,
    });
    home.services.answer('sts AssumeRole', deniesQuery(403, 'AccessDenied', 'may not do sts:AssumeRole'));
    const { reason } = await catchInvokeError(invokeWith(home.createAws(), 'admin'));
    expect(reason).toMatchObject({ code: 'credentialsMissing' });
    expect(reason.args.join(' ')).toContain('may not do sts:AssumeRole');
    expect(home.services.requestsOf('Invoke')).toEqual([]);
  });
});

describe('MFA', () => {
  const config = `[profile first]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\nmfa_serial = arn:aws:iam::123456789012:mfa/me\n[profile second]\nrole_arn = arn:aws:iam::123456789012:role/second\nsource_profile = first\n`;

  test.each(['first', 'second'])('prompts once, at any position in the chain (%s)', async (profile) => {
    await home.write({ credentials: BASE, config });
    const prompts: string[] = [];
    const aws = home.createAws({
      askMfaCode: (serial, of) => {
        prompts.push(`${serial} ${of}`);
        return Promise.resolve(SECRETS.mfaCode);
      },
    });
    await Promise.all([invokeWith(aws, profile), invokeWith(aws, profile)]);
    await aws.readIdentity({ kind: 'aws', profile, region: 'eu-west-1' }, signal);
    expect(prompts).toEqual([`arn:aws:iam::123456789012:mfa/me ${profile}`]);
    const form = new URLSearchParams(home.services.requestsOf('sts AssumeRole')[0]?.body);
    expect(form.get('TokenCode')).toBe(SECRETS.mfaCode);
    expect(form.get('SerialNumber')).toBe('arn:aws:iam::123456789012:mfa/me');
  });

  test('sends nothing if the prompt is canceled, and prompts again next time', async () => {
    await home.write({ credentials: BASE, config });
    const aws = home.createAws();
    expect((await catchInvokeError(invokeWith(aws, 'first'))).reason.code).toBe('mfaCancelled');
    expect((await catchInvokeError(invokeWith(aws, 'first'))).reason.code).toBe('mfaCancelled');
    expect(home.services.requests).toEqual([]);
  });
});

describe('the default chain', () => {
  test('uses environment keys', async () => {
    const aws = home.createAws();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'AKIAENV', AWS_SECRET_ACCESS_KEY: SECRETS.staticSecret });
    await invokeWith(aws);
    expect(lastAccessKey(home.services)).toBe('AKIAENV');
    delete process.env['AWS_ACCESS_KEY_ID'];
    delete process.env['AWS_SECRET_ACCESS_KEY'];
  });

  test('uses a container role', async () => {
    const aws = home.createAws();
    process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'] = `${home.services.endpoint}/container`;
    await invokeWith(aws);
    expect(lastAccessKey(home.services)).toBe('ASIACONTAINER');
    delete process.env['AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  });

  test('uses an instance role', async () => {
    const aws = home.createAws();
    delete process.env['AWS_EC2_METADATA_DISABLED'];
    process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'] = home.services.endpoint;
    await invokeWith(aws);
    expect(lastAccessKey(home.services)).toBe('ASIAINSTANCE');
    delete process.env['AWS_EC2_METADATA_SERVICE_ENDPOINT'];
  });

  test('uses a web identity from the environment', async () => {
    const token = join(home.folder, 'token');
    await writeFile(token, 'web-token');
    const aws = home.createAws();
    const variables = { AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/pod' };
    Object.assign(process.env, variables);
    await invokeWith(aws);
    expect(lastAccessKey(home.services)).toBe('ASIAPOD');
    for (const name of Object.keys(variables)) delete process.env[name];
  });

  test('reports an AWS_PROFILE that doesn’t exist', async () => {
    const aws = home.createAws();
    process.env['AWS_PROFILE'] = 'gone';
    expect((await catchInvokeError(invokeWith(aws))).reason).toEqual({ code: 'profileUnknown', args: ['gone'] });
    delete process.env['AWS_PROFILE'];
  });

  test('reports missing credentials', async () => {
    expect((await catchInvokeError(invokeWith(home.createAws()))).reason.code).toBe('credentialsMissing');
  });
});

describe('a login session', () => {
  const id = 'arn:aws:iam::123456789012:user/me';

  async function writeLoginToken(expiresAt: number): Promise<void> {
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

  test('is used until it expires', async () => {
    await home.write({ config: `[profile me]\nlogin_session = ${id}\n` });
    await writeLoginToken(Date.now() + 3_600_000);
    await invokeWith(home.createAws(), 'me');
    expect(lastAccessKey(home.services)).toBe('ASIALOGIN');
  });

  test('that doesn’t exist is reported with the command to run', async () => {
    await home.write({ config: `[profile me]\nlogin_session = ${id}\n` });
    expect((await catchInvokeError(invokeWith(home.createAws(), 'me'))).reason.code).toBe('loginSession');
  });
});
