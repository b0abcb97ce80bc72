import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createKnownFunctions } from '../../../src/core/functions/knownFunctions.ts';
import { runInvocation } from '../../../src/app/runInvocation.ts';
import type { Aws } from '../../../src/core/connection/aws.ts';
import { createAwsHome, type AwsHome } from '../../support/awsHome.ts';
import type { Respond } from '../../support/awsServices.ts';
import { SECRETS } from '../../support/awsServices.ts';
import { catchInvokeError } from '../../support/catchInvokeError.ts';
import { BASE, lastAccessKey } from '../../support/invokeWith.ts';
import { isAlive } from '../../support/isAlive.ts';
import { NO_PROMPTS } from '../../support/noPrompts.ts';

let home: AwsHome;

beforeEach(async () => {
  home = await createAwsHome();
});

afterEach(() => home.remove());

const ROLE = 'role_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base\n';
const request = { FunctionName: 'hello', InvocationType: 'RequestResponse', Payload: new Uint8Array() } as const;

/** Two callers that need the same credentials, each with its own region and abort signal. */
function invokeTwice(aws: Aws, profile: string) {
  const [first, second] = ['eu-west-1', 'us-east-1'].map((region) => {
    const abort = new AbortController();
    const target = { kind: 'aws', profile, region } as const;
    return { abort, result: aws.invoke(request, { target, signal: abort.signal }) };
  });
  if (first === undefined || second === undefined) throw new Error('expected two callers');
  return { first, second };
}

/** Delays an operation until `release`; `closed` lists operations whose connection was closed. */
function hold(what: string) {
  let respondNormally: (() => void) | undefined;
  const closed: string[] = [];
  const respond: Respond = (response, one) => {
    response.on('close', () => {
      if (!response.writableEnded) closed.push(one.operation);
    });
    respondNormally = () => {
      home.services.answer(what, undefined);
      home.services.respond(response, one);
    };
  };
  home.services.answer(what, respond);
  return { closed, release: () => respondNormally?.() };
}

describe('AssumeRole shared by two invocations', () => {
  test('continues for the second when the first is stopped', async () => {
    await home.write({ credentials: BASE, config: `[profile admin]\n${ROLE}` });
    const pending = hold('sts AssumeRole');
    const { first, second } = invokeTwice(home.createAws(), 'admin');
    await expect.poll(() => home.services.requestsOf('sts AssumeRole').length).toBe(1);
    first.abort.abort();
    expect((await catchInvokeError(first.result)).reason.code).toBe('cancelledBeforeSending');
    pending.release();
    await second.result;
    expect(home.services.requestsOf('sts AssumeRole')).toHaveLength(1);
    expect(home.services.requestsOf('Invoke').map(({ region }) => region)).toEqual(['us-east-1']);
  });

  test('is aborted when both are stopped, and sent again by the next', async () => {
    await home.write({ credentials: BASE, config: `[profile admin]\n${ROLE}` });
    const pending = hold('sts AssumeRole');
    const aws = home.createAws();
    const { first, second } = invokeTwice(aws, 'admin');
    await expect.poll(() => home.services.requestsOf('sts AssumeRole').length).toBe(1);
    first.abort.abort();
    second.abort.abort();
    for (const { result } of [first, second]) {
      expect((await catchInvokeError(result)).reason.code).toBe('cancelledBeforeSending');
    }
    await expect.poll(() => pending.closed).toEqual(['sts AssumeRole']);
    home.services.answer('sts AssumeRole', undefined);
    const { first: again } = invokeTwice(aws, 'admin');
    await again.result;
    expect(lastAccessKey(home.services)).toBe('ASIAADMIN');
  });
});

