import { findNodeAtLocation, getNodeValue } from 'jsonc-parser';
import { parseJsonTree } from '../json/parseJsonc.ts';
import { variablesOf } from '../presets/variables.ts';
import type { TextRange } from './expectPosition.ts';

/** A file that a preset names. */
export interface TestFileReference extends TextRange {
  readonly kind: 'snapshot' | 'cases';
  readonly path: string;
  /** The index of the preset in its file. */
  readonly index: number;
}

/** The snapshots and the files with cases that the presets of a file name, except those whose path has variables. */
export function testFileReferences(text: string): TestFileReference[] {
  const root = parseJsonTree(text);
  const presets = (root && findNodeAtLocation(root, ['presets'])?.children) ?? [];
  return presets.flatMap((preset, index) => {
    const nodes = [
      { kind: 'snapshot', node: findNodeAtLocation(preset, ['expect', 'snapshot']) },
      { kind: 'cases', node: findNodeAtLocation(preset, ['cases']) },
    ] as const;
    return nodes.flatMap(({ kind, node }): TestFileReference[] => {
      if (node?.type !== 'string') return [];
      const path = String(getNodeValue(node));
      const isKnown = kind === 'cases' || variablesOf(path).length === 0;
      return isKnown ? [{ kind, path, index, start: node.offset, end: node.offset + node.length }] : [];
    });
  });
}
