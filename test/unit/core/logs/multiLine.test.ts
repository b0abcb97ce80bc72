import { expect, test } from 'vitest';
import { entriesOf, REQUEST_ID } from '../../../support/logEntries.ts';

const HEAD = `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tERROR\t`;
const NEXT = `2024-05-01T12:00:01.000Z\t${REQUEST_ID}\tINFO\tnext`;

/** Each is one entry, with everything as its message. */
const ENTRIES: Readonly<Record<string, string>> = {
  'lines joined by Lambda': `${HEAD}failed\rError: boom\r    at handler (/var/task/a.js:1:1)\r    at b`,
  'a stack of Node.js': `${HEAD}Error: boom\n    at handler (/var/task/a.js:1:1)\n    at async b`,
  'Error.cause': `${HEAD}Error: boom\n    at a {\n  [cause]: Error: inner\n      at b\n}`,
  'a printed object': `${HEAD}{\n  sku: 'A-12',\n  left: [\n    1\n  ]\n}`,
  'a Python traceback': `[ERROR]\t2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tfailed\nTraceback (most recent call last):\n  File "/var/task/app.py", line 3, in handler\n    event["id"]\nKeyError: 'id'`,
  'a chained Python traceback':
    '[ERROR] ValueError: bad\nTraceback (most recent call last):\n  File "a.py", line 3, in b\n    c()\nKeyError: \'id\'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "a.py", line 5, in b\n    d()\nValueError: bad',
  'an exception of Java': `2024-05-01 12:00:00 ${REQUEST_ID} ERROR Handler - failed\njava.lang.IllegalStateException: boom\n\tat com.example.Handler.handle(Handler.java:12)\nCaused by: java.io.IOException: inner\n\tat com.example.Other.read(Other.java:3)\n\t... 3 more`,
  'an exception of .NET': `2024-05-01T12:00:00.000Z\t${REQUEST_ID}\tfail\tfailed\nSystem.InvalidOperationException: boom\n   at Orders.Function.Handler() in /src/Function.cs:line 12\n--- End of stack trace from previous location ---\n   at Other.Run()`,
  'a panic of Go':
    'panic: boom\n\ngoroutine 1 [running]:\nmain.handler(...)\n\t/var/task/main.go:12 +0x1d\nexit status 2',
  'a panic of Rust': "thread 'main' panicked at src/main.rs:4:5:\nboom\nnote: run with `RUST_BACKTRACE=1`",
  'an uncaught error of Node.js':
    '/var/task/index.js:3\n    throw new Error("x");\n    ^\n\nError: x\n    at a (/var/task/index.js:3:9)',
};

test.each(Object.entries(ENTRIES))('%s is one entry', (_, text) => {
  const raw = text.replaceAll('\r', '\n');
  const [entry, next, ...others] = entriesOf(`${text}\n${NEXT}`);
  expect(entry?.raw).toBe(raw);
  expect(['ERROR', 'FATAL']).toContain(entry?.level);
  expect(entry?.message.split('\n').at(-1)).toBe(raw.split('\n').at(-1));
  expect(next?.message).toBe('next');
  expect(others).toEqual([]);
});

test('a printed traceback is an error', () => {
  const text = 'Traceback (most recent call last):\n  File "a.py", line 3, in b\n    c()\nKeyError: \'id\'';
  expect(entriesOf(`before\n${text}\nafter`).map(({ level, message }) => [level, message])).toEqual([
    [undefined, 'before'],
    ['ERROR', text],
    [undefined, 'after'],
  ]);
});

test('the level of java.util.logging is on the next line', () => {
  const [entry] = entriesOf('May 01, 2024 12:00:00 PM com.example.Handler handle\nSEVERE: sold out\nplain');
  expect(entry).toMatchObject({ level: 'ERROR', message: 'com.example.Handler handle\nSEVERE: sold out' });
});

test('indented output after a line of the platform is an entry', () => {
  const log = `START RequestId: ${REQUEST_ID} Version: 1\n  indented\nEND RequestId: ${REQUEST_ID}`;
  expect(entriesOf(log).map(({ kind, message }) => [kind, message])).toEqual([
    ['platform', 'Version: 1'],
    ['message', '  indented'],
    ['platform', ''],
  ]);
});

test('printed lines without a head are entries, and blank lines are left out', () => {
  expect(entriesOf('one\n\ntwo\r\nthree\n\n').map(({ message }) => message)).toEqual(['one', 'two', 'three']);
});

test('every character of a log is in one entry, except for blank lines', () => {
  const log = Object.values(ENTRIES).join(`\n${NEXT}\n`);
  const raw = entriesOf(log).map((entry) => entry.raw);
  expect(raw.join('\n')).toBe(log.replaceAll('\r', '\n'));
});

test('an endless entry is split', () => {
  const entries = entriesOf(`first\n${'  more\n'.repeat(5000)}`);
  expect(entries.length).toBeGreaterThan(1);
  expect(entries.map(({ raw }) => raw.split('\n').length).reduce((a, b) => a + b)).toBe(5001);
});
