import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { NODE_PROGRAMS } from '../../../support/nodePrograms.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

/** Folders outside the code: packages on NODE_PATH, and the content of `/opt`. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'modules/dual/package.json': `{ "name": "dual", "exports": {
    ".": { "import": "./import.mjs", "require": "./require.js" }, "./parts/*": "./lib/*.js", "./hidden": null } }`,
  'modules/dual/import.mjs': 'export const from = "import";',
  'modules/dual/require.js': 'exports.from = "require";',
  'modules/dual/lib/a.js': 'exports.from = "part";',
  'modules/@scope/plain/package.json': '{ "main": "lib" }',
  'modules/@scope/plain/lib/index.js': 'exports.from = "main";',
  'modules/@scope/plain/other.js': 'exports.from = "file";',
  'modules/own/package.json': '{ "main": "index.js" }',
  'modules/own/index.js': 'exports.from = "NODE_PATH";',
  'layer/nodejs/shared.js': 'exports.from = require("inside").from;',
  'layer/nodejs/node_modules/inside/index.js': 'exports.from = "layer";',
  'layer/nodejs/wrapper.js': 'exports.handler = async () => "wrapped";',
  'second/nodejs/shared.js': 'exports.from = "second layer";',
  'second/nodejs/only.mjs': 'export const from = "second layer";',
};

const OWN = { 'node_modules/own/index.js': 'exports.from = "node_modules";' };

interface Case {
  readonly title: string;
  readonly code: string;
  readonly file?: string;
  readonly handler?: string;
  readonly expected: unknown;
}

const failure = (text: string): unknown =>
  expect.objectContaining({ errorMessage: expect.stringContaining(text) as unknown });

function imports(specifier: string, expected: unknown): Case {
  const code = `import { from } from '${specifier}'; export const handler = async () => from;`;
  return { title: `import of ${specifier}`, file: 'index.mjs', code, expected };
}

function requires(specifier: string, expected: unknown): Case {
  const code = `const { from } = require('${specifier}'); exports.handler = async () => from;`;
  return { title: `require of ${specifier}`, code, expected };
}

function importsLater(specifier: string, expected: unknown): Case {
  const code = `exports.handler = async () => (await import('${specifier}')).from;`;
  return { title: `import() of ${specifier}`, code, expected };
}

const CASES: readonly Case[] = [
  imports('dual', 'import'),
  imports('dual/parts/a', 'part'),
  imports('dual/hidden', failure("Cannot find package 'dual'")),
  imports('@scope/plain', 'main'),
  imports('@scope/plain/other.js', 'file'),
  imports('own', 'node_modules'),
  imports('nowhere', failure("Cannot find package 'nowhere'")),
  imports('/opt/nodejs/only.mjs', 'second layer'),
  imports('file:///opt/nodejs/only.mjs', 'second layer'),
  imports('/opt/nodejs/shared.js', 'layer'),
  imports('/opt/nowhere.js', failure('/opt/nowhere.js')),
  requires('dual', 'require'),
  requires('@scope/plain', 'main'),
  requires('own', 'node_modules'),
  requires('/opt/nodejs/shared', 'layer'),
  requires('/opt/nowhere', failure("Cannot find module '/opt/nowhere'")),
  importsLater('dual', 'import'),
  importsLater('/opt/nodejs/only.mjs', 'second layer'),
  { title: 'a handler in a layer', handler: '/opt/nodejs/wrapper.handler', code: '', expected: 'wrapped' },
  {
    title: 'no variable of the hooks',
    code: 'exports.handler = async () => process.env.LAMBDA_INVOKE_OPT ?? "none";',
    expected: 'none',
  },
];

let outside: string;

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'li-outside-'));
  for (const [path, text] of Object.entries(OUTSIDE)) {
    await mkdir(dirname(join(outside, path)), { recursive: true });
    await writeFile(join(outside, path), text);
  }
});

afterAll(() => rm(outside, { recursive: true, force: true }));

describe.each(NODE_PROGRAMS)('%s', (node) => {
  let workspace: TemporaryWorkspace;

  beforeAll(async () => {
    const files = CASES.flatMap(({ file = 'index.js', code }, index) =>
      Object.entries({ [file]: code, ...OWN }).map(([path, text]) => [`case${index}/${path}`, text] as const),
    );
    const environment = {
      NODE_PATH: join(outside, 'modules'),
      LAMBDA_INVOKE_OPT: ['layer', 'second'].map((name) => join(outside, name)).join(delimiter),
    };
    const functions = CASES.map(({ handler = 'index.handler' }, index) => {
      const definition = { handler, runtime: 'nodejs22.x', codeUri: `case${index}`, timeout: 30, environment };
      return [`f${index}`, definition] as const;
    });
    const { runtimes } = LOCAL_RUNTIMES;
    const options = { runtimes: { ...runtimes, node } };
    workspace = await startTemporaryWorkspace(Object.fromEntries(files), Object.fromEntries(functions), options);
  });

  afterAll(() => workspace.close());

  test.each(CASES.map((each, index) => [each.title, `f${index}`, each.expected] as const))(
    'finds %s',
    async (_, name, expected) => {
      const { result } = await workspace.invoke(name);
      expect(result).toEqual(expected);
    },
  );
});
