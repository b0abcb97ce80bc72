import type { NodeRow } from './nodeRow.ts';

const MODULE = '{ "type": "module" }';
const WORKS = 'exports.handler = async () => "works";';
const ES_WORKS = 'export const handler = async () => "works";';

/** How the handler is found, and the error if it isn't. */
export const LOOKUP_ROWS: readonly NodeRow[] = [
  { name: 'a CommonJS module', files: WORKS },
  { name: 'an ES module', files: { 'index.mjs': ES_WORKS } },
  { name: 'a .cjs file', files: { 'index.cjs': WORKS } },
  { name: 'a .cjs file in an ES module package', files: { 'package.json': MODULE, 'index.cjs': WORKS } },
  { name: 'a .js file in an ES module package', files: { 'package.json': MODULE, 'index.js': ES_WORKS } },
  {
    name: 'a .js file in a subfolder of an ES module package',
    files: { 'package.json': MODULE, 'src/app.js': ES_WORKS },
    handler: 'src/app.handler',
  },
  {
    name: 'a package.json without type in between',
    files: { 'package.json': MODULE, 'src/package.json': '{}', 'src/app.js': WORKS },
    handler: 'src/app.handler',
  },
  { name: 'an invalid package.json', files: { 'package.json': '{ "type":', 'index.mjs': ES_WORKS } },
  { name: 'a file without an extension', files: { index: WORKS } },
  {
    name: 'a folder and a file of the same name',
    files: { 'app/index.js': 'exports.handler = async () => "folder";', 'app.js': WORKS },
    handler: 'app.handler',
  },
  {
    name: 'a folder without index.js and a file of the same name',
    files: { 'app/other.js': WORKS, 'app.js': WORKS },
    handler: 'app.handler',
  },
  { name: '.js before .mjs', files: { 'index.js': WORKS, 'index.mjs': 'export const handler = async () => "mjs";' } },
  { name: 'a package', files: { 'node_modules/orders/index.js': WORKS }, handler: 'orders.handler' },
  {
    name: 'a package that has an ES module only',
    files: {
      'node_modules/orders/package.json': '{ "name": "orders", "exports": { "import": "./index.mjs" } }',
      'node_modules/orders/index.mjs': ES_WORKS,
    },
    handler: 'orders.handler',
  },
  { name: 'a nested export', files: 'exports.a = { b: { c: async () => "works" } };', handler: 'index.a.b.c' },
  {
    name: 'a property of a function',
    files: 'function app() {}\nmodule.exports = Object.assign(app, { handler: async () => "works" });',
  },
  {
    name: 'a method of an instance',
    files: 'class A { async handler() { return "works"; } }\nmodule.exports = new A();',
  },
  { name: 'a getter', files: 'Object.defineProperty(exports, "handler", { get: () => async () => "works" });' },
  {
    name: 'a default export with the handler',
    files: { 'index.mjs': 'export default { handler: async () => "works" };' },
  },
  {
    name: 'a default export that is the handler',
    files: { 'index.mjs': 'export default async () => "works";' },
    handler: 'index.default',
  },
  { name: 'await at the top level', files: { 'index.mjs': `await 1; ${ES_WORKS}` } },
  { name: 'a missing module', files: {}, handler: 'src/nowhere.handler' },
  { name: 'a missing export', files: WORKS, handler: 'index.nothing' },
  { name: 'a missing export, logged as JSON', files: WORKS, handler: 'index.nothing', logFormat: 'JSON' },
  { name: 'an export that isn’t a function', files: 'exports.handler = { a: 1 };' },
  { name: 'an empty export', files: 'exports.handler = 0;' },
  { name: 'an empty module', files: 'module.exports = null;' },
  { name: 'a handler without a dot', files: WORKS, handler: 'index' },
  { name: 'a handler that ends with a dot', files: WORKS, handler: 'index.' },
  { name: 'a handler with two dots', files: WORKS, handler: '../index.handler' },
  { name: 'a handler that starts with ./', files: WORKS, handler: './index.handler' },
  { name: 'a missing package', files: `require('not-installed'); ${WORKS}` },
  { name: 'a missing file', files: `require('./nowhere'); ${WORKS}` },
  { name: 'a missing package of an ES module', files: { 'index.mjs': `import 'not-installed'; ${ES_WORKS}` } },
  { name: 'a missing file of an ES module', files: { 'index.mjs': `import './nowhere.mjs'; ${ES_WORKS}` } },
  {
    name: 'a missing export of another module',
    files: { 'index.mjs': `import { a } from './b.mjs'; ${ES_WORKS}`, 'b.mjs': '' },
  },
  { name: 'a syntax error', files: 'exports.handler = async () => {{;' },
  { name: 'a syntax error in an ES module', files: { 'index.mjs': 'export const handler = async () => {{;' } },
  { name: 'ES module syntax without a type', files: ES_WORKS, versions: [3] },
  {
    name: 'require of an ES module',
    files: { 'index.js': `require('./b.mjs'); ${WORKS}`, 'b.mjs': '' },
    versions: [3],
  },
  {
    name: 'require of an ES module, enabled by the function',
    files: { 'index.js': `require('./b.mjs'); ${WORKS}`, 'b.mjs': '' },
    environment: { NODE_OPTIONS: '--experimental-require-module --no-warnings' },
  },
  { name: 'an error while loading', files: 'throw new TypeError("at the top");' },
  {
    name: 'a rejection while loading that nothing handles',
    files: `void Promise.reject(new TypeError("at the top")); ${WORKS}`,
    traceDiffers: 'ours has the frames of the reason',
    logDiffers: 'ours has the frames of the reason',
  },
  { name: 'text thrown while loading', files: 'throw "at the top";' },
  {
    name: 'a handler with a callback',
    files: 'exports.handler = (event, context, callback) => callback(null, 1);',
    isNewer: 'the warning about callbacks',
  },
  { name: 'an async handler with three parameters', files: 'exports.handler = async (event, context, callback) => 1;' },
];
