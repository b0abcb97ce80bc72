import { literalToken, matchesTokens } from '../text/wildcardTokens.ts';

/**
 * Whether a pattern matches a whole text, ignoring case. `*` matches any text. Takes at most `pattern.length ×
 * text.length` steps, however many wildcards the pattern has.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const characters = pattern.toLowerCase().split('');
  const tokens = characters.map((character) => (character === '*' ? '*' : literalToken(character)));
  return matchesTokens(tokens, text.toLowerCase());
}
