import { expect, test } from 'vitest';
import { shortArn } from '../../../../src/core/functions/shortArn.ts';

test('truncates a long ARN in the middle and returns other text unchanged', () => {
  const arn = 'arn:aws:lambda:eu-west-1:123456789012:function:orders:1/durable-execution/order-42/6f1c2a';
  expect(shortArn(arn)).toBe(`arn:aws:lambda:eu-west-1…${arn.slice(-31)}`);
  expect(shortArn(arn)).toHaveLength(56);
  expect(shortArn('arn:aws:lambda:eu-west-1:123456789012:function:hello')).toMatch(/:hello$/);
  expect(shortArn('x'.repeat(100))).toBe('x'.repeat(100));
});
