import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isExtensionError } from '../../support/isExtensionError.ts';

const SERVED = 'http://127.0.0.1:43571/stable-53c2f3253bcf32886706fc023e794bbeb253c90f/static';
const WORKBENCH = `${SERVED}/out/vs/code/browser/workbench/workbench.js`;
const WEBVIEW = `${SERVED}/out/vs/workbench/contrib/webview/browser/pre/index.html?id=8f4edfd5&extensionId=lambda-invoke.lambda-invoke&platform=browser`;

/** Paths of clones, which contain the files of VS Code. */
const CLONES = [
  '/home/ada/lambda-invoke',
  '/home/ada/Lambda Invoke/lambdaInvoke',
  '/tmp/ä b/lambda-invoke',
  '/srv/lambda-invoke.lambda-invoke',
  '/srv/lambda-invoke.json',
  '/srv/lambdaInvoke.old',
  String.raw`C:\src\lambda-invoke`,
  resolve('.'),
];

describe.each(CLONES)('in a clone at %s', (clone) => {
  const vscode = `${clone}/.vscode-test/host-1.139/node_modules/code-server/lib/vscode`;
  const hostFrames = `\tat gc._callActivate (file://${encodeURI(vscode)}/out/vs/workbench/api/node/extensionHostProcess.js:168:18448)\n\tat async zb._activate (file://${vscode}/out/vs/workbench/api/node/extensionHostProcess.js:168:17022)`;
  const installed = '/tmp/li-He6Sxa/extensions/lambda-invoke.lambda-invoke-0.1.0/dist';
  const typescript = `${vscode}/extensions/typescript-language-features/dist/extension.js`;

  test.each([
    [
      'an extension of VS Code',
      `Error: Could not find bundled tsserver.js\n\tat get bundledVersion (${typescript}:52:2542)\n\tat new pS (${typescript}:41:65952)`,
    ],
    [
      'what it logs',
      `%c[Extension Host] %cError: no server\n\tat activate (${typescript}:41:65952)\n${hostFrames} color: blue color: `,
    ],
    ['its ID', '[vscode.typescript-language-features]Could not find bundled tsserver.js'],
    [
      'the workbench',
      `%c  ERR color: #f33 Error: Timed out waiting for authentication provider 'github' to register.\n    at ppt.tryActivateProvider (${WORKBENCH}:840:73682)`,
    ],
    ['a host that fails', `Error: read ECONNRESET\n${hostFrames}`],
    [
      'a file that is gone',
      `%c  ERR color: #f33 ENOENT: no such file or directory, open '${vscode}/product.overrides.json'`,
    ],
  ])('ignores errors of VS Code: %s', (_, text) => {
    expect(isExtensionError(text, WORKBENCH)).toBe(false);
  });

  test.each([
    [
      'thrown',
      `Error: ours\n\tat Timeout._onTimeout (${installed}/extension.js:1:4941)\n\tat listOnTimeout (node:internal/timers:685:17)`,
    ],
    ['thrown while VS Code called it', `Error: ours\n\tat K (${installed}/extension.js:1:4986)\n${hostFrames}`],
    [
      'logged',
      `%c  ERR color: #f33 [Extension Host] Error: ours\n\tat K (${installed}/extension.js:1:4890)\n${hostFrames}`,
    ],
    ['logged without a stack', '%c[Extension Host] %cours color: blue color: '],
    ['by ID', '[lambda-invoke.lambda-invoke]ours'],
    ['a command', "%c  ERR color: #f33 Error: command 'lambdaInvoke.invoke' not found"],
    ['a presets file', "%c  ERR color: #f33 Unable to write file '/w/.vscode/lambda-invoke.json' (Unknown)"],
    ['its storage', "%c  ERR color: #f33 Unable to read '/tmp/li-1/User/globalStorage/lambda-invoke.lambda-invoke/x'"],
  ])('detects errors of the extension: %s', (_, text) => {
    expect(isExtensionError(text, WORKBENCH)).toBe(true);
  });
});

test.each([
  ['logged by the form', 'form-log', ''],
  [
    'thrown in the form',
    'Error: form-throw\n    at <anonymous>:795:3133',
    'Error: form-throw\n    at <anonymous>:795:3133',
  ],
  [
    'a violated policy',
    `Loading the image 'https://example.com/x.png' violates the following Content Security Policy directive: "default-src 'none'".`,
    WEBVIEW,
  ],
  ['a violated policy, reported by the workbench', 'Refused: Content Security Policy', WORKBENCH],
])('detects errors of the form: %s', (_, text, script) => {
  expect(isExtensionError(text, script)).toBe(true);
});

describe('a stack in the page around a webview', () => {
  const thrown = `Error: Found unexpected null\n    at assertIsDefined (${WEBVIEW}:94:11)\n    at ${WEBVIEW}:1072:7`;

  test('is an error of VS Code', () => {
    expect(isExtensionError(thrown, thrown)).toBe(false);
  });

  test('is an error of the form if the form is part of it', () => {
    const own = `${thrown}\n    at open (https://x.vscode-cdn.net/lambda-invoke.lambda-invoke-0.1.0/dist/webview/form.js:1:2)`;
    expect(isExtensionError(own, own)).toBe(true);
  });
});

describe('a missing file', () => {
  const text = 'Failed to load resource: the server responded with a status of 404 (Not Found)';

  test('is ignored if code-server lacks it', () => {
    expect(isExtensionError(text, `${SERVED}/node_modules/vsda/rust/web/vsda.js`)).toBe(false);
  });

  test('is an error in the folder of the extension', () => {
    const resource = 'https://vscode-remote+127-002e0-002e0-002e1-003a43571.vscode-resource.vscode-cdn.net';
    expect(
      isExtensionError(text, `${resource}/tmp/li-1/extensions/lambda-invoke.lambda-invoke-0.1.0/dist/webview/form.js`),
    ).toBe(true);
  });
});

test('ignores the warning of the SDK about old Node versions', () => {
  expect(isExtensionError('%c[Extension Host] %c(node:1) Warning: NodeVersionSupportWarning: …', WORKBENCH)).toBe(
    false,
  );
});

test('ignores the styles that VS Code puts into its own webviews, and reports those in a webview of the extension', () => {
  const text =
    "Applying inline style violates the following Content Security Policy directive 'style-src 'nonce-70be86d0''.";
  expect(isExtensionError(text, WEBVIEW.replace('extensionId=lambda-invoke.lambda-invoke', 'extensionId='))).toBe(
    false,
  );
  expect(isExtensionError(text, WEBVIEW)).toBe(true);
});
