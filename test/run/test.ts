// npm test: runs all layers, or those in the arguments (`check`, `unit`, `integration`, `e2e`), and prints the totals.
import { fork } from 'node:child_process';
import { chmod } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ensureChromium } from '../host/chromium.ts';
import { HOSTS } from '../host/hostVersions.ts';
import { installHost } from '../host/installHost.ts';
import { unsupportedPath } from '../support/unsupportedPath.ts';
import { type LayerName, LAYERS } from './layers.ts';
import { buildPackages } from './packages.ts';
import type { TestCounts } from './testCounts.ts';

/**
 * Lanes run in parallel, the layers of a lane one after another. The unit tests are last, because their workers use all
 * cores when the other lane has ended.
 */
const LANES: readonly (readonly LayerName[])[] = [['e2e'], ['integration', 'check', 'unit']];

const selected = process.argv.slice(2);
const unknown = selected.filter((name) => !(name in LAYERS));
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Layers: ${Object.keys(LAYERS).join(', ')}`);
const lanes = LANES.map((lane) => lane.filter((name) => selected.length === 0 || selected.includes(name)));
const isAlone = lanes.flat().length === 1;

const problem = unsupportedPath(process.cwd());
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}

/** Runs a layer in a separate process. With parallel layers, its output is printed when it ends. */
async function runLayer(name: LayerName): Promise<TestCounts> {
  const title = `\n== ${name}\n`;
  if (isAlone) process.stdout.write(title);
  const start = Date.now();
  const child = fork(resolve('out/run/layer.mjs'), [name], { silent: !isAlone });
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => output.push(text));
  // A layer that crashes has failed.
  let counts: TestCounts = { passed: 0, failed: 1, failures: ['The process of the layer crashed.'] };
  child.once('message', (message) => {
    counts = message as TestCounts;
  });
  await new Promise((done) => child.once('close', done));
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  if (!isAlone) process.stdout.write(title + output.join(''));
  console.log(`== ${name}: ${counts.passed} passed, ${counts.failed} failed, ${seconds} s`);
  return { ...counts, failures: counts.failures.map((failure) => `${name}: ${failure}`) };
}

async function runLane(names: readonly LayerName[]): Promise<TestCounts[]> {
  const all: TestCounts[] = [];
  for (const name of names) all.push(await runLayer(name));
  return all;
}

await chmod('out/host/vscodeHost.mjs', 0o755);
const names = lanes.flat();
// Two layers would install the same host at the same time.
if (names.includes('e2e') && names.includes('integration') && process.platform === 'linux') {
  for (const host of HOSTS) await installHost(host);
  await ensureChromium();
}
if (names.some((name) => LAYERS[name].needsPackage)) await buildPackages({ isTwice: names.includes('check') });
const all = (await Promise.all(lanes.map(runLane))).flat();
for (const failure of all.flatMap(({ failures }) => failures)) console.log(`\n✗ ${failure}`);
const total = (key: 'passed' | 'failed') => all.reduce((sum, counts) => sum + counts[key], 0);
console.log(`\n${total('passed')} passed, ${total('failed')} failed`);
process.exit(total('failed') === 0 ? 0 : 1);
