import { expect, test } from 'vitest';
import { withSnapshotKey } from '../../../../src/core/testing/snapshotKey.ts';

const FILE = `{ "presets": [
  { "name": "Order: 1/2", "FunctionName": "f", "expect": {
    "StatusCode": 200 // always
  } }
] }`;

test('a snapshot is added to expect, and all else stays as it is', () => {
  const { text, snapshot } = withSnapshotKey(FILE, 0, { name: 'Order: 1/2' });
  expect(snapshot).toBe('snapshots/Order-1-2.json');
  expect(text).toBe(FILE.replace('200 // always', '200, // always\n    "snapshot": "snapshots/Order-1-2.json"'));
});

test('each case has its own snapshot', () => {
  expect(withSnapshotKey(FILE, 0, { name: 'a', cases: 'c.jsonl' }).snapshot).toBe('snapshots/a-${case:name}.json');
});

test.each(['...', '../..', '/', ''])('the name %j becomes a file name', (name) => {
  expect(withSnapshotKey(FILE, 0, { name }).snapshot).toBe('snapshots/snapshot.json');
});
