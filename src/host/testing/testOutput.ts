import { withoutAnsi } from '../../core/logs/ansi.ts';
import { visibleText } from '../../core/messages/visibleText.ts';

/** Text for the terminal of a test run, which shows escape sequences and needs CR LF. */
export function toTerminal(text: string): string {
  return visibleText(withoutAnsi(text)).replaceAll(/\r?\n/g, '\r\n');
}
