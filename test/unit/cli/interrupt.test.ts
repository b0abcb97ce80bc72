import { expect, test } from 'vitest';
import { interruptText } from '../../../src/cli/interrupt.ts';

test('an interrupt names what was running, up to 20 names', () => {
  expect(interruptText([])).toBe('Interrupted.');
  expect(interruptText(['a'])).toBe("Interrupted. Running: a. Stopping doesn't cancel functions in AWS.");
  const names = Array.from({ length: 999 }, (_, at) => `t${at}`);
  expect(interruptText(names)).toMatch(
    /^Interrupted\. Running: t0, t1, .*, t19, 979 more\. Stopping doesn't cancel functions in AWS\.$/,
  );
});
