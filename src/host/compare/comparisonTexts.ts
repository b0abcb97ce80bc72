import type { CompareOptions } from '../../core/compare/compareOptions.ts';
import { comparedLog, comparedRequest, comparedResponse, matchParts, type ComparedPart } from './comparedParts.ts';
import type { ComparedSide } from './comparedSide.ts';
import { figureTexts } from './figures.ts';

/** The parts of a comparison, in the order in which they're shown. */
export const PARTS = ['figures', 'response', 'log', 'request'] as const;
export type Part = (typeof PARTS)[number];

type PartText = Pick<ComparedPart, 'text' | 'isJson'>;

/** The texts of both sides. */
export type ComparisonTexts = Readonly<Record<Part, readonly [PartText, PartText]>>;

/** The texts of a comparison. */
export function comparisonTexts(
  sides: readonly [ComparedSide, ComparedSide],
  options: CompareOptions,
  time: (at: number) => string,
): ComparisonTexts {
  const both = (read: (side: ComparedSide, options: CompareOptions) => ComparedPart) =>
    [read(sides[0], options), read(sides[1], options)] as const;
  const response = both(comparedResponse);
  const log = both(comparedLog);
  const request = both(comparedRequest);
  const matches = { response: matchParts(...response), log: matchParts(...log), request: matchParts(...request) };
  const [left, right] = figureTexts(sides, { options, matches, time });
  const figures = [
    { text: left, isJson: false },
    { text: right, isJson: false },
  ] as const;
  return { figures, response, log, request };
}
