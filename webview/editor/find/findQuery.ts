export interface FindQuery {
  readonly text: string;
  readonly isCaseSensitive: boolean;
  readonly isWholeWord: boolean;
  readonly isRegExp: boolean;
}

export const EMPTY_QUERY: FindQuery = { text: '', isCaseSensitive: false, isWholeWord: false, isRegExp: false };

const escapePattern = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);

/** The pattern of a query. Undefined for an empty query, `invalid` for an invalid regular expression. */
export function findPattern(query: FindQuery): RegExp | 'invalid' | undefined {
  if (query.text === '') return undefined;
  const source = query.isRegExp ? query.text : escapePattern(query.text);
  const whole = query.isWholeWord ? String.raw`(?<![\p{L}\p{N}_])(?:${source})(?![\p{L}\p{N}_])` : source;
  try {
    return new RegExp(whole, query.isCaseSensitive ? 'gmu' : 'gimu');
  } catch {
    return 'invalid';
  }
}
