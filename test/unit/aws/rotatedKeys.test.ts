import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_NETWORK } from '../../../src/core/connection/networkSettings.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { findInMemory, secretBytes } from '../../support/heap.ts';
import { invokeWith, lastAccessKey } from '../../support/invokeWith.ts';

const TIMEOUT_MS = 120_000;

let home: AwsHome;

beforeEach(async () => {
  home = await createAwsHome();
});

afterEach(async () => {
  await home.remove();
});

/** Pooled sockets retain the request they were created for, until they are closed a few seconds later. */
const EVENTUALLY = { timeout: 60_000, interval: 2500 };

const { signal } = new AbortController();
const base = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;

/** Writes profiles with static keys, without creating a string of their secrets in this process. */
async function writeKeys(profiles: Readonly<Record<string, string>>): Promise<void> {
  const sections = Object.entries(profiles).flatMap(([profile, secret]) => [
    Buffer.from(`[${profile}]\naws_access_key_id = AKIA${secret.toUpperCase()}\naws_secret_access_key = `),
    secretBytes(secret),
    Buffer.from('\n'),
  ]);
  await writeFile(home.credentials, Buffer.concat(sections));
}

/** Makes STS respond with a session token that isn't a string of this process until the SDK reads it. */
function respondWithSessionToken(secret: string): void {
  home.services.answer('sts AssumeRole', (response) => {
    response.write(
      '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>',
    );
    response.write(secretBytes(secret));
    response.end(
      '</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
    );
  });
}

describe('rotated keys', () => {
  test(
    'are removed from memory with everything derived from them, once the files are read again',
    { timeout: TIMEOUT_MS },
    async () => {
      await home.write({
        config: '[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n',
      });
      await writeKeys({ base: 'old', other: 'stays' });
      respondWithSessionToken('session');
      const aws = home.createAws();
      await invokeWith(aws, 'base');
      await invokeWith(aws, 'other');
      await invokeWith(aws, 'role');
      await aws.readIdentity(base, signal);
      expect(await findInMemory('old', 'stays', 'session')).toEqual(['old', 'stays', 'session']);
      await writeKeys({ base: 'new', other: 'stays' });
      // The profile continues to work with its new keys.
      await invokeWith(aws, 'base');
      expect(lastAccessKey(home.services)).toBe('AKIANEW');
      const identities = home.services.requestsOf('sts GetCallerIdentity').length;
      await aws.readIdentity(base, signal);
      expect(home.services.requestsOf('sts GetCallerIdentity')).toHaveLength(identities + 1);
      home.services.clearRequests();
      await expect.poll(() => findInMemory('old', 'new', 'stays', 'session'), EVENTUALLY).toEqual(['new', 'stays']);
    },
  );

  test('are removed from memory even if only another profile is used', { timeout: TIMEOUT_MS }, async () => {
    await writeKeys({ base: 'first', other: 'second' });
    const aws = home.createAws();
    await invokeWith(aws, 'base');
    await invokeWith(aws, 'other');
    await writeKeys({ other: 'second' });
    await aws.describe({ ...base, profile: 'other' });
    await expect.poll(() => findInMemory('first', 'second'), EVENTUALLY).toEqual(['second']);
  });
});

test('a changed proxy password is removed from memory', { timeout: TIMEOUT_MS }, async () => {
  await writeKeys({ base: 'keys' });
  let password: string | undefined = secretBytes('proxy').toString();
  const network = () => ({ ...DEFAULT_NETWORK, ...(password !== undefined && { proxyAuthorization: password }) });
  const aws = home.createAws({ network });
  await invokeWith(aws, 'base');
  expect(await findInMemory('proxy')).toEqual(['proxy']);
  password = undefined;
  await invokeWith(aws, 'base');
  await expect.poll(() => findInMemory('proxy'), EVENTUALLY).toEqual([]);
});

test('the keys of a restarted local endpoint are removed from memory', { timeout: TIMEOUT_MS }, async () => {
  // The SDK caches the error of a missing file, and with it the stack of the request.
  await home.write({ config: '', credentials: '' });
  const aws = home.createAws();
  const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;
  const invokeLocal = async (secret: string) => {
    const address = {
      endpoint: home.services.endpoint,
      accessKeyId: secret,
      secretAccessKey: secretBytes(secret).toString(),
    };
    await aws.invoke(request, { target: { kind: 'local', address }, signal });
  };
  await invokeLocal('before');
  await invokeLocal('after');
  await expect.poll(() => findInMemory('before', 'after'), EVENTUALLY).toEqual(['after']);
});
