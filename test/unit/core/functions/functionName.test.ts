import { describe, expect, test } from 'vitest';
import { parseFunctionName, splitQualifier } from '../../../../src/core/functions/functionName.ts';

describe('parseFunctionName', () => {
  test.each([
    ['hello', { isArn: false, name: 'hello' }],
    ['hello:live', { isArn: false, name: 'hello', qualifier: 'live' }],
    ['hello:$LATEST', { isArn: false, name: 'hello', qualifier: '$LATEST' }],
    ['123456789012:function:hello', { isArn: false, accountId: '123456789012', name: 'hello' }],
    [
      'eu-west-1:123456789012:function:hello',
      { isArn: false, region: 'eu-west-1', accountId: '123456789012', name: 'hello' },
    ],
    [
      'arn:aws:lambda:us-west-2:123456789012:function:my-function:7',
      {
        isArn: true,
        partition: 'aws',
        region: 'us-west-2',
        accountId: '123456789012',
        name: 'my-function',
        qualifier: '7',
      },
    ],
    [
      'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:hello',
      { isArn: true, partition: 'aws-us-gov', region: 'us-gov-west-1', accountId: '123456789012', name: 'hello' },
    ],
    [
      'arn:aws-eusc:lambda:eusc-de-east-1:123456789012:function:hello:$LATEST.PUBLISHED',
      {
        isArn: true,
        partition: 'aws-eusc',
        region: 'eusc-de-east-1',
        accountId: '123456789012',
        name: 'hello',
        qualifier: '$LATEST.PUBLISHED',
      },
    ],
  ])('parses %s', (text, parts) => {
    expect(parseFunctionName(text)).toEqual(parts);
  });

  test.each([
    '',
    'two words',
    'hello:',
    'hello:live:more',
    'arn:aws:s3:::bucket',
    'arn:aws:lambda:us-west-2:12345:function:x',
    'a/b',
  ])('rejects “%s”', (text) => {
    expect(parseFunctionName(text)).toBeUndefined();
  });
});

describe('splitQualifier', () => {
  test('splits the qualifier off an ARN', () => {
    const arn = 'arn:aws:lambda:us-west-2:123456789012:function:hello';
    expect(splitQualifier(`${arn}:live`)).toEqual({ FunctionName: arn, Qualifier: 'live' });
  });

  test('returns an unqualified name unchanged', () => {
    expect(splitQualifier('hello')).toEqual({ FunctionName: 'hello' });
  });
});
