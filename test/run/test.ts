// npm test: every layer, one after another; `check`, `unit`, `integration`, `e2e` name a single one. Ends with the sums.
import { chmod } from 'node:fs/promises';
import { check } from './check.ts';
import { endToEnd } from './endToEnd.ts';
import { unsupportedPath } from '../support/unsupportedPath.ts';
import { integration } from './integration.ts';
import type { Sums } from './sums.ts';
import { unit } from './vitest.ts';

const LAYERS: Readonly<Record<string, () => Promise<Sums>>> = { check, unit, integration, e2e: endToEnd };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in LAYERS));
if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Layers: ${Object.keys(LAYERS).join(', ')}`);

const problem = unsupportedPath(process.cwd());
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}

await chmod('out/host/vscodeHost.mjs', 0o755);
let passed = 0;
let failed = 0;
for (const [name, layer] of Object.entries(LAYERS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n== ${name}`);
  const start = Date.now();
  let sums: Sums;
  try {
    sums = await layer();
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    sums = { passed: 0, failed: 1 };
  }
  // A layer that ran nothing has not passed.
  if (sums.passed + sums.failed === 0) sums = { passed: 0, failed: 1 };
  console.log(
    `== ${name}: ${sums.passed} passed, ${sums.failed} failed, ${((Date.now() - start) / 1000).toFixed(1)} s`,
  );
  passed += sums.passed;
  failed += sums.failed;
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
