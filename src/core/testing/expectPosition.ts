import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { parseJsonTree } from '../json/parseJsonc.ts';
import type { JsonStep } from '../json/jsonMatch.ts';

/** A range of a presets file. Offsets in UTF-16 units. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** The member of an object or the element of an array. Names of headers are compared in lower case. */
function childOf(node: Node, step: JsonStep): Node | undefined {
  if (node.type === 'array') return typeof step === 'number' ? node.children?.[step] : undefined;
  const nameOf = (property: Node) => String(getNodeValue(property.children?.[0] ?? property));
  const members = node.children ?? [];
  return (
    members.findLast((property) => nameOf(property) === step) ??
    members.findLast((property) => nameOf(property).toLowerCase() === step)
  )?.children?.[1];
}

/**
 * Finds parts of a presets file. The text is parsed once. `steps` start at the preset; the range is that of the last part
 * that exists, with its key. Undefined without the preset.
 */
export function createPositions(text: string): (index: number, steps: readonly JsonStep[]) => TextRange | undefined {
  const root = parseJsonTree(text);
  return (index, steps) => {
    let node = root && findNodeAtLocation(root, ['presets', index]);
    if (node === undefined) return undefined;
    for (const step of steps) {
      const child = childOf(node, step);
      if (child === undefined) break;
      node = child;
    }
    const place = node.parent?.type === 'property' ? node.parent : node;
    return { start: place.offset, end: node.offset + node.length };
  };
}
