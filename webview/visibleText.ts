// Control characters (but tab and line feed), C1 controls, marks that turn the direction of text, a byte order mark.
const INVISIBLE = /(?!\t|\n|\r\n)\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code); // ␛ for ESC
  if (code === 0x7f) return '\u2421';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** A text in which what cannot be seen, or turns other text around, stands as something that can be seen. */
export function visible(text: string): string {
  return text.replaceAll(INVISIBLE, picture);
}
