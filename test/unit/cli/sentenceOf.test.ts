import { expect, test } from 'vitest';
import { sentenceOf } from '../../../src/cli/sentenceOf.ts';
import { message } from '../../../src/core/messages/messages.ts';

test('the command line names its own options instead of commands of the window', () => {
  expect(sentenceOf(message('regionMissing'))).toContain('Add --region');
  expect(sentenceOf(message('testSnapshotMissing', 'a.json'))).toContain('--update-snapshots');
  expect(sentenceOf(message('presetsBroken', 'a.json', '1', '2'))).toBe(
    "a.json isn't valid JSON (line 1, column 2). Correct the file.",
  );
});

test('other messages are the same as in the window', () => {
  expect(sentenceOf(message('presetInvalid', '3', 'a.json', 'Add a "name".'))).toBe(
    'Incomplete preset at line 3 of a.json. Add a "name".',
  );
});
