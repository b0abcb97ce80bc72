import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string; readonly kind: string }[];
      }
    >
  >;
}

/** Written by the build. */
const metafiles = JSON.parse(await readFile('out/meta.json', 'utf8')) as Metafile[];

function inputsOf(output: string): string[] {
  const match = metafiles.map(({ outputs }) => outputs[output]).find((bundle) => bundle !== undefined);
  return Object.keys(match?.inputs ?? {});
}

test.each([
  ['dist/extension.js', 10_000],
  ['dist/composition.js', 66_000],
  ['dist/common.js', 70_000],
  ['dist/laterCommon.js', 55_000],
  ['dist/logCommon.js', 30_000],
  ['dist/testCommon.js', 20_000],
  ['dist/cli.js', 20_000],
  ['dist/hostCommon.js', 40_000],
  ['dist/importExport.js', 50_000],
  ['dist/testing.js', 70_000],
  ['dist/webview/form.js', 70_000],
  ['dist/webview/result.js', 100_000],
  ['dist/webview/editor.js', 415_000],
  ['dist/statistics.js', 10_000],
  ['dist/webview/statistics.js', 15_000],
])('%s is at most %i bytes', async (path, maxBytes) => {
  expect((await stat(path)).size).toBeLessThanOrEqual(maxBytes);
});

test('activation loads only the registration', () => {
  expect(inputsOf('dist/extension.js').toSorted()).toEqual([
    'src/core/async/lazy.ts',
    'src/core/connection/connection.ts',
    'src/core/connection/endpointAddress.ts',
    'src/core/messages/plainText.ts',
    'src/core/messages/visibleText.ts',
    'src/extension.ts',
    'src/host/compare/compareDocuments.ts',
    'src/host/connections/statusItem.ts',
    'src/host/contributions.ts',
    'src/host/form/formTab.ts',
    'src/host/form/payloadTabs.ts',
    'src/host/functions/functionsView.ts',
    'src/host/history/historyView.ts',
    'src/host/invoking/payloadLenses.ts',
    'src/host/presets/presetsView.ts',
    'src/host/testing/testController.ts',
    'src/host/ui/labels.ts',
    'src/host/ui/treeView.ts',
    'src/host/wiring/registerCommands.ts',
  ]);
});

test.each([
  'dist/extension.js',
  'dist/cli.js',
  'dist/cliCommon.js',
  'dist/cliLogs.js',
  'dist/cliTests.js',
  'dist/common.js',
  'dist/compare.js',
  'dist/composition.js',
  'dist/connections.js',
  'dist/follow.js',
  'dist/functionBrowser.js',
  'dist/functionSources.js',
  'dist/functions.js',
  'dist/history.js',
  'dist/historyStorage.js',
  'dist/hostCommon.js',
  'dist/importExport.js',
  'dist/invoking.js',
  'dist/laterCommon.js',
  'dist/logCommon.js',
  'dist/presets.js',
  'dist/resultExport.js',
  'dist/samples.js',
  'dist/stackFrames.js',
  'dist/statistics.js',
  'dist/testing.js',
  'dist/unknownFunction.js',
  'dist/wholeLog.js',
  'dist/importHooks.js',
  'dist/localEndpoint.js',
  'dist/nodeBootstrap.js',
  'dist/webview/form.js',
  'dist/webview/result.js',
  'dist/webview/statistics.js',
])('%s does not contain the SDK', (path) => {
  const inputs = inputsOf(path);
  expect(inputs.length).toBeGreaterThan(0);
  expect(inputs.filter((input) => /node_modules\/@(aws-sdk|smithy)\//.test(input))).toEqual([]);
});

test('no bundle contains the package debug, whose log can show the credentials of a proxy', () => {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.keys(output.inputs));
  expect(inputs.length).toBeGreaterThan(500);
  expect(inputs.filter((input) => input.includes('node_modules/debug/'))).toEqual([]);
});

test('ranking functions for a payload file needs no other bundle', () => {
  const inputs = ['invoking', 'common', 'hostCommon', 'laterCommon'].flatMap((name) => inputsOf(`dist/${name}.js`));
  expect(inputs).toContain('src/core/samples/eventMatch.ts');
  expect(
    inputs.filter((input) => /\/(?:functionBrowser|browseFunctions|localProcess)\.ts$|^src\/aws\//.test(input)),
  ).toEqual([]);
});

test('the toolkit is loaded after the form, without its peer dependency React', () => {
  const inputs = inputsOf('dist/webview/elements.js');
  expect(inputs.some((input) => input.includes('@vscode/webview-ui-toolkit'))).toBe(true);
  expect(inputsOf('dist/webview/form.js').filter((input) => input.includes('toolkit'))).toEqual([]);
  expect(inputs.filter((input) => input.includes('node_modules/react'))).toEqual([]);
});

test('a module is in at most one of the bundles that the window loads', () => {
  const apart = ['dist/extension.js', 'dist/messages.js', 'dist/samples.js', 'dist/jsonc.js', 'dist/jmespath.js'];
  const bundles = metafiles.find(({ outputs }) => 'dist/composition.js' in outputs)?.outputs ?? {};
  const names = ['common', 'hostCommon', 'laterCommon', 'logCommon', 'testCommon', 'cliCommon'];
  const common = names.flatMap((name) => inputsOf(`dist/${name}.js`)).filter((input) => input.startsWith('src/'));
  expect(new Set(common).size).toBe(common.length);
  expect(common.length).toBeGreaterThan(50);
  for (const bundle of Object.keys(bundles).filter((output) => !apart.includes(output))) {
    expect(inputsOf(bundle).filter((input) => common.includes(input))).toEqual([]);
  }
});

/** The files that a file of dist/ loads, with what they load: all, or only at once. */
function loadedFiles(entry: string, only?: 'import-statement'): Set<string> {
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs)) as Metafile['outputs'];
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { path, kind } of outputs[file]?.imports ?? [])
      if (only === undefined || kind === only) loaded.add(path.startsWith('./') ? join(dirname(file), path) : path);
  }
  return loaded;
}

