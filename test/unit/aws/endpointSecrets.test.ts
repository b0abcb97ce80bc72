import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isInvokeError } from '../../../src/core/outcome/invokeError.ts';
import { toSentence } from '../../../src/core/messages/messages.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';
import { BASE, invokeWith } from '../../support/invokeWith.ts';

let home: AwsHome;

afterEach(async () => {
  await home.remove();
});

const { signal } = new AbortController();
const base = { kind: 'aws', profile: 'base', region: 'eu-west-1' } as const;
const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;

/** The URL with a secret in the user info and in the query. */
function withSecrets(endpoint: string): string {
  return `${endpoint.replace('://', '://user:HUNTER2@')}/?token=HUNTER2`;
}

describe('an endpoint with a password and a token', () => {
  beforeEach(async () => {
    home = await createAwsHome();
    await home.write({ credentials: BASE });
  });

  test('is rejected by every operation when set in the extension, and nothing is sent', async () => {
    const aws = home.createAws();
    const endpoint = withSecrets(home.services.endpoint);
    for (const target of [
      { ...base, endpoint },
      { ...base, endpointSetting: endpoint },
    ]) {
      const operations = [
        () => aws.invoke(request, { target, signal }),
        () => aws.describe(target),
        () => aws.readIdentity(target, signal),
        () => aws.listFunctions(target, () => undefined, signal),
      ];
      for (const operation of operations) {
        const { reason } = await catchInvokeError(operation());
        expect(reason.code).toBe('endpointTooMuch');
        expect(toSentence(reason)).not.toContain('HUNTER2');
        expect(toSentence(reason)).toContain('http://127.0.0.1');
      }
    }
    expect(home.services.requestsOf('Invoke')).toEqual([]);
  });
});

/** A loopback URL where no server is listening. */
async function unusedAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('an endpoint with a password in AWS config files and variables', () => {
  test.each([
    ['a server', () => Promise.resolve(undefined)],
    ['an unused port', unusedAddress],
    ['an invalid address', () => Promise.resolve('127.0.0.1')],
  ])('never shows the password: %s', async (_, otherEndpoint) => {
    home = await createAwsHome();
    const endpoint = withSecrets((await otherEndpoint()) ?? home.services.endpoint);
    const profileConfig = '[profile role]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = base\n';
    await home.write({ credentials: BASE, config: profileConfig });
    const aws = home.createAws();
    process.env['AWS_ENDPOINT_URL'] = endpoint;
    const target = { ...base, profile: 'role' };
    const shownTexts: string[] = [];
    const operations = [
      () => aws.describe(base),
      () => invokeWith(aws, 'base'),
      () => invokeWith(aws, 'role'),
      () => aws.readIdentity(target, signal),
      () => aws.listFunctions(base, () => undefined, signal),
      () => aws.readFunction(base, { FunctionName: 'hello' }, signal),
      () => aws.listStackFunctions(base, 'stack', signal),
    ];
    for (const operation of operations) {
      const result = await operation().catch((error: unknown) => error);
      if (isInvokeError(result)) shownTexts.push(toSentence(result.reason), JSON.stringify(result.exception ?? ''));
      else if (result instanceof Error) throw result;
      else shownTexts.push(JSON.stringify(result) ?? '');
    }
    expect(shownTexts.join('\n')).not.toContain('HUNTER2');
    expect(shownTexts.join('\n')).toContain(
      endpoint.startsWith('http') ? 'http://127.0.0.1' : "isn't a valid endpoint",
    );
  });
});
