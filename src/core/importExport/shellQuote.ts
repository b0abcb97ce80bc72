/** Quotes a word for bash. Single quotes preserve every character but the single quote. Source: bash(1), QUOTING. */
export function quoteBash(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Quotes a word for PowerShell. In single quotes, only quotes are special, including typographic ones. Source:
 * about_Quoting_Rules. Windows PowerShell 5.1 drops double quotes when it passes arguments: see base64PowerShell.
 */
export function quotePowerShell(word: string): string {
  return /^[\w:./\\-]+$/.test(word) ? word : `'${word.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** A PowerShell expression for the base64 of a text. Base64 has no quotes, so every version passes it correctly. */
export function base64PowerShell(text: string): string {
  const quoted = `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
  return `([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(${quoted})))`;
}
