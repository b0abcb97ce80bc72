import { describe, expect, test } from 'vitest';
import type { Invocation } from '../../../../src/core/invocation/invocation.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { payloadSizeProblems, payloadTextProblems, validateFields } from '../../../../src/core/invocation/validate.ts';

const base: Invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload: { kind: 'none' } };

function problemsOf(fields: Partial<Invocation>): [string, string][] {
  return validateFields({ ...base, ...fields }).map(({ field, message }) => [field, message.code]);
}

/** JSON whose base64 has exactly this many bytes (a multiple of 4). */
function jsonOfBase64Length(bytes: number): string {
  const length = (bytes / 4) * 3;
  return `{"a":"${'x'.repeat(length - 8)}"}`;
}

describe('validateFields', () => {
  test('accepts a function name alone', () => {
    expect(problemsOf({})).toEqual([]);
  });

  test.each<[string, Partial<Invocation>, [string, string][]]>([
    ['no name', { FunctionName: '' }, [['FunctionName', 'functionNameMissing']]],
    ['an invalid name', { FunctionName: 'two words' }, [['FunctionName', 'functionNamePattern']]],
    ['a name of 65 characters', { FunctionName: 'x'.repeat(65) }, [['FunctionName', 'bareNameTooLong']]],
    ['a name of 64 characters', { FunctionName: 'x'.repeat(64) }, []],
    ['a FunctionName of 257 characters', { FunctionName: 'x'.repeat(257) }, [['FunctionName', 'functionNameTooLong']]],
    ['a qualifier of 128 characters', { Qualifier: 'x'.repeat(128) }, []],
    ['a qualifier of 129 characters', { Qualifier: 'x'.repeat(129) }, [['Qualifier', 'qualifierTooLong']]],
    ['a qualifier with a space', { Qualifier: 'a b' }, [['Qualifier', 'qualifierPattern']]],
    ['$LATEST.PUBLISHED', { Qualifier: '$LATEST.PUBLISHED' }, []],
    ['a contradicting qualifier', { FunctionName: 'hello:1', Qualifier: '2' }, [['Qualifier', 'qualifierContradicts']]],
    ['the same qualifier twice', { FunctionName: 'hello:1', Qualifier: '1' }, []],
    ['a client context with invalid JSON', { ClientContext: '{' }, [['ClientContext', 'clientContextNotJson']]],
    ['a client context that is an array', { ClientContext: '[]' }, [['ClientContext', 'clientContextNotObject']]],
    ['a client context of 3,580 bytes of base64', { ClientContext: jsonOfBase64Length(3580) }, []],
    [
      'a client context of 3,584 bytes of base64',
      { ClientContext: jsonOfBase64Length(3584) },
      [['ClientContext', 'clientContextTooLong']],
    ],
    ['a tenant of 256 characters', { TenantId: 't'.repeat(256) }, []],
    ['a tenant of 257 characters', { TenantId: 't'.repeat(257) }, [['TenantId', 'tenantIdTooLong']]],
    ['a blank tenant', { TenantId: '  ' }, [['TenantId', 'tenantIdPattern']]],
    ['a tenant with all allowed characters', { TenantId: 'aZ0._:/=+-@ b' }, []],
    [
      'a durable name without qualifier',
      { DurableExecutionName: 'run-1' },
      [['DurableExecutionName', 'durableNeedsQualifier']],
    ],
    ['a durable name with qualifier', { DurableExecutionName: 'run-1', Qualifier: 'live' }, []],
    [
      'a durable name with a dot',
      { DurableExecutionName: 'a.b', Qualifier: '1' },
      [['DurableExecutionName', 'durableNamePattern']],
    ],
    [
      'a durable name of 65 characters',
      { DurableExecutionName: 'x'.repeat(65), Qualifier: '1' },
      [['DurableExecutionName', 'durableNameTooLong']],
    ],
  ])('checks %s', (_, fields, expected) => {
    expect(problemsOf(fields)).toEqual(expected);
  });

  test('reports the actual length and the limit', () => {
    const [problem] = validateFields({ ...base, ClientContext: jsonOfBase64Length(3912) });
    expect(problem && toSentence(problem.message)).toBe(
      'ClientContext has 3,912 bytes of base64. The maximum is 3,583.',
    );
  });
});

describe('payload rules', () => {
  test.each([
    [6_291_456, 'RequestResponse', 0],
    [6_291_457, 'RequestResponse', 1],
    [6_291_457, 'DryRun', 1],
    [1_048_576, 'Event', 0],
    [1_048_577, 'Event', 1],
  ] as const)('%i bytes with %s have %i problems', (bytes, type, count) => {
    expect(payloadSizeProblems(bytes, type)).toHaveLength(count);
  });

  test('invalid JSON is reported with line and column', () => {
    const [problem] = payloadTextProblems('{\n  "a": 1,\n}');
    expect(problem && toSentence(problem.message)).toBe("The payload isn't valid JSON (line 3, column 1).");
  });

  test.each(['', 'null', '1e400', '{"a":1,"a":2}', String.raw`"\ud800"`, '[1]\n'])('%j is valid', (text) => {
    expect(payloadTextProblems(text)).toEqual([]);
  });
});
