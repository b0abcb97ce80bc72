/**
 * Whether a pattern matches a whole text, ignoring case. `*` matches any text. Takes at most `pattern.length ×
 * text.length` steps, however many wildcards the pattern has.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const lowerPattern = pattern.toLowerCase();
  const lowerText = text.toLowerCase();
  let textIndex = 0;
  let patternIndex = 0;
  // Backtracking to the last `*` is enough: the text before it already has its shortest match.
  let starIndex = -1;
  let starEnd = 0;
  while (textIndex < lowerText.length) {
    if (lowerPattern[patternIndex] === '*') {
      starIndex = patternIndex++;
      starEnd = textIndex;
    } else if (lowerPattern[patternIndex] === lowerText[textIndex]) {
      patternIndex++;
      textIndex++;
    } else {
      if (starIndex === -1) return false;
      patternIndex = starIndex + 1;
      textIndex = ++starEnd;
    }
  }
  while (lowerPattern[patternIndex] === '*') patternIndex++;
  return patternIndex === lowerPattern.length;
}
