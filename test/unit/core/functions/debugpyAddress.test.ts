import { expect, test } from 'vitest';
import { formatDebugpyAddress, parseDebugpyAddress } from '../../../../src/core/functions/debugpyAddress.ts';

test.each([
  { port: 1, token: 'abc' },
  { port: 65_535, token: 'abc', copy: { of: 'C:\\My Code\\ü&=', path: '/a b/.aws-sam/build/F' } },
])('an address of debugpy survives being sent as text: %j', (address) => {
  expect(parseDebugpyAddress(formatDebugpyAddress(address))).toEqual(address);
});

test('an address of Node.js isn’t one of debugpy', () => {
  expect(parseDebugpyAddress('ws://127.0.0.1:9229/abc')).toBeUndefined();
});
