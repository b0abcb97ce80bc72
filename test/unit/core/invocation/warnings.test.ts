import { describe, expect, test } from 'vitest';
import { fieldWarnings } from '../../../../src/core/invocation/fieldWarnings.ts';
import type { Invocation } from '../../../../src/core/invocation/invocation.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { payloadWarnings } from '../../../../src/core/invocation/payloadWarnings.ts';
import { errorsOf } from '../../../../src/core/invocation/validate.ts';

const base = { FunctionName: 'hello', InvocationType: 'RequestResponse' } as const;
const arn = (partition: string, region: string) => `arn:${partition}:lambda:${region}:123456789012:function:hello`;

describe('fieldWarnings', () => {
  test.each<[string, Partial<Invocation>, string | undefined, string[]]>([
    ['a name alone', {}, 'eu-west-1', []],
    ['an ARN in the connection’s region', { FunctionName: arn('aws', 'eu-west-1') }, 'eu-west-1', []],
    ['an ARN in another region', { FunctionName: arn('aws', 'us-east-1') }, 'eu-west-1', ['arnRegionCounts']],
    ['an ARN with an unknown connection region', { FunctionName: arn('aws', 'us-east-1') }, undefined, []],
    [
      'a partition without that region',
      { FunctionName: arn('aws-cn', 'us-east-1') },
      'us-east-1',
      ['arnRegionPartition'],
    ],
    ['China', { FunctionName: arn('aws-cn', 'cn-north-1') }, 'cn-north-1', []],
    ['GovCloud', { FunctionName: arn('aws-us-gov', 'us-gov-west-1') }, 'us-gov-west-1', []],
    ['a tenant with a space before it', { TenantId: ' a' }, undefined, ['tenantIdSpaces']],
    [
      'a client context that all runtimes support',
      { ClientContext: '{"custom":{},"env":{},"client":{}}' },
      undefined,
      [],
    ],
    [
      'a client context that not all runtimes support',
      { ClientContext: '{"Custom":{}}' },
      undefined,
      ['clientContextKeys'],
    ],
    ['a client context with invalid JSON', { ClientContext: '{' }, undefined, []],
  ])('checks %s', (_, fields, region, codes) => {
    const warnings = fieldWarnings({ ...base, ...fields }, region);
    expect(warnings.map(({ message }) => message.code)).toEqual(codes);
    expect(errorsOf(warnings)).toEqual([]);
  });
});

describe('payloadWarnings', () => {
  test.each<[string, string[]]>([
    ['{"a":1,"b":[1,2,{"a":1}],"c":{"a":2}}', []],
    ['{"a":1,"\\u0061":2}', ['Duplicate key "a" (line 1, column 8). Most runtimes use the last value.']],
    ['[9007199254740991,-9007199254740991,1.5,1e10]', []],
    [
      '[\n  9007199254740993]',
      ["The number 9007199254740993 (line 2, column 3) is sent unchanged. Node.js can't represent it exactly."],
    ],
    ['1e400', ["The number 1e400 (line 1, column 1) is sent unchanged. Node.js can't represent it exactly."]],
    ['9007199254740992', []],
    ['["a","a"]', []],
  ])('checks %s', (text, sentences) => {
    expect(payloadWarnings(text).map((warning) => toSentence(warning))).toEqual(sentences);
  });

  test('skips a large payload', () => {
    expect(payloadWarnings(`[1e400,"${'x'.repeat(300_000)}"]`)).toEqual([]);
  });
});
