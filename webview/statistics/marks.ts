import * as l10n from '@vscode/l10n';
import { isCold, type Sample } from '../../src/core/history/statistics.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** Creates an SVG element. */
export function createSvg(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** The marks differ in shape as well, because not everyone can distinguish their colors. */
const SHAPES = {
  warm: 'M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z',
  cold: 'M0 -4.5L4.5 0L0 4.5L-4.5 0z',
  error: 'M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5',
} as const;

export type MarkKind = keyof typeof SHAPES;

export const MARK_KINDS: readonly MarkKind[] = ['warm', 'cold', 'error'];

export function markLabel(kind: MarkKind): string {
  switch (kind) {
    case 'warm':
      return l10n.t('Warm start');
    case 'cold':
      return l10n.t('Cold start');
    case 'error':
      return l10n.t('Function error');
  }
}

/** The marks of an invocation. A cold start that ends with an error has two. */
export function marksOf(sample: Sample): MarkKind[] {
  const start = isCold(sample) ? ['cold' as const] : [];
  if (sample.result === 'functionError') return [...start, 'error'];
  return start.length > 0 ? start : ['warm'];
}

export function mark(kind: MarkKind, x: number, y: number): SVGElement {
  return createSvg('path', { d: SHAPES[kind], class: `mark ${kind}`, transform: `translate(${x} ${y})` });
}
