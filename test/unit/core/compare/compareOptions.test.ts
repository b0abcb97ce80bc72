import { expect, test } from 'vitest';
import {
  compareOptionsKey,
  DEFAULT_COMPARE_OPTIONS,
  parseCompareOptions,
} from '../../../../src/core/compare/compareOptions.ts';

test('stored options are read again', () => {
  const options = { sortsKeys: true, hidesTimes: true, ignoredPaths: ['id', 'items[].at'] };
  expect(parseCompareOptions(JSON.parse(JSON.stringify(options)))).toEqual(options);
});

test('invalid stored options are the defaults, and invalid paths are dropped', () => {
  for (const stored of [undefined, null, 'x', [], { sortsKeys: 1, hidesTimes: 'yes', ignoredPaths: 'id' }]) {
    expect(parseCompareOptions(stored)).toEqual(DEFAULT_COMPARE_OPTIONS);
  }
  expect(parseCompareOptions({ ignoredPaths: ['id', 3, 'a['] }).ignoredPaths).toEqual(['id']);
});

const invocation = { FunctionName: 'hello' };
const daily = { invocation, preset: { name: 'daily', store: 'file:///a' } };

test('options are those of the preset, preferably of the newer invocation', () => {
  const weekly = { invocation, preset: { name: 'weekly', store: 'file:///a' } };
  expect(compareOptionsKey(daily, weekly)).toBe(compareOptionsKey(weekly, weekly));
  expect(compareOptionsKey(daily, { invocation })).toBe(compareOptionsKey(daily, daily));
  expect(compareOptionsKey(daily, daily)).not.toBe(compareOptionsKey(weekly, weekly));
});

test('without presets, options are those of the function, whatever its account, region and version', () => {
  const arn = { invocation: { FunctionName: 'arn:aws:lambda:eu-central-1:123456789012:function:hello:live' } };
  expect(compareOptionsKey(arn, { invocation })).toBe(compareOptionsKey({ invocation }, arn));
  expect(compareOptionsKey(arn, { invocation })).not.toBe(compareOptionsKey(daily, daily));
});
