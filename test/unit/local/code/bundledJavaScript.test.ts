import { afterEach, describe, expect, test } from 'vitest';
import { LOCAL_RUNTIMES } from '../../../support/localRuntimes.ts';
import { NODE_PROGRAMS } from '../../../support/nodePrograms.ts';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';
import { COMPILER_NAMES, installCompiler } from '../../../support/typeScriptProject.ts';

/** ES modules in .js files, without `"type": "module"`. */
const SOURCES = {
  'src/app.js': 'import text from "./text";\nexport const handler = async () => text;',
  'src/text.js': 'export default "works";',
};

const service = (more: string, runtime = 'nodejs20.x') => ({
  'serverless.yml': `service: shop\nprovider: { name: aws, runtime: ${runtime} }\nfunctions: { orders: { handler: src/app.handler } }\n${more}`,
});

const sam = (CodeUri: string, BuildProperties = {}) => ({
  'template.yaml': JSON.stringify({
    Transform: 'AWS::Serverless-2016-10-31',
    Resources: {
      Orders: {
        Type: 'AWS::Serverless::Function',
        Metadata: { BuildMethod: 'esbuild', BuildProperties },
        Properties: { CodeUri, Handler: 'app.handler', Runtime: 'nodejs20.x' },
      },
    },
  }),
});

let workspace: TemporaryWorkspace;

afterEach(() => workspace.close());

async function resultOf(files: Readonly<Record<string, string>>, name = 'orders', options = {}) {
  workspace = await startTemporaryWorkspace(files, {}, options);
  return (await workspace.invoke(name)).result;
}

describe('ES modules in .js files run', () => {
  test.each([
    ['a plugin', 'plugins: [serverless-webpack]'],
    ['a plugin in the list of modules', 'plugins: { modules: [serverless-esbuild] }'],
    ['the framework', 'build: { esbuild: { bundle: true } }'],
  ])('if they are bundled by %s', async (_, more) => {
    expect(await resultOf({ ...service(more), ...SOURCES })).toBe('works');
  });

  test('if the SAM CLI bundles them', async () => {
    expect(await resultOf({ ...sam('src'), ...SOURCES }, 'Orders')).toBe('works');
  });

  test.each(['src/app.js', './src/app.js'])('if the SAM CLI bundles the entry point %s', async (entry) => {
    expect(await resultOf({ ...sam('.', { EntryPoints: [entry] }), ...SOURCES }, 'Orders')).toBe('works');
  });

  test.each(COMPILER_NAMES)('compiled by %s', async (compiler) => {
    workspace = await startTemporaryWorkspace({ ...service('plugins: [serverless-bundle]'), ...SOURCES }, {});
    await installCompiler(workspace.folder, compiler);
    expect((await workspace.invoke('orders')).result).toBe('works');
  });

  test.each(NODE_PROGRAMS)('with %s and a package of ES modules', async (node) => {
    const files = { ...service('plugins: [serverless-webpack]'), ...SOURCES, 'package.json': '{ "type": "module" }' };
    expect(await resultOf(files, 'orders', { runtimes: { ...LOCAL_RUNTIMES.runtimes, node } })).toBe('works');
  });
});

test.each([
  ['without a bundler', ''],
  ['if bundling is turned off', 'build: { esbuild: false }'],
])('ES modules in .js files fail as on Lambda %s', async (_, more) => {
  expect(await resultOf({ ...service(more), ...SOURCES })).toMatchObject({
    errorType: 'Runtime.UserCodeSyntaxError',
    errorMessage: 'SyntaxError: Cannot use import statement outside a module',
  });
});

test('CommonJS runs as written if it is bundled', async () => {
  const files = {
    ...service('plugins: [serverless-webpack]'),
    'src/app.js': 'exports.handler = async () => [typeof require, __filename.endsWith("app.js")];',
  };
  expect(await resultOf(files)).toEqual(['function', true]);
});
