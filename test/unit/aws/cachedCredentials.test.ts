import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;

describe('credentials', () => {
  test('are cached, and resolved again when they are about to expire', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n`,
    });
    const aws = home.createAws();
    await invokeWith(aws, 'admin');
    await invokeWith(aws, 'admin');
    expect(home.services.requestsOf('sts AssumeRole')).toHaveLength(1);
    const soon = new Date(Date.now() + 60_000).toISOString();
    home.services.answer('sts AssumeRole', (response) => {
      response.end(
        `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIASHORT</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${soon}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
      );
    });
    const other = home.createAws();
    await invokeWith(other, 'admin');
    const before = home.services.requestsOf('sts AssumeRole').length;
    await invokeWith(other, 'admin');
    expect(home.services.requestsOf('sts AssumeRole').length).toBeGreaterThan(before);
    expect(lastAccessKey(home.services)).toBe('ASIASHORT');
  });

  test('are resolved again after Lambda rejected them', async () => {
    const path = join(home.folder, 'printed.json');
    const print = (AccessKeyId: string) =>
      writeFile(path, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: 's' }));
    await print('AKIAOLD');
    await home.write({ config: `[profile process]\ncredential_process = cat "${path}"\n` });
    const aws = home.createAws();
    home.services.answer('Invoke', denies(403, 'ExpiredTokenException', 'The security token is expired'));
    expect((await catchInvokeError(invokeWith(aws, 'process'))).reason.code).toBe('credentialsRefused');
    await print('AKIANEW');
    home.services.answer('Invoke', undefined);
    await invokeWith(aws, 'process');
    expect(lastAccessKey(home.services)).toBe('AKIANEW');
  });

  test('are resolved again when their profile is edited, but not when another one is', async () => {
    await home.write({
      credentials: BASE,
      config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n`,
    });
    const aws = home.createAws();
    await invokeWith(aws, 'admin');
    await home.write({ credentials: `${BASE}[other]\naws_access_key_id = X\naws_secret_access_key = s\n` });
    await invokeWith(aws, 'admin');
    expect(home.services.requestsOf('sts AssumeRole')).toHaveLength(1);
    await home.write({ credentials: BASE.replace('AKIABASE', 'AKIAOTHER') });
    await invokeWith(aws, 'admin');
    expect(home.services.requestsOf('sts AssumeRole').at(-1)?.accessKeyId).toBe('AKIAOTHER');
  });
});

test('the account and the role are read once, and then included in the description of the connection', async () => {
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
  expect(home.services.requestsOf('sts GetCallerIdentity')).toHaveLength(1);
  expect(await aws.describe(target)).toMatchObject({ accountId: '123456789012', role: 'AKIABASE' });
});

test('a services section also sets the endpoint of STS', async () => {
  await home.write({
    credentials: BASE,
    config: `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\nservices = here\n[services here]\nsts =\n  endpoint_url = ${home.services.endpoint}\nlambda =\n  endpoint_url = ${home.services.endpoint}\n`,
  });
  const aws = home.createAws();
  delete process.env['AWS_ENDPOINT_URL'];
  await invokeWith(aws, 'admin');
  expect(home.services.requestsOf('sts AssumeRole')).toHaveLength(1);
  expect(lastAccessKey(home.services)).toBe('ASIAADMIN');
});

test('the account of an emulator is not used as the account of AWS', async () => {
  await home.write({ credentials: BASE });
  const aws = home.createAws();
  const emulatorHome = await createAwsHome();
  emulatorHome.services.answer('sts GetCallerIdentity', (response) =>
    response.end(
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>000000000000</Account><Arn>arn:aws:iam::000000000000:root</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>',
    ),
  );
  const target = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
  const emulator = { ...target, endpoint: emulatorHome.services.endpoint };
  expect((await aws.readIdentity(emulator, signal)).accountId).toBe('000000000000');
  expect(await aws.describe(target)).not.toHaveProperty('accountId');
  expect((await aws.readIdentity(target, signal)).accountId).toBe('123456789012');
  await emulatorHome.services.close();
});

test('environment keys hide the default profile’s account', async () => {
  await home.write({
    config: '[default]\nrole_arn = arn:aws:iam::111111111111:role/r\nsource_profile = base\n',
    credentials: BASE,
  });
  const aws = home.createAws();
  const target = { kind: 'aws', region: 'eu-west-1' } as const;
  expect(await aws.describe(target)).toMatchObject({ accountId: '111111111111' });
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIAENV';
  expect(await aws.describe(target)).not.toHaveProperty('accountId');
  delete process.env['AWS_ACCESS_KEY_ID'];
});

test('the account is unknown again when a credential_process returns another access key', async () => {
  const path = join(home.folder, 'printed.json');
  const print = (AccessKeyId: string) =>
    writeFile(
      path,
      JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: 's', Expiration: new Date(Date.now() + 60_000) }),
    );
  await print('AKIAONE');
  await home.write({ config: `[profile process]\ncredential_process = cat "${path}"\n` });
  const aws = home.createAws();
  const target = { kind: 'aws', profile: 'process', region: 'eu-west-1' } as const;
  expect((await aws.readIdentity(target, signal)).name).toBe('AKIAONE');
  expect(await aws.describe(target)).toHaveProperty('accountId');
  await print('AKIATWO');
  await invokeWith(aws, 'process');
  expect(await aws.describe(target)).not.toHaveProperty('accountId');
  expect((await aws.readIdentity(target, signal)).name).toBe('AKIATWO');
});

test('one MFA code is enough for all regions', async () => {
  await home.write({
    credentials: BASE,
    config: `[profile first]\nrole_arn = arn:aws:iam::123456789012:role/first\nsource_profile = base\nmfa_serial = m\n`,
  });
  let prompts = 0;
  const aws = home.createAws({
    askMfaCode: () => {
      prompts++;
      return Promise.resolve(SECRETS.mfaCode);
    },
  });
  for (const region of ['eu-west-1', 'us-east-1']) {
    await aws.invoke(request, { target: { kind: 'aws', profile: 'first', region }, signal });
  }
  expect(prompts).toBe(1);
  expect(home.services.requestsOf('Invoke').map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
});

test('errors of a credential_process contain neither its command nor its output', async () => {
  for (const command of ['false --password hunter2', 'echo SECRETPART']) {
    await home.write({ config: `[profile process]\ncredential_process = ${command}\n` });
    const { reason } = await catchInvokeError(invokeWith(home.createAws(), 'process'));
    expect(reason.args.join(' ')).not.toMatch(/hunter2|SECRETPART/);
  }
});

test('empty variables are treated as unset', async () => {
  await home.write({
    config: '[default]\nregion = eu-north-1\n',
    credentials: '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n',
  });
  const aws = home.createAws();
  Object.assign(process.env, { AWS_PROFILE: '', AWS_REGION: '' });
  await aws.invoke(request, { target: { kind: 'aws' }, signal });
  expect(home.services.requestsOf('Invoke')[0]).toMatchObject({ accessKeyId: 'AKIADEFAULT', region: 'eu-north-1' });
  delete process.env['AWS_PROFILE'];
  delete process.env['AWS_REGION'];
});

test('the stdin of a credential_process is closed', async () => {
  const printed = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 's' });
  await writeFile(join(home.folder, 'printed.json'), printed);
  await home.write({
    config: `[profile process]\ncredential_process = cat - "${join(home.folder, 'printed.json')}"\n`,
  });
  await invokeWith(home.createAws(), 'process');
  expect(lastAccessKey(home.services)).toBe('AKIAPROCESS');
});
