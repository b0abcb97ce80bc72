// Builds the extension into dist/. `--tests` builds the test code into out/ as well; `--watch` keeps building; `--package`
// makes lambda-invoke.vsix of it; `--endpoint` goes on as the local endpoint by itself.
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import * as esbuild from 'esbuild';

const isWatch = process.argv.includes('--watch');
const withTests = process.argv.includes('--tests');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: !isWatch,
  sourcemap: isWatch ? 'inline' : false,
  target: 'node20',
  platform: 'node',
  // Without `module` first, the SDK is half as large again and jsonc-parser does not load.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/**
 * Bundles that are loaded when they are first needed stay outside of the bundle that loads them: esbuild would inline
 * an `import()` otherwise, and everything would be loaded at activation.
 * @type {esbuild.Plugin}
 */
const loadedLater = {
  name: 'loaded-later',
  setup(build) {
    const bundles = {
      './workbench.ts': './workbench.js',
      './aws/index.ts': './aws/index.mjs',
      './core/samples/samples.ts': './samples.js',
      './host/importExport/importExportCommands.ts': './exchange.js',
      './host/form/stackFrames.ts': './frames.js',
      './host/functions/feature.ts': './functions.js',
      './host/functionBrowser/feature.ts': './finding.js',
    };
    build.onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const bundle = kind === 'dynamic-import' ? bundles[path] : undefined;
      return bundle === undefined ? undefined : { path: bundle, external: true };
    });
  },
};

/** What several bundles of the host and the local endpoint need is in the package once. */
const SHARED = { [resolve('src/core/messages/messages.ts')]: 'messages.js', 'jsonc-parser': 'jsonc.js' };

/** @type {(folder: string) => esbuild.Plugin} The folder is the way from the bundle to `dist`. */
const sharedOnce = (folder) => ({
  name: 'shared-once',
  setup(build) {
    build.onResolve({ filter: /messages\.ts$|^jsonc-parser$/ }, ({ path, kind, resolveDir }) => {
      const bundle = SHARED[path] ?? SHARED[resolve(resolveDir, path)];
      return kind === 'entry-point' || bundle === undefined
        ? undefined
        : { path: `${folder}${bundle}`, external: true };
    });
  },
});

/**
 * What nothing here runs: bowser names browsers, no profile asks Cognito, and the proxy agents' log could name a proxy's
 * credentials.
 */
const NOTHING = {
  '@aws-sdk/nested-clients/cognito-identity':
    'export const CognitoIdentityClient = undefined, GetCredentialsForIdentityCommand = undefined, GetIdCommand = undefined;',
  bowser: 'export default undefined;',
  debug: 'export default () => () => undefined;',
  'proxy-agent-negotiate': 'export const createNegotiateAuth = undefined;',
};

/**
 * The SDK's clients once: its credential providers bring copies of two of them, cut down to fewer commands.
 * @type {esbuild.Plugin}
 */
const sdkOnce = {
  name: 'sdk-once',
  setup(build) {
    build.onResolve({ filter: /^@aws-sdk\/nested-clients\/sts$/ }, () => ({
      path: resolve('src/aws/credentials/sts.ts'),
    }));
    build.onResolve({ filter: /^@aws-sdk\/nested-clients\/sso-oidc$/ }, ({ resolveDir }) =>
      build.resolve('@aws-sdk/client-sso-oidc', { kind: 'import-statement', resolveDir }),
    );
    const unused = new RegExp(`^(${Object.keys(NOTHING).join('|')})$`);
    build.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'nothing' }));
    build.onLoad({ filter: /.*/, namespace: 'nothing' }, ({ path }) => ({ contents: NOTHING[path] }));
  },
};

