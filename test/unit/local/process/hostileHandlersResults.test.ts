import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectGarbage } from '../../../support/collectGarbage.ts';
import {
  describeHostile,
  exited,
  NODE,
  PYTHON,
  returned,
  startHostile,
  thrown,
  type HostileWorkspace,
} from '../../../support/hostileHandlers.ts';

const UNSERIALIZABLE = thrown('Error', 'Unable to stringify response body');
const NO_JSON = thrown('TypeError', 'Wrong arguments');
const isReusable = true;

const NAMES = { '=': 'equals', a: 'x', 'a=b': 'c', ' ': 'space' };

/** Names that Windows doesn't support. */
const UNUSUAL_ENVIRONMENT =
  process.platform === 'win32'
    ? []
    : [
        {
          title: 'with unusual names and long values in its environment',
          code: `async () => ['=', 'a=b', ' '].map((name) => process.env[name]).concat(process.env.LONG.length)`,
          settings: { environment: { ...NAMES, LONG: 'x'.repeat(100_000) } },
          response: returned(['equals', 'c', 'space', 100_000]),
          isReusable,
        },
      ];

describeHostile('a Node.js handler', NODE, [
  {
    title: 'that returns a circular object',
    code: `async () => { const result = {}; result.self = result; return result; }`,
    response: UNSERIALIZABLE,
    isReusable,
  },
  { title: 'that returns a BigInt', code: `async () => ({ value: 1n })`, response: UNSERIALIZABLE, isReusable },
  {
    title: 'that returns an object whose toJSON throws',
    code: `async () => ({ toJSON() { throw new RangeError('no'); } })`,
    response: UNSERIALIZABLE,
    isReusable,
  },
  { title: 'that returns undefined', code: `async () => undefined`, response: returned(null), isReusable },
  { title: 'that returns a function', code: `async () => () => 1`, response: NO_JSON, isReusable },
  {
    title: 'that returns an object whose toJSON returns undefined',
    code: `async () => ({ toJSON() {} })`,
    response: NO_JSON,
    isReusable,
  },
  {
    title: 'that changes the current folder',
    code: `async () => { process.chdir('/'); return 'changed'; }`,
    response: returned('changed'),
    isReusable,
  },
  {
    title: 'that removes all listeners and throws later',
    code: `async () => { process.removeAllListeners(); setTimeout(() => { throw new Error('late'); }); await sleep(20000); }`,
    response: exited('Runtime exited with error: exit status 1'),
  },
  {
    title: 'that replaces the methods of stdout and stderr',
    code: `async () => {
      console.log('before');
      process.stdout.write = process.stderr.write = () => { throw new Error('write'); };
      throw new RangeError('own');
    }`,
    response: thrown('RangeError', 'own'),
    isReusable,
  },
  {
    title: 'that replaces process.exit and throws later',
    code: `async () => { process.exit = () => undefined; setTimeout(() => { throw new Error('late'); }); await sleep(20000); }`,
    response: thrown('Error', 'late'),
  },
  {
    title: 'that replaces the methods of JSON',
    code: `async () => { JSON.parse = JSON.stringify = () => { throw new Error('JSON'); }; return 1; }`,
    response: UNSERIALIZABLE,
    isReusable,
  },
  {
    title: 'whose JSON.stringify supports BigInt',
    code: `async () => {
      const { stringify } = JSON;
      JSON.stringify = (value) => stringify(value, (_, each) => (typeof each === 'bigint' ? Number(each) : each));
      return 7n;
    }`,
    response: returned(7),
    isReusable,
  },
  {
    title: 'that replaces Promise',
    code: `async () => { globalThis.Promise = class { then() {} }; return 'own'; }`,
    response: returned('own'),
    isReusable,
  },
  {
    title: 'that replaces Buffer',
    code: `async () => { globalThis.Buffer = undefined; return 'own'; }`,
    response: returned('own'),
    isReusable,
  },
  ...UNUSUAL_ENVIRONMENT,
  {
    title: 'with a null character in its environment',
    code: `async () => 'started'`,
    settings: { environment: { NULL: 'a\0b' } },
    response: exited('The environment variable "NULL" has a null character.', 'Runtime.InvalidEntrypoint'),
  },
  ...[3_000_000, 1e300, 20.000_1].map((timeout) => ({
    title: `with a timeout of ${timeout} s`,
    code: `async (event, context) => { await sleep(50); return context.getRemainingTimeInMillis() > 10000; }`,
    settings: { timeout },
    response: returned(true),
    isReusable,
  })),
]);

