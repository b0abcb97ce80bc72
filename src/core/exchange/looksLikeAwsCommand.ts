/** Whether a text reads like a command that importAwsCommand could take, so that a paste of it is caught. */
export function looksLikeAwsCommand(text: string): boolean {
  return /(^|[\s\\/;>&])aws(\.exe|\.cmd)?\s[^]*\blambda\s+invoke\b/.test(text);
}
