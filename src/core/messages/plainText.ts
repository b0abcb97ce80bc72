import { visibleLine } from './visibleText.ts';

/** VS Code's own form of an icon in a text: `$(gear)`, `$(sync~spin)`. */
const ICON = /\$(\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g;
const WORD_JOINER = '\u2060';

/** Text for a place where VS Code makes links of `[label](address)`, `command:` addresses included, and draws no icons. */
export function withoutLinks(text: string): string {
  return visibleLine(text).replaceAll('](', '] (');
}

/** Text for a place where VS Code draws icons: `$(gear)` is shown as it is written. */
export function withoutIcons(text: string): string {
  return visibleLine(text).replaceAll(ICON, String.raw`\$$$1`);
}

/** Text for a place where VS Code makes links and draws icons. */
export function withoutMarkup(text: string): string {
  return withoutIcons(text).replaceAll('](', '] (');
}

/** As `withoutMarkup`, where only some of VS Code's places for the text know `\$(…)`: an invisible mark ends the icon's form. */
export function withoutMarkupAnywhere(text: string): string {
  return withoutLinks(text).replaceAll(ICON, `$$${WORD_JOINER}$1`);
}