test('the client of CloudWatch Logs is loaded with the first log group', () => {
  const files = [...loadedFiles('dist/aws/index.mjs', 'import-statement')];
  const isLogs = (input: string) => /client-cloudwatch-logs\/|^src\/aws\/logs\//.test(input);
  expect(files.flatMap(inputsOf).length).toBeGreaterThan(100);
  expect(files.flatMap(inputsOf).filter(isLogs)).toEqual([]);
  const later = [...loadedFiles('dist/aws/index.mjs')].flatMap(inputsOf).filter(isLogs);
  expect(later).toContain('src/aws/logs/filterLogEvents.ts');
  expect(later).toContain('src/aws/logs/liveTail.ts');
});

test('the command line loads nothing of VS Code, and only what its npm package contains', async () => {
  const loaded = loadedFiles('dist/cli.js');
  expect([...loaded]).toContain('dist/aws/index.mjs');
  expect([...loaded]).toContain('dist/cliTests.js');
  expect([...loaded]).toContain('dist/cliLogs.js');
  expect([...loaded]).not.toContain('vscode');
  const files = [...loaded].filter((path) => path.startsWith('dist/'));
  const inputs = files.flatMap(inputsOf);
  expect(inputs.length).toBeGreaterThan(500);
  expect(inputs.filter((input) => /^(?:src\/host|webview)\//.test(input))).toEqual([]);
  const build = await readFile('esbuild.mjs', 'utf8');
  const [, list = ''] = /const NPM_FILES = \[(.*?)\];/s.exec(build) ?? [];
  const packaged = [...list.matchAll(/'([^']+)'/g)].map(([, name]) => `dist/${name}`);
  const missing = files.filter((file) => !packaged.some((path) => file === path || file.startsWith(`${path}/`)));
  expect(missing).toEqual([]);
});

test.each(['form', 'following', 'result', 'editor'])('the script of the %s uses the messages of the host', (name) => {
  const inputs = inputsOf(`dist/webview/${name}.js`);
  expect(inputsOf('dist/messages.js')).toContain('src/core/messages/messages.ts');
  expect(inputs.length).toBeGreaterThan(9);
  expect(inputs.filter((input) => /src\/core\/messages\/\w*(?:essages|Sentences)\.ts$/.test(input))).toEqual([]);
});

test('the result pane is loaded after the form', () => {
  const isResult = (input: string) => /^webview\/(?:result|log)\/|^src\/core\/logs\//.test(input);
  expect(inputsOf('dist/webview/result.js').filter(isResult).length).toBeGreaterThan(20);
  const later = ['webview/result/laterResultPane.ts'];
  expect(inputsOf('dist/webview/form.js').filter(isResult)).toEqual(later);
});

test('the page that follows logs takes the rows from the bundle of the result pane', () => {
  const isRow = (input: string) => /^webview\/(?:result|log)\/|^src\/core\/logs\//.test(input);
  expect(inputsOf('dist/webview/following.js').filter(isRow)).toEqual([]);
});

test.each(['form', 'following'])(
  'the page %s allows only its own script and style, and images from data URLs',
  async (name) => {
    const html = await readFile(`dist/webview/${name}.html`, 'utf8');
    // Pictures in the body of an HTTP response are data.
    const policy = "default-src 'none'; style-src 'nonce-{{nonce}}'; script-src 'nonce-{{nonce}}'; img-src data:";
    expect(html).toContain(`content="${policy}"`);
    const withoutPrices = html.replace('href="https://aws.amazon.com/cloudwatch/pricing/"', '');
    expect(withoutPrices).not.toMatch(/\son\w+=|style="|https?:/);
  },
);
