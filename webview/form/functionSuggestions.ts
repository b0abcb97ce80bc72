import type { FunctionSuggestion } from '../../src/protocol/messages.ts';

/** More rows than this aren't shown, because nobody scrolls through them. */
const MAX_ROWS = 200;

export interface SuggestionGroup {
  readonly source: FunctionSuggestion['source'];
  readonly suggestions: readonly FunctionSuggestion[];
}

const SOURCES = ['recent', 'workspace', 'account'] as const;

function rank({ FunctionName }: FunctionSuggestion, text: string): number {
  const name = FunctionName.toLowerCase();
  if (name.startsWith(text)) return 0;
  return name.includes(text) ? 1 : 2;
}

/**
 * The suggestions whose name or detail contains a text, in groups. Names that begin with it come first. A function is in
 * its first group only. At most 200.
 */
export function matchingSuggestions(all: readonly FunctionSuggestion[], typed: string): SuggestionGroup[] {
  const text = typed.trim().toLowerCase();
  const seen = new Set<string>();
  let left = MAX_ROWS;
  return SOURCES.map((source) => {
    const suggestions = all
      .filter((one) => one.source === source && !seen.has(one.FunctionName))
      .filter((one) => rank(one, text) < 2 || one.detail?.toLowerCase().includes(text) === true)
      .toSorted((one, other) => rank(one, text) - rank(other, text))
      .slice(0, left);
    for (const { FunctionName } of suggestions) seen.add(FunctionName);
    left -= suggestions.length;
    return { source, suggestions };
  }).filter(({ suggestions }) => suggestions.length > 0);
}

/** Whether the text is the name of a suggestion. */
export function isSuggested(all: readonly FunctionSuggestion[], typed: string): boolean {
  return all.some(({ FunctionName }) => FunctionName === typed.trim());
}
