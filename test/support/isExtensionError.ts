/**
 * The extension's ID, installation folder, identifiers and files. A folder with the extension's name doesn't match,
 * because clones have that name and contain VS Code.
 */
const EXTENSION =
  /(?<![/\\])\blambda-invoke\.lambda-invoke\b|\blambda-invoke\.lambda-invoke-\d|[/\\]globalStorage[/\\]lambda-invoke\.|(?<![/\\])\blambdaInvoke\.\w|\blambda-invoke(\.schema)?\.json\b(?![/\\])|\blambda-invoke-log:/;

/** Errors that don't always say whether they are about this extension. */
const POSSIBLY_EXTENSION = /\[Extension Host\]|Content Security Policy/;

/** Stack traces and prefixes of built-in extensions. */
const OTHER_EXTENSION = /[/\\]lib[/\\]vscode[/\\]extensions[/\\]|\[(vscode|ms-vscode)\.[\w.-]+\]/;

/** VS Code's scripts, which also log errors, for example after a reload. */
const WORKBENCH_SCRIPT = /\/static\/out\/vs\/(code\/browser\/workbench|workbench\/workbench)/;

/**
 * A stack in the page that VS Code puts around every webview. It throws if the webview is closed while it loads. The
 * address of that page contains the extension's ID.
 */
const WEBVIEW_FRAMES =
  /^[^\n]+(?:\n {4}at (?:\w+ \()?http[^\n]+\/vs\/workbench\/contrib\/webview\/browser\/pre\/index\.html\?[^\n]+)+$/;

/** code-server lacks some files. Requests for files of the extension contain its folder. */
const MISSING_FILE = /^Failed to load resource: the server responded with a status of 404/;

/**
 * Whether an error is about the styles that VS Code puts into its own webviews, such as that of a drawing in Get Started.
 * VS Code violates its content security policy when it replaces a document that is still loading.
 */
const isStyleOfVsCode = (text: string, script: string): boolean =>
  text.startsWith('Applying inline style violates') &&
  script.includes('/webview/browser/pre/index.html?') &&
  script.includes('&extensionId=&');

/** The SDK warns that it will require a newer Node than that of VS Code 1.100. */
const OLD_NODE = /NodeVersionSupportWarning/;

/**
 * Whether an error is about the extension. `script` is the URL of the script that logged it, or of the missing file.
 */
export function isExtensionError(text: string, script: string): boolean {
  if (OLD_NODE.test(text) || WEBVIEW_FRAMES.test(text)) return false;
  if (EXTENSION.test(text)) return true;
  if (isStyleOfVsCode(text, script)) return false;
  if (MISSING_FILE.test(text)) return EXTENSION.test(script);
  if (OTHER_EXTENSION.test(text)) return false;
  return POSSIBLY_EXTENSION.test(text) || !WORKBENCH_SCRIPT.test(script);
}
