import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { installFailure } from '../../../../../src/core/functions/sdkInstall.ts';
import { installerEnvironment } from '../../../../../src/host/functions/runtimeSdk/installerEnvironment.ts';
import { runInstaller } from '../../../../../src/host/functions/runtimeSdk/runInstaller.ts';
import { replaceSdk } from '../../../../../src/host/functions/runtimeSdk/sdkFolder.ts';
import { planInstall } from '../../../../../src/host/functions/runtimeSdk/sdkPlan.ts';
import { startNpmRegistry } from '../../../../support/npmRegistry.ts';

const S3 = '@aws-sdk/client-s3';
const SQS = '@aws-sdk/client-sqs';

let home: string;
let root: string;
let registry: Awaited<ReturnType<typeof startNpmRegistry>>;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'li-home-'));
  root = join(home, 'storage/runtimeSdk');
  const scripts = { install: `node -e "require('node:fs').writeFileSync('${home}/hasRun', '')"` };
  const client = { versions: ['3.1.0', '3.2.0', '3.99999.0'], files: { 'index.js': '' }, scripts };
  registry = await startNpmRegistry({ [S3]: client, [SQS]: client });
});

afterEach(async () => {
  await registry.close();
  await rm(home, { recursive: true, force: true });
});

/** Installs with npm, as the command does. */
async function install(packages: readonly string[], signal = new AbortController().signal, url = registry.url) {
  const own = { NPM_CONFIG_REGISTRY: url, NPM_CONFIG_FETCH_RETRIES: '0', HOME: home };
  const env = { ...installerEnvironment(process.env, [process.cwd()]), ...own };
  const settings = { nodeSdk: '', pythonSdk: '', python: '' };
  const plan = await planInstall({ root, env, imports: { node: packages, python: false, withoutSdk: [] }, settings });
  const [step] = 'steps' in plan ? plan.steps : [];
  if (step === undefined) throw new Error('nothing to install');
  let output: readonly string[] = [];
  const isReplaced = await replaceSdk(root, step, async () => {
    const options = { cwd: step.folder, env, signal, onLine: () => undefined };
    const { code, lines } = await runInstaller(step.program, step.args, options);
    output = lines;
    return code === 0;
  });
  return { isReplaced, output };
}

async function version(name: string): Promise<string> {
  const manifest = await readFile(join(root, 'node/node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}

test('npm installs the newest allowed version, and doesn’t run scripts of packages', async () => {
  expect(await install([S3])).toMatchObject({ isReplaced: true });
  expect(await version(S3)).toBe('3.2.0');
  expect(existsSync(join(home, 'hasRun'))).toBe(false);
  await install([SQS]);
  expect([await version(S3), await version(SQS)]).toEqual(['3.2.0', '3.2.0']);
});

test('npm without network leaves the previous SDK, and is reported as such', async () => {
  await install([S3]);
  const { isReplaced, output } = await install([SQS], undefined, 'http://127.0.0.1:9');
  expect([isReplaced, installFailure(output)]).toEqual([false, { kind: 'offline' }]);
  expect(await version(S3)).toBe('3.2.0');
});

test('npm that is canceled while it waits for the registry leaves the previous SDK', async () => {
  await install([S3]);
  const abort = new AbortController();
  registry.requests.length = 0;
  registry.fallSilent();
  const installation = install([SQS], abort.signal);
  await expect.poll(() => registry.requests).not.toEqual([]);
  abort.abort();
  expect((await installation).isReplaced).toBe(false);
  expect(await version(S3)).toBe('3.2.0');
  expect(await readdir(root)).toEqual(['node']);
});
