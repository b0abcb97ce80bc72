import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAwsHome, type AwsHome } from '../support/awsHome.ts';
import { resultOf } from '../support/commandLine.ts';
import { startLambdaServer, staysSilent } from '../support/lambdaServer.ts';
import { useCommandLine } from '../support/useCommandLine.ts';

const setup = useCommandLine();
const sentCount = () => setup.sent().length;

const PRESETS = [
  { name: 'a', FunctionName: 'orders-dev', expect: {} },
  { name: 'b', FunctionName: 'orders-prod', expect: {} },
];

describe('a protected function is invoked only with --yes', () => {
  const protectedBy: Record<string, () => Promise<{ args?: string[]; env?: Record<string, string> }>> = {
    'the presets file': async () => {
      await setup.cli.presets({ presets: PRESETS, confirm: ['*-PROD'] });
      return {};
    },
    'the workspace settings of VS Code': async () => {
      await setup.cli.presets({ presets: PRESETS });
      await setup.cli.write('.vscode/settings.json', '{\n  // for everyone\n  "lambdaInvoke.confirm": ["*-prod"],\n}');
      return {};
    },
    '--confirm': async () => {
      await setup.cli.presets({ presets: PRESETS, confirm: ['other'] });
      return { args: ['--confirm', 'x', '--confirm', 'orders-prod'] };
    },
    LAMBDA_INVOKE_CONFIRM: async () => {
      await setup.cli.presets({ presets: PRESETS });
      return { env: { LAMBDA_INVOKE_CONFIRM: 'x, *-prod' } };
    },
    'a profile': async () => {
      await setup.cli.presets({ presets: PRESETS });
      await setup.cli.write('../.aws/config', '[profile live]\nregion = eu-west-1\n');
      return { args: ['--confirm', 'live'], env: { AWS_PROFILE: 'live' } };
    },
  };

  test.each(Object.keys(protectedBy))('protected by %s', async (name) => {
    const { args = [], env = {} } = (await protectedBy[name]?.()) ?? {};
    const refused = await setup.cli.run(['test', ...args], { env });
    expect([refused.code, refused.stdout.toString()]).toEqual([2, '']);
    expect(refused.stderr).toMatch(/^Protected \(".*"\): orders-\w+ on .*eu-west-1.*\. Add --yes to invoke it\.\n/);
    expect(refused.stderr).toContain('Nothing was invoked.\n');
    const single = await setup.cli.run(['invoke', 'b', ...args], { env });
    expect([single.code, single.stdout.toString()]).toEqual([2, '']);
    expect(single.stderr).toContain('Add --yes to invoke it.');
    expect(sentCount()).toBe(0);
  });

  test('with --yes, and others without it', async () => {
    await setup.cli.presets({ presets: PRESETS, confirm: '*-prod' });
    expect(await setup.cli.run(['test', '--yes'])).toMatchObject({ code: 0 });
    expect(await setup.cli.run(['invoke', 'b', '--yes'])).toMatchObject({ code: 0 });
    expect(await setup.cli.run(['test', '--preset', 'a'])).toMatchObject({ code: 0 });
    expect(await setup.cli.run(['invoke', '--function', 'orders-prod', '--invocation-type', 'DryRun'])).toMatchObject({
      code: 0,
    });
    expect(sentCount()).toBe(5);
  });

  test.each([{ prod: true }, [['*-prod']], true, null])('and none is invoked if "confirm" is %j', async (confirm) => {
    await setup.cli.presets({ presets: PRESETS, confirm });
    const { code, stderr } = await setup.cli.run(['test']);
    expect([code, stderr]).toEqual([2, '"confirm" in .vscode/lambda-invoke.json must be an array of strings.\n']);
    await setup.cli.presets({ presets: PRESETS });
    await setup.cli.write('.vscode/settings.json', JSON.stringify({ 'lambdaInvoke.confirm': confirm }));
    expect(await setup.cli.run(['invoke', 'a'])).toMatchObject({ code: 2 });
    expect(sentCount()).toBe(0);
  });

  test('also if an account ID is a number', async () => {
    await setup.cli.presets({ confirm: [123456789012] });
    const FunctionName = 'arn:aws:lambda:eu-west-1:123456789012:function:orders';
    expect(await setup.cli.run(['invoke', '--function', FunctionName])).toMatchObject({ code: 2 });
    expect(sentCount()).toBe(0);
  });

  test('also without a preset, and with the pattern in an unreadable file', async () => {
    await setup.cli.presets({ confirm: ['*-prod'] });
    expect(await setup.cli.run(['invoke', '--function', 'orders-prod'])).toMatchObject({ code: 2 });
    await setup.cli.write('.vscode/lambda-invoke.json', '{"confirm": ["*-prod"');
    expect(await setup.cli.run(['invoke', '--function', 'orders-prod'])).toMatchObject({ code: 2 });
    expect(sentCount()).toBe(0);
  });
});

