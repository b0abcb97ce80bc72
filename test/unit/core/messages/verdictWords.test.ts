import { expect, test } from 'vitest';
import { VERDICT_WORDS, verdictWords } from '../../../../src/core/messages/verdictWords.ts';

const english = (template: string, ...args: string[]) =>
  args.reduce((text, arg, at) => text.replaceAll(`{${at}}`, arg), template);

test('the text of a verdict includes the status code that the function returned', () => {
  expect(verdictWords({ level: 'warning', label: 'returnedHttp', statusCode: 404 }, english)).toBe('Returned HTTP 404');
  expect(verdictWords({ level: 'error', label: 'timeout' }, english)).toBe('Timed out');
});

test('each verdict has its own text', () => {
  const words = Object.values(VERDICT_WORDS);
  expect(new Set(words).size).toBe(words.length);
});
