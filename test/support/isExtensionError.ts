/**
 * The extension by its ID, its installed folder, its own identifiers or its files. A folder that is just called like it is
 * not among them: everybody's clone is, and VS Code's own files lie in the clone.
 */
const EXTENSION =
  /(?<![/\\])\blambda-invoke\.lambda-invoke\b|\blambda-invoke\.lambda-invoke-\d|[/\\]globalStorage[/\\]lambda-invoke\.|(?<![/\\])\blambdaInvoke\.\w|\blambda-invoke(\.schema)?\.json\b(?![/\\])|\blambda-invoke-log:/;

/** What an extension wrote to the console, or a policy that was violated: whose it is, may not be in the text. */
const POSSIBLY_EXTENSION = /\[Extension Host\]|Content Security Policy/;

/** A stack or a prefix that names an extension VS Code brings. */
const OTHER_EXTENSION = /[/\\]lib[/\\]vscode[/\\]extensions[/\\]|\[(vscode|ms-vscode)\.[\w.-]+\]/;

/** Scripts of VS Code itself: what they log of their own troubles (a reload brings some) is not about the extension. */
const WORKBENCH_SCRIPT = /\/static\/out\/vs\/(code\/browser\/workbench|workbench\/workbench)/;

/** Files code-server does not bring; those of the extension are asked for by its folder. */
const MISSING_FILE = /^Failed to load resource: the server responded with a status of 404/;

/** The SDK says at its first use that it will want a newer Node than VS Code 1.100 brings. */
const OLD_NODE = /NodeVersionSupportWarning/;

/** Whether an error that was logged, by a script or about a file at this URL, is about the extension. */
export function isExtensionError(text: string, script: string): boolean {
  if (OLD_NODE.test(text)) return false;
  if (EXTENSION.test(text)) return true;
  if (MISSING_FILE.test(text)) return EXTENSION.test(script);
  if (OTHER_EXTENSION.test(text)) return false;
  return POSSIBLY_EXTENSION.test(text) || !WORKBENCH_SCRIPT.test(script);
}
