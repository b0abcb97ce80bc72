import { capText } from './capText.ts';

/** Returns the message of an unknown thrown value, capped at MAX_FOREIGN_TEXT characters. */
export function errorText(error: unknown): string {
  return capText(error instanceof Error ? error.message : String(error));
}
