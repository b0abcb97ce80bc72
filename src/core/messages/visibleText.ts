// Invisible characters: controls, default ignorables, line and paragraph separators, lone surrogates, and interlinear
// annotation marks. Joiners and variation selectors are kept where a script or an emoji needs them.
const EMOJI_JOINER = String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})`;
const SCRIPTS = ['Arab', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh'];
const SCRIPT_JOINER = String.raw`(?<=[${SCRIPTS.map((script) => String.raw`\p{Script=${script}}`).join('')}])[\u200c\u200d]`;
const EMOJI_STYLE = String.raw`(?<=\p{Emoji})[\ufe0e\ufe0f]`;
const HAN_VARIANT = String.raw`(?<=\p{Script=Han})[\u{e0100}-\u{e01ef}]`;
const NEEDED = [EMOJI_JOINER, SCRIPT_JOINER, EMOJI_STYLE, HAN_VARIANT].join('|');

const CLASSES = String.raw`\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Cs}\ufff9-\ufffb`;
const INVISIBLE = new RegExp(`(?=[${CLASSES}])(?!${NEEDED}).`, 'gsu');
const INVISIBLE_IN_LINES = new RegExp(String.raw`(?=[${CLASSES}])(?!\t|\n|\r\n|${NEEDED}).`, 'gsu');

function symbol(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code); // ␛ for ESC
  if (code === 0x7f) return '\u2421';
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
}

/** Replaces characters that are invisible or change the text direction with symbols, in text of several lines. */
export function visibleText(text: string): string {
  return text.replaceAll(INVISIBLE_IN_LINES, symbol);
}

/** Like `visibleText`, for a single line: also replaces tabs and line breaks. */
export function visibleLine(text: string): string {
  return text.replaceAll(INVISIBLE, symbol);
}
