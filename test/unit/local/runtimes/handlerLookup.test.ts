import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../support/temporaryWorkspace.ts';

const WORKS = 'exports.handler = async () => "works";';
const ES_WORKS = 'export const handler = async () => "works";';
const works = { result: 'works' };
const fails = (errorType: string, errorMessage: unknown) => ({
  FunctionError: 'Unhandled',
  result: { errorType, errorMessage },
});
const like = (pattern: RegExp): unknown => expect.stringMatching(pattern);

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The response with nodejs20.x or nodejs22.x, and with nodejs24.x. */
  readonly expected: readonly [object, object];
}

function both(expected: object): readonly [object, object] {
  return [expected, expected];
}

const CASES: readonly Case[] = [
  { title: 'a CommonJS module', files: { 'index.js': WORKS }, expected: both(works) },
  { title: 'an ES module', files: { 'index.mjs': ES_WORKS }, expected: both(works) },
  { title: 'a .cjs file', files: { 'index.cjs': WORKS }, expected: both(works) },
  {
    title: 'a .js file in a package of ES modules',
    files: { 'package.json': '{ "type": "module" }', 'src/index.js': ES_WORKS },
    handler: 'src/index.handler',
    expected: both(works),
  },
  { title: 'a file without an extension', files: { index: WORKS }, expected: both(works) },
  {
    title: 'a package in node_modules',
    files: { 'node_modules/orders/index.js': WORKS },
    handler: 'orders.handler',
    expected: both(works),
  },
  {
    title: 'a folder with the name of the file',
    files: { 'app/other.js': WORKS, 'app.js': WORKS },
    handler: 'app.handler',
    expected: [works, fails('Error', like(/^Directory import '.*app' is not supported/))],
  },
  {
    title: 'a default export with the handler',
    files: { 'index.mjs': 'export default { handler: async () => "works" };' },
    expected: [fails('Runtime.HandlerNotFound', 'index.handler is undefined or not exported'), works],
  },
  {
    title: 'an export that isn’t a function',
    files: { 'index.js': 'exports.handler = { a: 1 };' },
    expected: both(fails('Runtime.HandlerNotFound', 'index.handler is not a function')),
  },
  {
    title: 'a handler with two dots',
    files: { 'index.js': WORKS },
    handler: '../index.handler',
    expected: both(fails('Runtime.MalformedHandlerName', like(/is not a valid handler name/))),
  },
  {
    title: 'a handler without a dot',
    files: { 'index.js': WORKS },
    handler: 'index',
    expected: both(fails('Runtime.MalformedHandlerName', 'Bad handler')),
  },
  {
    title: 'a missing module',
    files: {},
    handler: 'src/nowhere.handler',
    expected: both(
      fails(
        'Runtime.ImportModuleError',
        "Error: Cannot find module 'nowhere'\nRequire stack:\n- /var/runtime/index.mjs",
      ),
    ),
  },
  {
    title: 'a missing package',
    files: { 'index.js': `require('nowhere'); ${WORKS}` },
    expected: both(
      fails('Runtime.ImportModuleError', like(/^Error: Cannot find module 'nowhere'\nRequire stack:\n- .*index\.js/)),
    ),
  },
  {
    title: 'a missing package of an ES module',
    files: { 'index.mjs': `import 'nowhere'; ${ES_WORKS}` },
    expected: both(fails('Error', like(/^Cannot find package 'nowhere' imported from .*index\.mjs$/))),
  },
  {
    title: 'a syntax error',
    files: { 'index.js': 'exports.handler = {{;' },
    expected: both(fails('Runtime.UserCodeSyntaxError', like(/^SyntaxError: Unexpected token/))),
  },
  {
    title: 'ES module syntax in a .js file without a type',
    files: { 'index.js': ES_WORKS },
    expected: [fails('Runtime.UserCodeSyntaxError', "SyntaxError: Unexpected token 'export'"), works],
  },
  {
    title: 'require of an ES module',
    files: { 'index.js': `require('./b.mjs'); ${WORKS}`, 'b.mjs': '' },
    expected: [fails('Error', like(/^require\(\) of ES Module .*b\.mjs from .*index\.js not supported/)), works],
  },
  {
    title: 'require of an ES module, enabled by the function’s NODE_OPTIONS',
    files: { 'index.js': `require('./b.mjs'); ${WORKS}`, 'b.mjs': '' },
    environment: { NODE_OPTIONS: '--experimental-require-module' },
    expected: both(works),
  },
  {
    title: 'a module in the code folder, found through NODE_PATH',
    files: { 'src/index.js': `require('lib/orders'); ${WORKS}`, 'lib/orders.js': '' },
    handler: 'src/index.handler',
    expected: both(works),
  },
  {
    title: 'a callback-based handler',
    files: { 'index.js': 'exports.handler = (event, context, callback) => callback(null, "works");' },
    expected: [
      { ...works, log: like(/\tundefined\tWARN\tAWS Lambda plans to remove support for callback-based/) },
      fails('Runtime.CallbackHandlerDeprecated', like(/^ERROR: AWS Lambda has removed support for callback-based/)),
    ],
  },
];

const RUNTIMES = [
  ['nodejs20.x', 0],
  ['nodejs22.x', 0],
  ['nodejs24.x', 1],
  ['nodejs26.x', 1],
] as const;

let workspace: TemporaryWorkspace;

const nameOf = (index: number, runtime: string) => `f${index}-${runtime.slice(6, 8)}`;

beforeAll(async () => {
  const files = CASES.flatMap(({ files }, index) =>
    Object.entries(files).map(([path, text]) => [`case${index}/${path}`, text] as const),
  );
  const functions = CASES.flatMap(({ handler = 'index.handler', environment = {} }, index) =>
    RUNTIMES.map(([runtime]) => {
      const definition = { handler, runtime, environment, codeUri: `case${index}`, timeout: 30 };
      return [nameOf(index, runtime), definition] as const;
    }),
  );
  workspace = await startTemporaryWorkspace(
    { ...Object.fromEntries(files), ...Object.fromEntries(CASES.map((_, index) => [`case${index}/README`, ''])) },
    Object.fromEntries(functions),
  );
});

afterAll(() => workspace.close());

describe.each(RUNTIMES)('%s loads a handler as on Lambda', (runtime, column) => {
  test.each(CASES.map((each, index) => [each.title, index, each.expected[column]] as const))(
    '%s',
    async (_, index, expected) => {
      expect(await workspace.invoke(nameOf(index, runtime))).toMatchObject(expected);
    },
  );
});
