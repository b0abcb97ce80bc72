import { editContainer, insertItem, plainItem } from '../presets/jsonContainer.ts';
import type { Preset } from '../presets/preset.ts';

/** A file name that every file system accepts. */
function fileName(name: string): string {
  const plain = name.replaceAll(/[^\p{L}\p{N}_]+/gu, '-').replaceAll(/^-|-$/g, '');
  return plain === '' ? 'snapshot' : plain.slice(0, 60);
}

/** Adds `snapshot` to `expect` of a preset in a valid presets file. All else stays as it is. Returns the path as well. */
export function withSnapshotKey(
  text: string,
  index: number,
  { name, cases }: Pick<Preset, 'name' | 'cases'>,
): { readonly text: string; readonly snapshot: string } {
  const snapshot = `snapshots/${fileName(name)}${cases === undefined ? '' : '-${case:name}'}.json`;
  const item = plainItem(`"snapshot": ${JSON.stringify(snapshot)}`);
  const edited = editContainer(text, ['presets', index, 'expect'], (expected) =>
    insertItem(expected, expected.items.length, item),
  );
  return { text: edited, snapshot };
}
