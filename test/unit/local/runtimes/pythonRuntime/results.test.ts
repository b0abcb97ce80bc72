import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTemporaryWorkspace, type TemporaryWorkspace } from '../../../../support/temporaryWorkspace.ts';

/** Python expressions, by the event for which the handler returns them. */
const VALUES = {
  decimals: '[Decimal("1.10"), Decimal("1E+2"), Decimal("-0"), Decimal("123456789012345678901234567890.5")]',
  decimalInDict: '{"price": Decimal("19.90"), "ü": Decimal(2)}',
  notNumbers: '[Decimal("NaN"), Decimal("-sNaN"), Decimal("-Infinity"), float("nan"), float("inf")]',
  namedPlain: '[Point(1, "x")]',
  named: '[Point(1, Decimal("2.0")), {"at": Point("ü", None)}]',
  tuple: '(1, (2,), [], {}, ())',
  bytes: '{b"key": [b"text", "ü".encode()]}',
  keys: '{1: 1, 1.5: 2, True: 3, None: 4, float("nan"): 5, Level.HIGH: 6}',
  enums: '[Level.HIGH, Odd(5)]',
  unicode: '["ü€😀", "\\x7f\\u2028\\x00"]',
  shared: '[[Decimal(1)]] * 2',
  topBytes: 'b"as it is: \\xc3\\xbc"',
  decimalKey: '{Decimal("1.5"): 1}',
  tupleKey: '{(1, 2): 1}',
  set: '{"nested": {1}}',
  date: 'datetime.date(2026, 1, 2)',
  enumOfTexts: '[Color.RED]',
  invalidBytes: '[b"\\xff"]',
  circular: 'circular()',
  circularNamed: '[Decimal(1), circular()]',
  generator: '(n for n in [])',
  wrongFields: 'WrongFields()',
  longInteger: '10**5000',
};

const CODE = `import collections, datetime, enum
from decimal import Decimal
Point = collections.namedtuple("Point", "x y")
class Level(enum.IntEnum):
    HIGH = 3
class Color(enum.Enum):
    RED = 1
class Odd(int):
    def __repr__(self): return "odd"
    __str__ = __repr__
class WrongFields:
    def _asdict(self): return [1]
def circular():
    value = []
    value.extend([value] * 1000)
    return value
VALUES = {
${Object.entries(VALUES)
  .map(([name, expression]) => `    "${name}": lambda: ${expression},\n`)
  .join('')}}
def handler(event, context):
    return VALUES[event]()
def echo(event, context):
    return event
`;

let workspace: TemporaryWorkspace;

beforeAll(async () => {
  const limits = { timeout: 20, memorySize: 512 };
  workspace = await startTemporaryWorkspace(
    { 'app.py': CODE },
    {
      current: { handler: 'app.handler', runtime: 'python3.12', ...limits },
      newer: { handler: 'app.handler', runtime: 'python3.14', ...limits },
      older: { handler: 'app.handler', runtime: 'python3.11', ...limits },
      echo: { handler: 'app.echo', runtime: 'python3.13', ...limits },
    },
  );
});

afterAll(() => workspace.close());

describe('a result is serialized as on Lambda', () => {
  test.each<[keyof typeof VALUES, string]>([
    ['decimals', '[1.10, 1E+2, -0, 123456789012345678901234567890.5]'],
    ['decimalInDict', '{"price": 19.90, "ü": 2}'],
    ['notNumbers', '[NaN, NaN, -Infinity, NaN, Infinity]'],
    ['namedPlain', '[{"x": 1, "y": "x"}]'],
    ['named', '[{"x": 1, "y": 2.0}, {"at": {"x": "ü", "y": null}}]'],
    ['tuple', '[1, [2], [], {}, []]'],
    ['bytes', '{"key": ["text", "ü"]}'],
    ['keys', '{"1": 3, "1.5": 2, "null": 4, "NaN": 5, "3": 6}'],
    ['enums', '[3, 5]'],
    ['unicode', '["ü€😀", "\x7f\u2028\\u0000"]'],
    ['shared', '[[1], [1]]'],
    ['topBytes', 'as it is: ü'],
  ])('%s', async (name, text) => {
    expect(await workspace.invokeText('current', name)).toBe(text);
  });

  test('with escaped characters before Python 3.12', async () => {
    expect(await workspace.invokeText('older', 'unicode')).toBe(
      String.raw`["\u00fc\u20ac\ud83d\ude00", "\u007f\u2028\u0000"]`,
    );
    expect(await workspace.invokeText('newer', 'unicode')).toBe(await workspace.invokeText('current', 'unicode'));
    expect(await workspace.invokeText('older', 'decimalInDict')).toBe(String.raw`{"price": 19.90, "\u00fc": 2}`);
  });
});

test.each<[keyof typeof VALUES, string]>([
  ['decimalKey', 'keys must be str, int, float, bool or None, not Decimal'],
  ['tupleKey', 'keys must be str, int, float, bool or None, not tuple'],
  ['set', 'Object of type set is not JSON serializable'],
  ['date', 'Object of type date is not JSON serializable'],
  ['enumOfTexts', 'Object of type Color is not JSON serializable'],
  ['invalidBytes', "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"],
  ['circular', 'Circular reference detected'],
  ['circularNamed', 'Circular reference detected'],
  ['generator', 'Object of type generator is not JSON serializable'],
  ['wrongFields', '_asdict() must return a dict, not list'],
])('a result that can’t be serialized causes Runtime.MarshalError: %s', async (name, message) => {
  expect((await workspace.invoke('current', name)).result).toEqual({
    errorType: 'Runtime.MarshalError',
    errorMessage: `Unable to marshal response: ${message}`,
    requestId: expect.any(String),
    stackTrace: [],
  });
});

test('a large result is serialized like a small one', async () => {
  const event = Array.from({ length: 20_000 }, (_, id) => ({ id, price: id / 7, text: `ü${id}`, tags: [null, true] }));
  const text = await workspace.invokeText('echo', event);
  expect(JSON.parse(text)).toEqual(event);
  expect(text.slice(0, 70)).toBe('[{"id": 0, "price": 0, "text": "ü0", "tags": [null, true]}, {"id": 1, ');
});
