import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAws } from '../../../../src/aws/index.ts';

const CLI = 'out/endpoint.js';
const LAYER = 'arn:aws:lambda:eu-west-1:123456789012:layer:shared:7';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'li-layer-'));
  const files = {
    '.vscode/lambda-invoke.json': JSON.stringify({
      localFunctions: { f: { handler: 'app.handler', layers: [LAYER] } },
    }),
    'app.js': "exports.handler = async () => require('shared');",
    'content/nodejs/node_modules/shared/index.js': "module.exports = 'from the layer';",
  };
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('--layer maps the ARN of a layer to a folder', async () => {
  const layer = `*:layer:shared:*=${join(folder, 'content')}`;
  const child = spawn(process.execPath, [CLI, '--workspace', folder, '--print-env', '--layer', layer]);
  const lines: string[] = [];
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  await expect.poll(() => lines.length).toBe(4);
  const env = Object.fromEntries(lines.map((line) => line.split('=', 2) as [string, string]));
  const address = {
    endpoint: String(env['AWS_ENDPOINT_URL_LAMBDA']),
    accessKeyId: String(env['AWS_ACCESS_KEY_ID']),
    secretAccessKey: String(env['AWS_SECRET_ACCESS_KEY']),
  };
  const { Payload } = await createAws({}).invoke(
    { FunctionName: 'f', InvocationType: 'RequestResponse', Payload: new Uint8Array() },
    { target: { kind: 'local', address }, signal: new AbortController().signal },
  );
  expect(new TextDecoder().decode(Payload)).toBe('"from the layer"');
  child.kill('SIGTERM');
  await once(child, 'exit');
});

test('--layer without a folder is an error', () => {
  const { status, stderr } = spawnSync(process.execPath, [CLI, '--workspace', folder, '--layer', LAYER]);
  expect(status).toBe(2);
  expect(stderr.toString()).toContain(`Invalid layer ${LAYER}. Use ARN=DIR.`);
});