describe('an MFA prompt shared by two invocations', () => {
  const config = `[profile admin]\n${ROLE}mfa_serial = m\n`;

  test('is shown once, and stays open for the second when the first is stopped', async () => {
    await home.write({ credentials: BASE, config });
    const prompts: (AbortSignal | undefined)[] = [];
    let submitCode: (code: string) => void = () => undefined;
    const aws = home.createAws({
      askMfaCode: (_, __, signal) => {
        prompts.push(signal);
        return new Promise((resolve) => (submitCode = resolve));
      },
    });
    const { first, second } = invokeTwice(aws, 'admin');
    await expect.poll(() => prompts.length).toBe(1);
    // The second one waits for the prompt by the time later, complete invocations have ended.
    const later = invokeTwice(aws, 'base');
    await Promise.all([later.first.result, later.second.result]);
    first.abort.abort();
    expect((await catchInvokeError(first.result)).reason.code).toBe('cancelledBeforeSending');
    expect(prompts[0]?.aborted).toBe(false);
    submitCode(SECRETS.mfaCode);
    await second.result;
    expect(prompts).toHaveLength(1);
  });

  test('is dismissed when both are stopped', async () => {
    await home.write({ credentials: BASE, config });
    const prompts: (AbortSignal | undefined)[] = [];
    const aws = home.createAws({
      askMfaCode: (_, __, signal) => {
        prompts.push(signal);
        return new Promise(() => undefined);
      },
    });
    const { first, second } = invokeTwice(aws, 'admin');
    await expect.poll(() => prompts.length).toBe(1);
    first.abort.abort();
    second.abort.abort();
    await catchInvokeError(first.result);
    await catchInvokeError(second.result);
    expect(prompts[0]?.aborted).toBe(true);
    const { first: again } = invokeTwice(aws, 'admin');
    await expect.poll(() => prompts.length).toBe(2);
    again.abort.abort();
    await catchInvokeError(again.result);
  });

  test('is excluded from the duration only of invocations that waited for it', async () => {
    await home.write({ credentials: BASE, config });
    let submitCode: (code: string) => void = () => undefined;
    const isPrompted = new Promise<void>((resolve) => {
      aws = home.createAws({
        askMfaCode: () =>
          new Promise((code) => {
            submitCode = code;
            resolve();
          }),
      });
    });
    let respond: () => void = () => undefined;
    home.services.answer('Invoke', (response) => {
      respond = () => response.end('1');
      if (home.services.requestsOf('Invoke').length > 1) respond();
    });
    const runningInvoke = runOnce('base');
    await expect.poll(() => home.services.requestsOf('Invoke').length).toBe(1);
    const startedAt = performance.now();
    const promptedRun = runOnce('admin');
    await isPrompted;
    const promptedAt = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    respond();
    const { outcome } = await runningInvoke;
    expect(outcome.clientMs).toBeGreaterThan(290);
    submitCode(SECRETS.mfaCode);
    const answeredAt = performance.now();
    const { outcome: prompts } = await promptedRun;
    expect(prompts.state).toBe('succeeded');
    const elapsedMs = performance.now() - startedAt;
    expect(prompts.clientMs).toBeLessThan(elapsedMs - (answeredAt - promptedAt) / 2);
  });
});

let aws: Aws;

function runOnce(profile: string) {
  return runInvocation(
    {
      invocation: { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } },
      connection: { kind: 'aws', profile, region: 'eu-west-1' },
    },
    {
      readPayload: () => Promise.resolve({ bytes: new Uint8Array(), notes: [] }),
      ...NO_PROMPTS,
      target: () => Promise.resolve({ kind: 'aws', profile, region: 'eu-west-1' }),
      invoke: (sent, options) => aws.invoke(sent, options),
      maxRetries: () => 0,
      knownFunctions: createKnownFunctions(),
    },
    { signal: new AbortController().signal },
  );
}

