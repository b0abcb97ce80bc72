import { decodeBase64Text } from '../invocation/base64.ts';
import { jsonErrorOffset } from './jsonScan.ts';

/** What a JSON string holds: JSON, or text that was encoded as base64 and may be JSON. */
export interface EmbeddedText {
  readonly text: string;
  readonly language: 'json' | 'text';
  readonly isBase64: boolean;
}

/** Shorter strings are more likely words. In characters. */
const MIN_BASE64 = 16;

function isJsonContainer(text: string): boolean {
  const trimmed = text.trim();
  const brackets = `${trimmed[0] ?? ''}${trimmed.at(-1) ?? ''}`;
  return (brackets === '{}' || brackets === '[]') && jsonErrorOffset(text) === undefined;
}

/** Whether text has only characters that occur in plain text. Random bytes that happen to be UTF-8 rarely do. */
function isPlain(text: string): boolean {
  return !/[^\t\n\r -~\u00a0-\ufffc\ufffe\uffff]/.test(text);
}

/**
 * The JSON object or array, or the base64 text, in a JSON string literal. Returns undefined for other strings. Takes
 * time linear in the length.
 */
export function embeddedText(literal: string): EmbeddedText | undefined {
  const value = JSON.parse(literal) as string;
  if (isJsonContainer(value)) return { text: value, language: 'json', isBase64: false };
  if (value.length < MIN_BASE64 || value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) return undefined;
  const text = decodeBase64Text(value);
  if (text === undefined || !isPlain(text)) return undefined;
  return { text, language: isJsonContainer(text) ? 'json' : 'text', isBase64: true };
}
