import { describe, expect, test } from 'vitest';
import { parseFunctionError, stackLines } from '../../../../src/core/outcome/functionError.ts';

describe('errors of all runtimes', () => {
  const read = (payload: unknown) => parseFunctionError(new TextEncoder().encode(JSON.stringify(payload)));

  test.each<[string, unknown, object]>([
    [
      'Node',
      { errorType: 'Error', errorMessage: 'm', trace: ['Error: m', '    at a (/var/task/a.js:1:2)'] },
      { type: 'Error', stack: ['Error: m', '    at a (/var/task/a.js:1:2)'], causes: [] },
    ],
    [
      'Node with a thrown non-Error',
      { errorType: 'string', errorMessage: 'text', trace: [] },
      { type: 'string', message: 'text', stack: [] },
    ],
    [
      'Ruby',
      { errorMessage: 'm', errorType: 'Function<RuntimeError>', stackTrace: ["/var/task/a.rb:2:in `handler'"] },
      { type: 'Function<RuntimeError>', stack: ["/var/task/a.rb:2:in `handler'"] },
    ],
    ['Rust', { errorType: 'E', errorMessage: 'm' }, { type: 'E', message: 'm', stack: [] }],
    [
      'the stack of older Python runtimes',
      { errorMessage: 'm', errorType: 'E', stackTrace: [['/var/task/a.py', 3, 'handler', 'raise E']] },
      { stack: ['/var/task/a.py 3 handler raise E'] },
    ],
    [
      'Java with causes',
      {
        errorMessage: 'a',
        errorType: 'A',
        stackTrace: ['p.A.a(A.java:1)'],
        cause: { errorMessage: 'b', errorType: 'B', stackTrace: ['p.B.b(B.java:2)'], cause: { errorType: 'C' } },
      },
      {
        type: 'A',
        causes: [
          { type: 'B', message: 'b', stack: ['p.B.b(B.java:2)'], causes: [{ type: 'C', stack: [], causes: [] }] },
        ],
      },
    ],
    [
      '.NET, which reports a single cause twice',
      {
        errorType: 'AggregateException',
        errorMessage: 'm',
        stackTrace: [],
        cause: { errorType: 'X' },
        causes: [{ errorType: 'X' }, { errorType: 'Y' }],
      },
      { causes: [{ type: 'X' }, { type: 'Y' }] },
    ],
    [
      'fields of other types',
      { errorType: 1, errorMessage: {}, stackTrace: { a: 1 }, cause: 'text' },
      { stack: [], causes: [] },
    ],
  ])('%s', (_, payload, expected) => {
    expect(read(payload)).toMatchObject(expected);
  });

  test('limits deep nesting, many causes and many lines', () => {
    const deep = `{"errorType":"E","cause":{"x":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`;
    expect(parseFunctionError(deep)).toMatchObject({ type: 'E', causes: [{ stack: [], causes: [] }] });
    const many = { errorType: 'E', causes: Array.from({ length: 4000 }, (_, n) => ({ errorType: `C${n}` })) };
    expect(read(many).causes).toHaveLength(20);
    const long = read({ errorType: 'E', trace: Array.from({ length: 40_000 }, () => 'f') });
    expect([long.stack.length, long.omittedLines]).toEqual([500, 39_500]);
  });

  test('limits the depth of causes', () => {
    let payload: object = { errorType: 'deepest' };
    for (let depth = 0; depth < 200; depth++) payload = { errorType: `E${depth}`, stackTrace: ['f'], cause: payload };
    expect(stackLines(read(payload)).length).toBe(21);
  });
});
