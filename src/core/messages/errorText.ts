import { capText } from './capText.ts';

/** What an unknown thrown value says of itself, in at most MAX_FOREIGN_TEXT characters. */
export function errorText(error: unknown): string {
  return capText(error instanceof Error ? error.message : String(error));
}
