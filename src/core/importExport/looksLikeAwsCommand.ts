/** Whether pasted text looks like a command that importAwsCommand can read. */
export function looksLikeAwsCommand(text: string): boolean {
  // Any shell's line continuation is allowed between the two words.
  const at = text.search(/\blambda[\s\\`^]+invoke(?:[^\w-]|$)/);
  return at !== -1 && /(?:^|[\s\\/;>&|(`"'=$])aws(?:-cli)?[\w.:@]*["']?\s/i.test(text.slice(0, at));
}
