/** Whether a text reads like a command that importAwsCommand could take, so that a paste of it is caught. */
export function looksLikeAwsCommand(text: string): boolean {
  // A line can go on between the two words, with any shell's sign for it.
  const at = text.search(/\blambda[\s\\`^]+invoke(?:[^\w-]|$)/);
  return at !== -1 && /(?:^|[\s\\/;>&|(`"'=$])aws(?:-cli)?[\w.:@]*["']?\s/i.test(text.slice(0, at));
}
