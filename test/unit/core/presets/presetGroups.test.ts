import { describe, expect, test } from 'vitest';
import { dropPresets, groupPresets, type DropLocation } from '../../../../src/core/presets/presetGroups.ts';
import { parsePresetsFile } from '../../../../src/core/presets/presetsFile.ts';
import { uniqueName } from '../../../../src/core/presets/uniqueName.ts';

const FILE = JSON.stringify({
  presets: [
    { name: 'a', FunctionName: 'f', group: 'one' },
    { name: 'b', FunctionName: 'f' },
    { name: 'c', FunctionName: 'f', group: 'two' },
    { name: 'd', FunctionName: 'f', group: 'one' },
    { name: 'e', FunctionName: 'f' },
  ],
});

/** The tree's contents in the form `one: a d | two: c | b e`. */
function groupsIn(text: string): string {
  return groupPresets(parsePresetsFile(text, '').entries)
    .map(
      ({ name, entries }) =>
        `${name === undefined ? '' : `${name}: `}${entries.map(({ preset }) => preset.name).join(' ')}`,
    )
    .join(' | ');
}

function drop(from: readonly number[], location: DropLocation): string {
  const { entries } = parsePresetsFile(FILE, '');
  return groupsIn(dropPresets(FILE, { entries, from, location, count: 5 }));
}

describe('groups', () => {
  test('are in order of first appearance, followed by presets without a group', () => {
    expect(groupsIn(FILE)).toBe('one: a d | two: c | b e');
  });

  test.each<[string, readonly number[], DropLocation, string]>([
    [
      'up onto a preset inserts before it',
      [4],
      { kind: 'preset', index: 1, group: undefined },
      'one: a d | two: c | e b',
    ],
    [
      'down onto a preset inserts after it',
      [1],
      { kind: 'preset', index: 4, group: undefined },
      'one: a d | two: c | e b',
    ],
    [
      'onto a preset of a group moves into the group',
      [1],
      { kind: 'preset', index: 3, group: 'one' },
      'one: a d b | two: c | e',
    ],
    ['onto a group appends to it', [4], { kind: 'group', group: 'one' }, 'one: a d e | two: c | b'],
    ['onto the store removes from the group', [0], { kind: 'store' }, 'two: c | one: d | b e a'],
    ['of several presets keeps their order', [4, 1], { kind: 'group', group: 'two' }, 'one: a d | two: c b e'],
  ])('drop %s', (_, from, location, expected) => {
    expect(drop(from, location)).toBe(expected);
  });
});

test('a name that is already used gets a number', () => {
  expect(uniqueName('a', new Set(['b']))).toBe('a');
  expect(uniqueName('a', new Set(['a', 'a 2']))).toBe('a 3');
});