describe('a credential_process shared by two invocations', () => {
  const write = async (wait: string) => {
    const started = join(home.folder, 'started');
    const printed = JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 's' });
    const script = join(home.folder, 'process.sh');
    await writeFile(script, `echo $$ >> ${started}\n${wait}\necho '${printed}'\n`);
    await home.write({ config: `[profile process]\ncredential_process = exec sh ${script}\n` });
    const pids = async () => (await readFile(started, 'utf8').catch(() => '')).split('\n').filter(Boolean).map(Number);
    return pids;
  };

  test('runs once, and continues for the second when the first is stopped', async () => {
    const go = join(home.folder, 'go');
    const pids = await write(`while [ ! -e ${go} ]; do sleep 0.05; done`);
    const { first, second } = invokeTwice(home.createAws(), 'process');
    await expect.poll(async () => (await pids()).length).toBe(1);
    first.abort.abort();
    expect((await catchInvokeError(first.result)).reason.code).toBe('cancelledBeforeSending');
    await writeFile(go, '');
    await second.result;
    expect(lastAccessKey(home.services)).toBe('AKIAPROCESS');
    expect(await pids()).toHaveLength(1);
  });

  test('is killed when both are stopped', async () => {
    const pids = await write('exec sleep 60');
    const { first, second } = invokeTwice(home.createAws(), 'process');
    await expect.poll(async () => (await pids()).length).toBe(1);
    const [pid = 0] = await pids();
    expect(isAlive(pid)).toBe(true);
    first.abort.abort();
    second.abort.abort();
    await catchInvokeError(first.result);
    await catchInvokeError(second.result);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});

describe('a sign-in shared by two callers', () => {
  const CONFIG = `[profile sso]\nsso_session = corp\nsso_account_id = 1\nsso_role_name = r\n[sso-session corp]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\n`;

  function logInTwice(signedIn: Aws) {
    const codes: string[][] = [[], []];
    const [first, second] = codes.map((userCodes) => {
      const abort = new AbortController();
      const onPrompt = ({ userCode }: { readonly userCode: string }) => userCodes.push(userCode);
      return { abort, seen: userCodes, result: signedIn.logIn('sso', { signal: abort.signal, onPrompt }) };
    });
    if (first === undefined || second === undefined) throw new Error('expected two callers');
    return { first, second };
  }

  test('runs once, and continues for the second when the first is canceled', async () => {
    await home.write({ config: CONFIG });
    home.services.sso.state = 'pending';
    const { first, second } = logInTwice(home.createAws());
    await expect.poll(() => [first.seen, second.seen]).toEqual([['ABCD-EFGH'], ['ABCD-EFGH']]);
    first.abort.abort();
    expect((await catchInvokeError(first.result)).reason.code).toBe('ssoCancelled');
    home.services.sso.state = 'allowed';
    await second.result;
    expect(home.services.requestsOf('RegisterClient')).toHaveLength(1);
  });

  test('continues after a timeout of the service, because the device code is still valid', async () => {
    await home.write({ config: CONFIG });
    hold('CreateToken');
    // Long enough for the requests that are answered.
    const { first, second } = logInTwice(home.createAws({ limits: { readMs: 2000 } }));
    await expect.poll(() => home.services.requestsOf('CreateToken').length).toBe(1);
    home.services.answer('CreateToken', undefined);
    await Promise.all([first.result, second.result]);
    expect(home.services.requestsOf('CreateToken')).toHaveLength(2);
  });

  test('rejects immediately for a caller that cancels, and is aborted with the last caller', async () => {
    await home.write({ config: CONFIG });
    const pending = hold('StartDeviceAuthorization');
    const { first, second } = logInTwice(home.createAws());
    await expect.poll(() => home.services.requestsOf('StartDeviceAuthorization').length).toBe(1);
    second.abort.abort();
    expect((await catchInvokeError(second.result)).reason.code).toBe('ssoCancelled');
    expect(pending.closed).toEqual([]);
    first.abort.abort();
    expect((await catchInvokeError(first.result)).reason.code).toBe('ssoCancelled');
    await expect.poll(() => pending.closed).toEqual(['StartDeviceAuthorization']);
  });
});