/** AWS's runtime client for Python exits if it can't report the result or the error. */
const EXITED_WITH_1 = exited('Runtime exited with error: exit status 1');

describeHostile('a Python handler', PYTHON, [
  ...[3_000_000, 1e300, 20.000_1].map((timeout) => ({
    title: `with a timeout of ${timeout} s`,
    code: `time.sleep(0.05)\nreturn context.get_remaining_time_in_millis() > 10000`,
    settings: { timeout },
    response: returned(true),
    isReusable,
  })),
  {
    title: 'whose error can’t be converted to text',
    code: `class Unprintable(Exception):\n    def __str__(self): raise ValueError('no')\nraise Unprintable()`,
    response: EXITED_WITH_1,
  },
  {
    title: 'whose error has text that isn’t Unicode',
    code: `raise ValueError('\\ud800')`,
    response: EXITED_WITH_1,
  },
  {
    title: 'whose result has text that isn’t Unicode',
    code: `return '\\ud800'`,
    response: EXITED_WITH_1,
  },
  {
    title: 'that removes sys.stdout',
    code: `sys.stdout = None\nraise ValueError('own')`,
    response: thrown('ValueError', 'own'),
    isReusable,
  },
  {
    title: 'that replaces json.dumps',
    code: `json.dumps = None\nreturn 'own'`,
    response: returned('own'),
    isReusable,
  },
]);

describe('large results', () => {
  const MAX_TEXT = 6_291_556 - 2; // and two quotation marks
  const tooLarge = {
    FunctionError: 'Unhandled',
    result: {
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    },
  };

  test.each([
    ['Node.js', NODE, (length: number) => ({ code: `async () => 'x'.repeat(${length})` })],
    ['Python', PYTHON, (length: number) => ({ code: `return 'x' * ${length}` })],
  ])('of %s are limited to 6,291,556 bytes', async (_, language, returning) => {
    const workspace = await startHostile(language, [MAX_TEXT, MAX_TEXT + 1, 50_000_000].map(returning));
    const { invoke } = workspace;
    const [largest, larger, huge] = await Promise.all([invoke('f0'), invoke('f1'), invoke('f2')]);
    expect([largest?.FunctionError, String(largest?.result).length]).toEqual([undefined, MAX_TEXT]);
    expect([larger, huge]).toMatchObject([tooLarge, tooLarge]);
    await workspace.expectHarmless(expect, 'f2', isReusable);
    await workspace.close();
  });
});

describe('the log', () => {
  const MEGABYTES = 100;
  let workspace: HostileWorkspace;

  beforeAll(async () => {
    const line = `'x'.repeat(99_999) + '\\n'`;
    workspace = await startHostile(NODE, [
      {
        code: `async () => {
          for (let n = 0; n < ${MEGABYTES * 10}; n++) {
            if (!process.stdout.write(${line})) await new Promise((resolve) => process.stdout.once('drain', resolve));
          }
          console.log('the end');
        }`,
      },
    ]);
  });

  afterAll(() => workspace.close());

  test('of any size occupies little memory, and its end is returned', async () => {
    await workspace.invoke('healthy');
    const used = () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers / 1e6;
    };
    const before = used();
    let peak = before;
    let timer: NodeJS.Timeout;
    // With a pause after each measurement, because collecting garbage can take longer than the function has.
    const measure = () => {
      peak = Math.max(peak, used());
      timer = setTimeout(measure, 250);
    };
    timer = setTimeout(measure, 100);
    const { result, log } = await workspace.invoke('f0');
    clearTimeout(timer);
    expect(result).toBeNull();
    expect(log).toMatch(/x{100}\n.*\tINFO\tthe end\nEND .*\nREPORT .*\n$/);
    expect(peak - before).toBeLessThan(MEGABYTES / 2);
    await workspace.expectHarmless(expect, 'f0', isReusable);
  });
});
