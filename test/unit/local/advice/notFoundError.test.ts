import { expect, test } from 'vitest';
import { parseNotFound } from '../../../../src/local/advice/notFoundError.ts';

const missing = (errorMessage: unknown) => parseNotFound(Buffer.from(JSON.stringify({ errorMessage })));

const STACK = '\nRequire stack:\n- /w/app.js\n- /var/runtime/index.mjs';

test.each([
  [`Error: Cannot find module 'lodash'${STACK}`, 'lodash'],
  [`Cannot find module 'lodash/get'${STACK}`, 'lodash'],
  [`Cannot find package '@org/tool' imported from /w/app.mjs`, '@org/tool'],
  ["Unable to import module 'src/app': No module named 'requests'", 'requests'],
  ["No module named 'requests'", 'requests'],
])('%j names the package %s', (text, name) => {
  expect(missing(text)).toEqual({ kind: 'package', name });
});

test.each([
  ["ENOENT: no such file or directory, open '/opt/config.json'", '/opt/config.json', false],
  ["[Errno 2] No such file or directory: '/opt/bin/tool'", '/opt/bin/tool', false],
  [`Error: Cannot find module '/opt/nodejs/shared'${STACK}`, '/opt/nodejs/shared', true],
  [`Error: Cannot find module '/opt/li/handler'\nRequire stack:\n- /var/runtime/index.mjs`, '/opt/li/handler', true],
])('%j names the path %s', (text, path, isModule) => {
  expect(missing(text)).toEqual({ kind: 'opt', path, isModule });
});

test.each([
  "Error: Cannot find module './own'",
  "Error: Cannot find module '@/alias'",
  "Error: Cannot find module 'app'\nRequire stack:\n- /var/runtime/index.mjs",
  "Unable to import module 'app': No module named 'requests.part'",
  "ENOENT: no such file or directory, open '/home/config.json'",
  'other',
  5,
  undefined,
])('%j names nothing that can be installed', (text) => {
  expect(missing(text)).toBeUndefined();
});

test.each([
  ["Unable to import module 'app': No module named 'app'", 'app'],
  ["Unable to import module 'pkg/app': No module named 'pkg'", 'pkg'],
])('%j names the module of the handler', (text, module) => {
  expect(missing(text)).toEqual({ kind: 'handler', module });
});

test('an error that is not JSON, or is too large, is ignored', () => {
  expect(parseNotFound(Buffer.from("No module named 'requests'"))).toBeUndefined();
  expect(missing(`No module named 'requests'${' '.repeat(200_000)}`)).toBeUndefined();
});
