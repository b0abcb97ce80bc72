import { expect, test } from 'vitest';
import { stackSections } from '../../../../src/core/outcome/stackSections.ts';

const split = (stack: readonly string[], heading: { type?: string; message?: string } = {}) => {
  const { own, runtime, runtimeFrames } = stackSections(stack, heading);
  return { own: own.map(({ at }) => at), runtime: runtime.map(({ at }) => at), runtimeFrames };
};

test('Node: own frames first, and the line that repeats the heading is left out', () => {
  const stack = [
    'StockError: not enough',
    '    at reserve (/var/task/src/stock.mjs:31:9)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    '    at async Promise.all (index 0)',
    '    at pg (/var/task/node_modules/pg/client.js:1:2)',
    '    at handler (/var/task/src/app.mjs:15:31)',
    '    at Runtime.handleOnce (file:///var/runtime/index.mjs:1173:29)',
  ];
  expect(split(stack, { type: 'StockError', message: 'not enough' })).toEqual({
    own: [1, 5],
    runtime: [2, 3, 4, 6],
    runtimeFrames: 4,
  });
});

test('Python: source lines belong to their frame', () => {
  const stack = [
    '  File "/var/task/app.py", line 3, in handler',
    '    return client.get()',
    '  File "/var/lang/lib/python3.12/json/decoder.py", line 1, in decode',
    '    raise JSONDecodeError()',
    '  File "/var/task/site-packages/requests/api.py", line 1, in get',
    '    return session.get()',
  ];
  expect(split(stack)).toEqual({ own: [0, 1], runtime: [2, 3, 4, 5], runtimeFrames: 2 });
});

test('a message of several lines isn’t repeated, and other lines before the first frame are kept', () => {
  const stack = ['Error: first', 'second', 'a hint', '    at f (/var/task/app.js:1:2)'];
  expect(split(stack, { type: 'Error', message: 'first\nsecond' })).toEqual({
    own: [2, 3],
    runtime: [],
    runtimeFrames: 0,
  });
});

test('lines without a known format stay', () => {
  expect(split(['main.handler', 'runtime.goexit'])).toEqual({ own: [0, 1], runtime: [], runtimeFrames: 0 });
});

test('a very long line is data, not a frame', () => {
  expect(split([`    at ${'x'.repeat(5000)} (node:internal/x:1:1)`]).runtimeFrames).toBe(0);
});
