import { visibleLine } from './visibleText.ts';

/** VS Code's syntax for icons in text: `$(gear)`, `$(sync~spin)`. */
const ICON = /\$(\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g;
const WORD_JOINER = '\u2060';

/** Escapes text for places where VS Code renders `[label](url)` as links, including `command:` URLs, but no icons. */
export function withoutLinks(text: string): string {
  return visibleLine(text).replaceAll('](', '] (');
}

/** Escapes text for places where VS Code renders icons, so that `$(gear)` is shown literally. */
export function withoutIcons(text: string): string {
  return visibleLine(text).replaceAll(ICON, String.raw`\$$$1`);
}

/** Escapes text for places where VS Code renders links and icons. */
export function withoutMarkup(text: string): string {
  return withoutIcons(text).replaceAll('](', '] (');
}

/** Like `withoutMarkup`, for text that VS Code also shows where `\$(…)` isn't an escape. Uses an invisible mark instead. */
export function withoutMarkupAnywhere(text: string): string {
  return withoutLinks(text).replaceAll(ICON, `$$${WORD_JOINER}$1`);
}
