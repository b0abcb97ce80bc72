/** What the extension, its form or a broken policy would show in an error's text. */
const OURS = /lambda-?invoke|\[Extension Host\]|Content Security Policy/i;

/** Scripts of VS Code itself: what they log of their own troubles (a reload brings some) is not about the extension. */
const WORKBENCH_SCRIPT = /\/static\/out\/vs\/(code\/browser\/workbench|workbench\/workbench)/;

/** Files code-server does not bring. */
const MISSING_FILE = /^Failed to load resource: the server responded with a status of 404/;

/** The SDK says at its first use that it will want a newer Node than VS Code 1.100 brings. */
const OLD_NODE = /NodeVersionSupportWarning/;

/** Whether an error that was logged, by a script, is about the extension. */
export function concernsUs(text: string, script: string): boolean {
  if (OLD_NODE.test(text)) return false;
  if (OURS.test(text)) return true;
  return !WORKBENCH_SCRIPT.test(script) && !MISSING_FILE.test(text);
}