describe('a protected account', () => {
  let home: AwsHome;
  beforeAll(async () => {
    home = await createAwsHome();
  });
  afterAll(() => home.remove());

  async function invoke(pattern: string, endpoint: string) {
    const args = ['invoke', '--function', 'orders', '--confirm', pattern];
    return setup.cli.run(args, {
      env: { AWS_ENDPOINT_URL_LAMBDA: setup.server.endpoint, AWS_ENDPOINT_URL_STS: endpoint },
    });
  }

  test('is looked up with STS', async () => {
    const refused = await invoke('123456789012', home.services.endpoint);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('Protected ("123456789012")');
    expect(sentCount()).toBe(0);
    expect(await invoke('999999999999', home.services.endpoint)).toMatchObject({ code: 0 });
    expect(sentCount()).toBe(1);
  });

  test('Ctrl+C ends the lookup, and nothing is invoked', async () => {
    const silent = await startLambdaServer(staysSilent);
    await setup.cli.presets({ presets: PRESETS, confirm: ['123456789012'] });
    const env = { AWS_ENDPOINT_URL_LAMBDA: setup.server.endpoint, AWS_ENDPOINT_URL_STS: silent.endpoint };
    const child = setup.cli.start(['test'], { env });
    const ended = resultOf(child);
    await expect.poll(() => silent.received.length).toBe(1);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    await silent.close();
    expect([code, stderr]).toEqual([130, '\nInterrupted.\n']);
    expect(stdout.toString()).toMatch(
      /^- a \(not run\)\n- b \(not run\)\n\nInterrupted: 0 passed, 2 not run \(.*\)\n$/,
    );
    expect(sentCount()).toBe(0);
  });

  test('is assumed if the account is unknown', async () => {
    const { code, stderr } = await invoke('999999999999', 'http://127.0.0.1:9');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^.*Protected \("999999999999"\): orders on .*Can't determine the account: .*Add --yes/);
    expect(sentCount()).toBe(0);
  });
});

describe("a preset's own endpoint", () => {
  test('is used only with --allow-endpoint', async () => {
    const other = await startLambdaServer();
    const presets = [{ name: 'a', FunctionName: 'orders', endpoint: other.endpoint, expect: {} }];
    await setup.cli.presets({ presets });
    for (const args of [['test'], ['test', '--yes'], ['invoke', 'a']]) {
      const refused = await setup.cli.run(args);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(
        `The preset "a" has its own endpoint, ${other.endpoint}. Add --allow-endpoint to use it.`,
      );
    }
    expect(other.received).toEqual([]);
    expect(await setup.cli.run(['test', '--allow-endpoint'])).toMatchObject({ code: 0 });
    expect(await setup.cli.run(['invoke', 'a', '--allow-endpoint'])).toMatchObject({ code: 0 });
    expect(other.received).toHaveLength(2);
    expect(sentCount()).toBe(0);
    await other.close();
  });

  test('in a variable is checked as well', async () => {
    await setup.cli.presets({ presets: [{ name: 'a', FunctionName: 'orders', endpoint: '${env:WHERE}', expect: {} }] });
    const { code, stderr } = await setup.cli.run(['test'], { env: { WHERE: 'http://127.0.0.1:9' } });
    expect(code).toBe(2);
    expect(stderr).toContain('has its own endpoint, http://127.0.0.1:9.');
  });
});

test('options override the profile and the region of a preset', async () => {
  const presets = [{ name: 'a', FunctionName: 'orders', region: 'us-east-1', expect: {} }];
  await setup.cli.presets({ presets });
  await setup.cli.run(['invoke', 'a']);
  await setup.cli.run(['invoke', 'a', '--region', 'eu-central-1']);
  const regions = setup
    .sent()
    .map(({ headers }) => /Credential=[^/]+\/\d+\/([^/]+)\//.exec(headers.authorization ?? '')?.[1]);
  expect(regions).toEqual(['us-east-1', 'eu-central-1']);
});
