/** A word for bash: single quotes keep every character but the single quote itself. Source: bash(1), QUOTING. */
export function quoteBash(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * A word for PowerShell: in single quotes only quotes are special, typographic ones as well. Source: about_Quoting_Rules.
 * Double quotes inside a word do not reach a program in Windows PowerShell 5.1: see base64PowerShell.
 */
export function quotePowerShell(word: string): string {
  return /^[\w:./\\-]+$/.test(word) ? word : `'${word.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** An expression that gives a text's base64: right in every PowerShell, since base64 has no quotes that could get lost. */
export function base64PowerShell(text: string): string {
  const quoted = `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
  return `([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes(${quoted})))`;
}
