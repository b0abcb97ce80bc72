import { expect, test } from 'vitest';
import { affectedFunctions } from '../../../../src/core/testing/affectedFunctions.ts';

const functions = [
  { name: 'hello', source: '/w/functions/hello.mjs' },
  { name: 'bye', source: '/w/functions/bye.mjs' },
  { name: 'orders', source: 'C:\\w\\orders\\app.py' },
  { name: 'program', source: '/w/program/bootstrap' },
  { name: 'built' },
];

const namesFor = (path: string) => affectedFunctions(path, functions).map(({ name }) => name);

test.each([
  ['/w/functions/hello.mjs', ['hello']],
  ['/w/functions/lib/prices.mjs', ['hello', 'bye']],
  ['/w/functions/shared.mjs', ['hello', 'bye']],
  ['C:\\w\\orders\\prices.py', ['orders']],
  ['/w/other/hello.mjs', []],
  ['/w/functions/node_modules/a/index.js', []],
  ['/w/functions/types.ts', ['hello', 'bye']],
  ['/w/functions/events/hello.json', []],
  ['/w/functions/README.md', []],
  ['C:\\w\\orders\\event.json', []],
  ['/w/program/data.txt', ['program']],
  ['/w/functions/.vscode/lambda-invoke.json', []],
])('saving %s affects %j', (path, expected) => {
  expect(namesFor(path)).toEqual(expected);
});