/** @type {esbuild.BuildOptions[]} */
const builds = [
  {
    ...common,
    entryPoints: {
      extension: 'src/extension.ts',
      workbench: 'src/workbench.ts',
      samples: 'src/core/samples/samples.ts',
      exchange: 'src/host/importExport/importExportCommands.ts',
      frames: 'src/host/form/stackFrames.ts',
      functions: 'src/host/functions/feature.ts',
      finding: 'src/host/functionBrowser/feature.ts',
      messages: 'src/core/messages/messages.ts',
      jsonc: 'jsonc-parser',
    },
    outdir: 'dist',
    format: 'cjs',
    external: ['vscode'],
    plugins: [loadedLater, sharedOnce('./')],
  },
  {
    ...common,
    entryPoints: { index: 'src/aws/index.ts' },
    outdir: 'dist/aws',
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    format: 'esm',
    plugins: [sdkOnce, sharedOnce('../')],
    // Split, so that a credential provider is loaded only where a profile needs it.
    splitting: true,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  },
  {
    ...common,
    entryPoints: { localEndpoint: 'src/local/main.ts', nodeBootstrap: 'src/local/runtimes/nodeBootstrap.ts' },
    outdir: 'dist',
    format: 'cjs',
    plugins: [sharedOnce('./')],
  },
  {
    ...common,
    entryPoints: { endpoint: 'src/local/cli.ts' },
    outdir: 'out',
    format: 'cjs',
  },
  {
    ...common,
    entryPoints: { form: 'webview/main.ts' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'chrome132',
    format: 'iife',
  },
  {
    ...common,
    entryPoints: { form: 'webview/style.css' },
    outdir: 'dist/webview',
    platform: 'browser',
    target: 'chrome132',
  },
];

/** Test code runs as it is written, against the packages in node_modules. */
const testBuilds = [
  {
    ...common,
    minify: false,
    sourcemap: 'inline',
    packages: 'external',
    external: ['vscode'],
    entryPoints: ['test/integration/*.ts', 'test/host/starter/extension.ts', 'test/bench/probe/extension.ts'],
    outdir: 'out',
    outbase: 'test',
    format: 'cjs',
  },
  {
    ...common,
    minify: false,
    sourcemap: 'inline',
    packages: 'external',
    entryPoints: ['test/run/*.ts', 'test/host/*.ts', 'test/bench/loop.ts', 'test/bench/echoServer.ts'],
    outdir: 'out',
    outbase: 'test',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
  },
];

async function copyFiles() {
  await cp('src/local/runtimes/pythonBootstrap.py', 'dist/pythonBootstrap.py');
  await mkdir('dist/webview', { recursive: true });
  await writeFile('dist/webview/form.html', await readFile('webview/form.html'));
}

/** The packages whose code is in the bundles, as folders of node_modules. */
function bundledPackages(metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.keys(output.inputs));
  const folders = inputs.map((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  return [...new Set(folders)].filter((folder) => folder !== undefined).toSorted();
}

/** Packages that bring no text of their licence, and one of the same publisher and licence that does. */
const SIBLINGS = { '@microsoft/': '@vscode/webview-ui-toolkit', '@aws-sdk/': '@aws-sdk/client-lambda' };

async function textOfSibling(name) {
  const [, sibling] = Object.entries(SIBLINGS).find(([scope]) => name.startsWith(scope)) ?? [];
  if (sibling === undefined) throw new Error(`${name} brings no text of its licence`);
  return (await licenceOf(`node_modules/${sibling}`)).text;
}

async function licenceOf(folder) {
  const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
  const files = await readdir(folder);
  const wanted = files.filter((file) => /^(licen[cs]e|notice|copying)/i.test(file)).toSorted();
  const texts = await Promise.all(wanted.map((file) => readFile(`${folder}/${file}`, 'utf8')));
  const text = texts.map((part) => part.trim()).join('\n\n');
  return { title: `${name} ${version} (${license})`, text: text === '' ? await textOfSibling(name) : text };
}

/** The licences of what is bundled: each text once, above it the packages it is of. */
async function writeNotice(metafiles) {
  const texts = new Map();
  for (const folder of bundledPackages(metafiles)) {
    const { title, text } = await licenceOf(folder);
    const key = text.replaceAll(/\s+/g, ' '); // one text, however its lines are broken
    texts.set(key, { text, titles: [...(texts.get(key)?.titles ?? []), title] });
  }
  const parts = [...texts.values()].map(
    ({ text, titles }) => [...new Set(titles)].join('\n') + (text === '' ? '' : `\n\n${text}`),
  );
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  const head = 'Lambda Invoke contains code of these packages.';
  await writeFile('dist/NOTICE.txt', `${[head, ...parts].join(line)}\n`);
}

const STAGE = 'out/package';

/** Copies what .vscodeignore lets in: vsce would look at every file of the project, the test hosts' as well. */
async function stageFiles() {
  await rm(STAGE, { recursive: true, force: true });
  const lines = (await readFile('.vscodeignore', 'utf8')).split('\n');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).replace(/\/\*\*$/, ''));
  for (const path of [...allowed, '.vscodeignore']) await cp(path, `${STAGE}/${path}`, { recursive: true });
}

/** Packages what was built. The same sources make the same bytes: every file has the same date, whatever the time zone. */
async function packageExtension() {
  await stageFiles();
  const vsce = resolve('node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const args = [vsce, 'package', ...flags, '--out', resolve('lambda-invoke.vsix')];
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1767225600', TZ: 'UTC' };
  const { status } = spawnSync(process.execPath, args, { cwd: STAGE, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

const all = withTests ? [...builds, ...testBuilds] : builds;
if (isWatch) {
  await copyFiles();
  for (const options of all) await (await esbuild.context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  const results = await Promise.all(all.map((options) => esbuild.build(options)));
  await copyFiles();
  await writeNotice(results.slice(0, builds.length).map(({ metafile }) => metafile));
  // What went into each bundle, for the tests that hold the sizes and the contents.
  await mkdir('out', { recursive: true });
  await writeFile('out/meta.json', JSON.stringify(results.map(({ metafile }) => metafile).filter(Boolean)));
  if (process.argv.includes('--package')) await packageExtension();
  if (process.argv[2] === '--endpoint') {
    // In this process: what ends it ends the endpoint.
    await esbuild.stop();
    process.argv.splice(2, 1);
    await import('./out/endpoint.js');
  }
}
