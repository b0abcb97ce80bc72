import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { mustRun } from '../host/command.ts';
import { CLI_KEYS, resultOf } from '../support/commandLine.ts';
import { answers, cutsBody, dropsConnection, refuses, staysSilent } from '../support/lambdaServer.ts';
import { useCommandLine } from '../support/useCommandLine.ts';
import { createAwsHome } from '../support/awsHome.ts';

const setup = useCommandLine();

test('npx runs the package, without other packages and without the network', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'li-npx-'));
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const env = { ...process.env, npm_config_cache: join(folder, 'cache') };
  const packed = `--package=${resolve('lambda-invoke.tgz')}`;
  const output = await mustRun('npx', ['--yes', '--offline', packed, 'lambda-invoke', '--version'], {
    cwd: folder,
    env,
  });
  expect(output.trim()).toBe(version);
  await rm(folder, { recursive: true, force: true });
});

describe('invoke', () => {
  test('writes exactly the bytes of the response to stdout, and everything else to stderr', async () => {
    const body = Buffer.from([0x22, 0xff, 0x00, 0x0d, 0x0a, 0x22]);
    const log = Buffer.from('START\nstored\u001b[31m\nREPORT RequestId: request-1\tDuration: 12.00 ms\t\n');
    setup.server.behave(answers({ body, headers: { 'x-amz-log-result': log.toString('base64') } }));
    const payload = '{"id": 12345678901234567890, "id": 1.0}';
    const args = ['invoke', '--function', 'orders', '--qualifier', 'live', '--payload', payload, '--tenant-id', 't'];
    const { code, stdout, stderr } = await setup.cli.run(args);
    expect(code).toBe(0);
    expect(stdout).toEqual(body);
    expect(stderr).toContain('stored␛[31m\n');
    expect(stderr).toMatch(/orders:live \(.*eu-west-1.*\): succeeded \(200\) in /);
    const [request, ...others] = setup.sent();
    expect(others).toEqual([]);
    expect(request?.url).toBe('/2015-03-31/functions/orders/invocations?Qualifier=live');
    expect(request?.body.toString()).toBe(payload);
    expect(request?.headers).toMatchObject({ 'x-amz-log-type': 'Tail', 'x-amz-tenant-id': 't' });
  });

  test('exits with 1 for a function error, whose response is on stdout', async () => {
    const body = '{"errorType":"OrderRejected","errorMessage":"too many"}';
    setup.server.behave(answers({ body, headers: { 'x-amz-function-error': 'Unhandled' } }));
    const { code, stdout, stderr } = await setup.cli.run(['invoke', '--function', 'orders']);
    expect([code, stdout.toString()]).toEqual([1, body]);
    expect(stderr).toContain('OrderRejected: too many\n');
    expect(setup.sent()).toHaveLength(1);
  });

  test.each([
    ['the connection is lost', dropsConnection],
    ['the response is cut', cutsBody],
    ['Lambda throttles it', refuses(429, 'TooManyRequestsException')],
    ['Lambda rejects it', refuses(403, 'AccessDeniedException')],
  ])('sends a request once and exits with 2 if %s', async (_, behaviour) => {
    setup.server.behave(behaviour);
    const { code, stdout, stderr } = await setup.cli.run(['invoke', '--function', 'orders']);
    expect([code, stdout.toString()]).toEqual([2, '']);
    expect(stderr).toContain('orders (');
    expect(setup.sent()).toHaveLength(1);
  });

  test('sends the payload of a preset, of a file, and of stdin byte for byte', async () => {
    const bytes = Buffer.from('\ufeff{ "a" : 1e2 }\r\n');
    await setup.cli.write('events/order.json', bytes);
    await setup.cli.presets({
      presets: [
        { name: 'file', FunctionName: 'orders', payloadFile: 'events/order.json', ClientContext: { a: 1 } },
        { name: 'inline', FunctionName: 'orders', Payload: { name: '${input:Name}', env: '${env:STAGE}' } },
      ],
    });
    for (const args of [
      ['invoke', 'file'],
      ['invoke', '--function', 'orders', '--payload-file', 'events/order.json'],
      ['invoke', '--function', 'orders', '--payload-file', '-'],
      ['invoke', 'inline', '--input', 'Name="Ada"'],
    ])
      expect(await setup.cli.run(args, { input: bytes.toString(), env: { STAGE: 'test' } })).toMatchObject({ code: 0 });
    const withoutMark = bytes.subarray(3).toString();
    expect(setup.sent().map(({ body }) => body.toString())).toEqual([
      withoutMark,
      withoutMark,
      withoutMark,
      expect.stringMatching(/^\{\s*"name": "\\"Ada\\"",\s*"env": "test"\s*\}$/),
    ]);
  });

  test('a variable without a value sends nothing', async () => {
    await setup.cli.presets({
      presets: [{ name: 'inline', FunctionName: 'orders', Payload: { name: '${input:Name}', env: '${env:STAGE}' } }],
    });
    expect(await setup.cli.run(['invoke', 'inline'])).toMatchObject({
      code: 2,
      stderr: '${input:Name} has no value. Add --input Name=VALUE.\n',
    });
    expect(await setup.cli.run(['invoke', 'inline', '--input', 'Name=Ada'])).toMatchObject({
      code: 2,
      stderr: "The environment variable STAGE isn't set. Set it, or change the preset.\n",
    });
    expect(setup.sent()).toEqual([]);
  });

  test('a file with credentials is never a payload', async () => {
    await setup.cli.write('../.aws/credentials', '[default]\n');
    const { code, stderr } = await setup.cli.run([
      'invoke',
      '--function',
      'orders',
      '--payload-file',
      '../.aws/credentials',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain("contains credentials and can't be sent");
    expect(setup.sent()).toEqual([]);
  });

  test('Ctrl+C says what was running, and exits with 130', async () => {
    setup.server.behave(staysSilent);
    const child = setup.cli.start(['invoke', '--function', 'orders']);
    const ended = resultOf(child);
    await expect.poll(setup.sent).toHaveLength(1);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect([code, stdout.toString()]).toEqual([130, '']);
    expect(stderr).toMatch(/^\nInterrupted\. Running: orders \(.*\)\. Stopping doesn't cancel functions in AWS\.\n$/);
  });

  test('names the preset with a similar name', async () => {
    await setup.cli.presets({ presets: [{ name: 'create order', FunctionName: 'orders' }] });
    const { code, stderr } = await setup.cli.run(['invoke', 'create ordr']);
    expect(code).toBe(2);
    expect(stderr).toContain('No preset "create ordr" in .vscode/lambda-invoke.json. Did you mean "create order"?');
  });
});

describe('credentials', () => {
  test('an expired SSO session names the command that signs in', async () => {
    const home = await createAwsHome();
    const config = `[profile "my team"]\nsso_session = s\nsso_account_id = 123456789012\nsso_role_name = r\nregion = eu-west-1
[sso-session s]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1\n`;
    await home.write({ config });
    const env = { HOME: home.folder, AWS_CONFIG_FILE: home.config, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
    const { code, stderr } = await setup.cli.run(['invoke', '--function', 'orders', '--profile', 'my team'], { env });
    await home.remove();
    expect(code).toBe(2);
    expect(stderr).toContain("has expired, and nothing was sent. Run: aws sso login --profile 'my team'\n");
    expect(setup.sent()).toEqual([]);
  });

  test('an MFA code is prompted for only in a terminal', async () => {
    const home = await createAwsHome();
    const config = `[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me\nregion = eu-west-1\n[profile base]\n`;
    await home.write({ config, credentials: '[base]\naws_access_key_id = AKIABASE\naws_secret_access_key = s\n' });
    const env = {
      HOME: home.folder,
      AWS_CONFIG_FILE: home.config,
      AWS_SHARED_CREDENTIALS_FILE: home.credentials,
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
      AWS_ENDPOINT_URL: home.services.endpoint,
    };
    const args = ['invoke', '--function', 'orders', '--profile', 'admin'];
    const piped = await setup.cli.run(args, { env });
    expect(piped.code).toBe(2);
    expect(piped.stderr).toContain('Run the command in a terminal to enter it.');
    expect(home.services.requestsOf('sts AssumeRole')).toEqual([]);
    const inTerminal = await setup.cli.runInTerminal(args, { env, answer: '918273', prompt: 'MFA code for ' });
    expect(inTerminal).toContain('MFA code for arn:aws:iam::123456789012:mfa/me (profile admin): ');
    const [request] = home.services.requestsOf('sts AssumeRole');
    await home.remove();
    expect(new URLSearchParams(request?.body).get('TokenCode')).toBe('918273');
  });

  test('keys appear in no output', async () => {
    const parts: string[] = [];
    for (const behaviour of [answers(), dropsConnection, refuses(403, 'InvalidSignatureException')]) {
      setup.server.behave(behaviour);
      const { stdout, stderr } = await setup.cli.run(['invoke', '--function', 'orders']);
      parts.push(stdout.toString(), stderr);
    }
    const output = parts.join('');
    expect(output).toContain('orders');
    for (const key of Object.values(CLI_KEYS)) expect(output).not.toContain(key);
  });
});
