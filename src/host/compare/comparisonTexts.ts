import type { CompareOptions } from '../../core/compare/compareOptions.ts';
import { comparedLog, comparedRequest, comparedResponse, matchParts, type ComparedPart } from './comparedParts.ts';
import type { ComparedSide } from './comparedSide.ts';
import { figureTexts } from './figures.ts';

/** The parts of a comparison, in the order in which they're shown. */
export const PARTS = ['figures', 'response', 'log', 'request'] as const;
export type Part = (typeof PARTS)[number];

/** The texts of both sides. */
export interface ComparisonTexts extends Readonly<Record<Part, readonly [string, string]>> {
  /** Whether both responses are JSON. */
  readonly isJson: boolean;
}

type Sides = readonly [ComparedSide, ComparedSide];

/** The texts of a comparison. */
export function comparisonTexts(sides: Sides, options: CompareOptions, time: (at: number) => string): ComparisonTexts {
  const both = (read: (side: ComparedSide, options: CompareOptions) => ComparedPart) =>
    [read(sides[0], options), read(sides[1], options)] as const;
  const texts = ([one, other]: readonly [ComparedPart, ComparedPart]) => [one.text, other.text] as const;
  const response = both(comparedResponse);
  const log = both(comparedLog);
  const request = both(comparedRequest);
  const matches = { response: matchParts(...response), log: matchParts(...log), request: matchParts(...request) };
  return {
    figures: figureTexts(sides, { options, matches, time }),
    response: texts(response),
    log: texts(log),
    request: texts(request),
    isJson: response.every(({ isJson }) => isJson),
  };
}
