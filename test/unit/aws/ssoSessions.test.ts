import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { denies, SECRETS } from '../../support/awsServices.ts';
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
  ])('with %s requests the role’s credentials in the SSO region', async (_, profile, config, key) => {
    await home.write({ config });
    await home.writeToken(key, { accessToken: SECRETS.ssoAccessToken, expiresAt: new Date(Date.now() + 3_600_000) });
    await invokeWith(home.createAws(), profile);
    expect(lastAccessKey(home.services)).toBe('ASIASSO');
    expect(home.services.requestsOf('GetRoleCredentials')[0]?.url.searchParams.get('role_name')).toBe('Developer');
  });

  test('requests credentials again after a new sign-in', async () => {
    await home.write({ config: SESSION });
    await home.writeToken('corp', { accessToken: SECRETS.ssoAccessToken, expiresAt: new Date(Date.now() + 3_600_000) });
    const aws = home.createAws();
    await invokeWith(aws, 'dev');
    await invokeWith(aws, 'dev');
    expect(home.services.requestsOf('GetRoleCredentials')).toHaveLength(1);
    home.services.sso.state = 'allowed';
    await aws.logIn('dev', { signal, onPrompt: () => undefined });
    await invokeWith(aws, 'dev');
    expect(home.services.requestsOf('GetRoleCredentials')).toHaveLength(2);
  });

  test.each([
    ['missing', undefined],
    ['expired', { accessToken: 'old', expiresAt: '2020-01-01T00:00:00Z' }],
    ['ended by the administrator', { accessToken: 'revoked', expiresAt: '2099-01-01T00:00:00Z' }],
  ])(
    'with a session %s requires a sign-in, works after it, and saves the token in the CLI’s cache',
    async (_, token) => {
      await home.write({ config: `${SESSION}${LEGACY}` });
      for (const [profile, key] of [
        ['dev', 'corp'],
        ['old', 'https://corp.example/start'],
      ] as const) {
        if (token !== undefined) await home.writeToken(key, token);
        const aws = home.createAws();
        const error = await catchInvokeError(invokeWith(aws, profile));
        expect(error.reason).toEqual({ code: 'ssoLoginNeeded', args: [profile] });
        expect(error.loginProfile).toBe(profile);
        const prompts: object[] = [];
        await aws.logIn(profile, { signal, onPrompt: (prompt) => prompts.push(prompt) });
        expect(prompts).toEqual([
          { userCode: 'ABCD-EFGH', address: `${home.services.endpoint}/verify?user_code=ABCD-EFGH` },
        ]);
        await invokeWith(aws, profile);
        expect(lastAccessKey(home.services)).toBe('ASIASSO');
        const savedToken = JSON.parse(await readFile(home.tokenPath(key), 'utf8')) as Record<string, string>;
        expect(savedToken).toMatchObject({
          startUrl: 'https://corp.example/start',
          region: 'us-west-2',
          accessToken: SECRETS.ssoAccessToken,
          clientId: 'client-1',
          clientSecret: SECRETS.ssoClientSecret,
          refreshToken: SECRETS.ssoRefreshToken,
        });
        expect(savedToken['expiresAt']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect((await stat(home.tokenPath(key))).mode & 0o777).toBe(0o600);
      }
    },
  );

  test('as the source of a role chain requires a sign-in as well', async () => {
    await home.write({
      config: `${SESSION}[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = dev\n`,
    });
    expect((await catchInvokeError(invokeWith(home.createAws(), 'admin'))).loginProfile).toBe('admin');
  });

  test('renews the token without a prompt while the refresh token is valid', async () => {
    await home.write({ config: SESSION });
    const soon = new Date(Date.now() + 60_000).toISOString();
    const client = { clientId: 'client-1', clientSecret: SECRETS.ssoClientSecret };
    await home.writeToken('corp', { accessToken: 'almost over', expiresAt: soon, refreshToken: 'r', ...client });
    await invokeWith(home.createAws(), 'dev');
    expect(JSON.parse(home.services.requestsOf('CreateToken')[0]?.body ?? '{}')).toMatchObject({
      grantType: 'refresh_token',
    });
    expect(lastAccessKey(home.services)).toBe('ASIASSO');
  });

  test('polls until the user has approved, and slows down on request', async () => {
    await home.write({ config: SESSION });
    const aws = home.createAws();
    home.services.sso.state = 'pending';
    const done = aws.logIn('dev', { signal, onPrompt: () => undefined });
    await expect.poll(() => home.services.requestsOf('CreateToken').length).toBe(2);
    home.services.sso.state = 'allowed';
    await done;
    expect(home.services.requestsOf('CreateToken')).toHaveLength(3);
  });

  test('reports a denied sign-in', async () => {
    await home.write({ config: SESSION });
    home.services.sso.state = 'denied';
    const aws = home.createAws();
    const { reason } = await catchInvokeError(aws.logIn('dev', { signal, onPrompt: () => undefined }));
    expect(reason.code).toBe('ssoRefused');
  });

  test('can be cancelled', async () => {
    await home.write({ config: SESSION });
    home.services.sso.state = 'pending';
    const abort = new AbortController();
    const done = home.createAws().logIn('dev', { signal: abort.signal, onPrompt: () => abort.abort() });
    expect((await catchInvokeError(done)).reason.code).toBe('ssoCancelled');
  });

  test('opens only web addresses', async () => {
    await home.write({ config: SESSION });
    home.services.answer('StartDeviceAuthorization', (response) =>
      response.end(JSON.stringify({ deviceCode: 'd', userCode: 'u', verificationUriComplete: 'file:///etc/passwd' })),
    );
    const done = home.createAws().logIn('dev', { signal, onPrompt: () => undefined });
    expect((await catchInvokeError(done)).reason).toEqual({ code: 'ssoAddress', args: ['file:///etc/passwd'] });
  });

  test('rejects a profile without SSO configuration', async () => {
    await home.write({ credentials: BASE });
    const done = home.createAws().logIn('base', { signal, onPrompt: () => undefined });
    expect((await catchInvokeError(done)).reason.code).toBe('ssoNone');
  });
});

test('AWS_CONFIG_FILE can start with ~', async () => {
  await home.write({ config: SESSION });
  await home.writeToken('corp', { accessToken: SECRETS.ssoAccessToken, expiresAt: new Date(Date.now() + 3_600_000) });
  const aws = home.createAws();
  process.env['AWS_CONFIG_FILE'] = '~/.aws/config';
  await invokeWith(aws, 'dev');
  expect(lastAccessKey(home.services)).toBe('ASIASSO');
});

test('a temporary error of the SSO service does not end the sign-in', async () => {
  await home.write({ config: SESSION });
  const aws = home.createAws();
  let requestCount = 0;
  home.services.answer('CreateToken', (response, one) => {
    if (++requestCount > 1) home.services.answer('CreateToken', undefined);
    denies(500, 'InternalServerException', 'later')(response, one);
  });
  const abort = new AbortController();
  const done = aws.logIn('dev', { signal: abort.signal, onPrompt: () => undefined });
  await expect.poll(() => home.services.requestsOf('CreateToken').length).toBe(1);
  const after = await Promise.race([
    done.then(() => 'done'),
    new Promise((resolve) => setTimeout(() => resolve('waiting'), 200)),
  ]);
  expect(after).toBe('waiting');
  abort.abort();
  expect((await catchInvokeError(done)).reason.code).toBe('ssoCancelled');
});
