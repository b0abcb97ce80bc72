// Builds the extension into dist/.
//   --tests     also builds the tests into out/
//   --watch     builds everything with source maps, and again whenever a file changes
//   --package   packages dist/ as lambda-invoke.vsix, and the command line for npm as lambda-invoke.tgz
//   --endpoint  builds the local endpoint and runs it; the arguments that follow are the endpoint's
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import zopfli from '@gfx/zopfli';
import { writeThirdPartyNotices } from '@rnx-kit/third-party-notices';
import * as esbuild from 'esbuild';
import { minify } from 'terser';

const isWatch = process.argv.includes('--watch');
const isPackage = process.argv.includes('--package');

/** @type {esbuild.BuildOptions} */
const common = {
  bundle: true,
  minify: !isWatch,
  sourcemap: isWatch ? 'inline' : false,
  target: 'node20',
  platform: 'node',
  // With `main` first, the SDK's bundles are half as large again, and jsonc-parser doesn't load.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  logLevel: isWatch ? 'silent' : 'warning',
  metafile: true,
};

/** @type {esbuild.BuildOptions} */
const page = {
  ...common,
  outdir: 'dist/webview',
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  target: 'chrome132',
  format: 'iife',
};

/** Bundles that others require. Without them, extension.js would be five times as large and slow down activation. */
const SHARED = ['messages.js', 'jsonc.js', 'jmespath.js'];
const sourceOf = (path, folder = '.') => (path.endsWith('.ts') ? resolve(folder, path) : path);

/** The bundles that can be loaded from others, by their sources. */
function bundlesBySource() {
  const ofHost = Object.entries(host.entryPoints).map(([name, source]) => [sourceOf(source), `${name}.js`]);
  const others = { 'src/aws/index.ts': 'aws/index.mjs', 'src/local/code/typeScript/sucrase.ts': 'sucrase.js' };
  return new Map([...ofHost, ...Object.entries(others).map(([source, file]) => [sourceOf(source), file])]);
}

/**
 * Keeps bundles apart: esbuild would copy an `import()` into the importing bundle, and activation would load everything.
 * @type {esbuild.Plugin}
 */
const separateBundles = {
  name: 'separate-bundles',
  setup(build) {
    const bundles = bundlesBySource();
    const dist = relative(build.initialOptions.outdir, 'dist') || '.';
    build.onResolve(
      { filter: /\.ts$|^(jsonc-parser|@jmespath-community\/jmespath)$/ },
      ({ path, kind, resolveDir }) => {
        const bundle = kind === 'entry-point' ? undefined : bundles.get(sourceOf(path, resolveDir));
        const isSeparate = kind === 'dynamic-import' || SHARED.includes(bundle);
        return bundle !== undefined && isSeparate ? { path: `${dist}/${bundle}`, external: true } : undefined;
      },
    );
  },
};

/** The bundles of the extension host. */
const host = {
  ...common,
  entryPoints: {
    extension: 'src/extension.ts',
    composition: 'src/composition.ts',
    compare: 'src/host/compare/commands.ts',
    connections: 'src/host/connections/commands.ts',
    follow: 'src/host/logs/followCommands.ts',
    functionBrowser: 'src/host/functionBrowser/functionBrowser.ts',
    functions: 'src/host/functions/commands.ts',
    functionSources: 'src/host/functions/functionSources.ts',
    history: 'src/host/history/commands.ts',
    historyStorage: 'src/host/history/historyStorage.ts',
    importExport: 'src/host/importExport/commands.ts',
    invoking: 'src/host/invoking/commands.ts',
    placeholders: 'src/host/functions/placeholders.ts',
    presets: 'src/host/presets/commands.ts',
    resultExport: 'src/host/form/resultExport.ts',
    samples: 'src/core/samples/samples.ts',
    stackFrames: 'src/host/form/stackFrames.ts',
    statistics: 'src/host/statistics/commands.ts',
    testing: 'src/host/testing/commands.ts',
    wholeLog: 'src/host/logs/wholeLog.ts',
    unknownFunction: 'src/host/invoking/unknownFunctionError.ts',
    messages: 'src/core/messages/messages.ts',
    jsonc: 'jsonc-parser',
    jmespath: '@jmespath-community/jmespath',
    cli: 'src/cli/main.ts',
    cliLogs: 'src/cli/logsCommand.ts',
    cliTests: 'src/cli/testCommand.ts',
  },
  outdir: 'dist',
  format: 'cjs',
  external: ['vscode'],
  plugins: [separateBundles],
};

/** Loaded without others, or with nothing in common. */
const APART = ['extension', 'samples', 'messages', 'jsonc', 'jmespath'].map((name) => `dist/${name}.js`);

/** The bundles of the modules that several bundles import, so that each is loaded once. */
const COMMON = {
  'dist/common.js': /^src\/(?:app|core|protocol)\//,
  'dist/hostCommon.js': /^src\/host\//,
};

/** The same for the modules that the composition doesn't need. JMESPath and logs have their own bundles, because they're large. */
const LATER_COMMON = {
  'dist/testCommon.js': /^src\/(?:app\/testing|core\/testing\/(?:checkResult|expectation|testCases)\.ts)/,
  'dist/logCommon.js': /^src\/(?:app|core)\/logs\//,
  'dist/laterCommon.js': /^src\/(?:app|core|protocol)\//,
  'dist/cliCommon.js': /^src\/(?:cli|local)\//,
};

/** Which modules are in which of the common bundles, by their paths. A test build lists what several bundles contain. */
async function commonModules() {
  const { metafile } = await esbuild.build({ ...host, write: false });
  const outputs = Object.entries(metafile.outputs).filter(([output]) => !APART.includes(output));
  const counts = new Map();
  for (const { inputs } of outputs.map(([, output]) => output)) {
    const used = Object.entries(inputs).filter(
      ([path, { bytesInOutput }]) => path.startsWith('src/') && bytesInOutput > 0,
    );
    for (const [path] of used) counts.set(path, (counts.get(path) ?? 0) + 1);
  }
  const { inputs } = metafile.outputs['dist/composition.js'];
  const shared = [...counts.keys()].filter((path) => counts.get(path) > 1);
  /** With what they import, unless it is in the others. */
  function withImports(paths, others) {
    const found = new Set(paths);
    // The loop also reaches what the loop adds.
    for (const path of found) {
      const imported = metafile.inputs[path].imports.map((each) => each.path);
      for (const each of imported) if (counts.has(each) && !others.has(each)) found.add(each);
    }
    return found;
  }
  const common = withImports(
    shared.filter((path) => path in inputs),
    new Set(),
  );
  const later = withImports(
    shared.filter((path) => !common.has(path) && Object.values(LATER_COMMON).some((pattern) => pattern.test(path))),
    common,
  );
  /** Each module goes to the first bundle whose pattern matches. */
  const assigned = (patterns, paths) => {
    const rest = new Set(paths);
    return Object.entries(patterns).map(([output, pattern]) => {
      const own = [...rest].filter((path) => pattern.test(path)).toSorted();
      for (const path of own) rest.delete(path);
      return [output, own];
    });
  };
  return new Map([...assigned(COMMON, common), ...assigned(LATER_COMMON, later)]);
}

/** Takes the common modules from their bundles, except those of the bundle that is built. */
const fromCommon = (modules, ownOutput) => ({
  name: 'from-common',
  setup(build) {
    const others = [...modules].filter(([output]) => output !== ownOutput);
    const places = new Map(
      others.flatMap(([output, paths]) => paths.map((path, at) => [resolve(path), { output, name: `m${at}` }])),
    );
    build.onResolve({ filter: /\.ts$/ }, ({ path, kind, resolveDir }) => {
      const module = resolve(resolveDir, path);
      return kind === 'import-statement' && places.has(module)
        ? { path: module, namespace: 'common', sideEffects: false }
        : undefined;
    });
    build.onResolve({ filter: /\.js$/, namespace: 'common' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /\.ts$/, namespace: 'common' }, ({ path }) => {
      const { output, name } = places.get(path);
      return { contents: `module.exports = require('./${relative('dist', output)}').${name};` };
    });
  },
});

/** The builds of the host's bundles. */
async function hostBuilds() {
  const modules = await commonModules();
  const commonBuilds = [...modules].map(([output, paths]) => ({
    ...host,
    entryPoints: undefined,
    stdin: {
      contents: paths.map((path, at) => `export * as m${at} from './${path}';`).join('\n'),
      resolveDir: '.',
    },
    entryNames: basename(output, '.js'),
    plugins: [separateBundles, fromCommon(modules, output)],
  }));
  const { cli, ...windows } = host.entryPoints;
  const entryPoints = (isApart) =>
    Object.fromEntries(Object.entries(windows).filter(([name]) => APART.includes(`dist/${name}.js`) === isApart));
  const shared = { ...host, plugins: [separateBundles, fromCommon(modules)] };
  return [
    { ...host, entryPoints: entryPoints(true) },
    { ...shared, entryPoints: entryPoints(false) },
    { ...shared, entryPoints: { cli }, banner: { js: '#!/usr/bin/env node' } },
    ...commonBuilds,
  ];
}

/** The parts of sucrase for source maps, for checks of its options, and for other languages than TypeScript. */
const UNUSED_PARTS = [
  'computeSourceMap',
  'ESMImportTransformer',
  'flow',
  'FlowTransformer',
  'formatTokens',
  'JestHoistTransformer',
  'jsx/index',
  'JSXTransformer',
  'Options',
  'ReactDisplayNameTransformer',
  'ReactHotLoaderTransformer',
];

/** Replaces the modules whose path matches. For parts of packages that aren't used, and large. */
const replaceUnused = (filter, contents) => ({
  name: 'replace-unused',
  setup: (build) => build.onLoad({ filter }, () => ({ contents })),
});

/** A third of sucrase. */
const smallSucrase = replaceUnused(
  new RegExp(`sucrase[\\\\/]dist[\\\\/]esm[\\\\/](.*[\\\\/])?(${UNUSED_PARTS.join('|')})\\.js$`),
  'exports.validateOptions = () => undefined;',
);

/** Recognizes browsers, in a part of the SDK for web pages. */
const withoutBowser = replaceUnused(/node_modules[\\/]bowser[\\/]/, 'module.exports = {};');

/**
 * Lets the scripts of the page use the messages that the host puts into it, which are a third of their size.
 * @type {esbuild.Plugin}
 */
const sharedModules = {
  name: 'shared-modules',
  setup(build) {
    const messages = resolve('src/core/messages/messages.ts');
    build.onResolve({ filter: /\/messages\.ts$/ }, ({ path, resolveDir }) =>
      resolve(resolveDir, path) === messages
        ? { path: 'messages', namespace: 'shared-modules', sideEffects: false }
        : undefined,
    );
    build.onLoad({ filter: /^messages$/, namespace: 'shared-modules' }, () => ({
      contents: 'module.exports = globalThis.sharedModules.messages;',
    }));
  },
};

/** @type {esbuild.BuildOptions[]} */
const builds = [
  ...(await hostBuilds()),
  {
    ...common,
    entryPoints: { index: 'src/aws/index.ts' },
    outdir: 'dist/aws',
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    format: 'esm',
    plugins: [separateBundles, withoutBowser],
    // Split, so that a credential provider loads only for a profile that needs it.
    splitting: true,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  },
  {
    ...common,
    entryPoints: {
      localEndpoint: 'src/local/main.ts',
      nodeBootstrap: 'src/local/runtimes/nodeBootstrap.ts',
      importHooks: 'src/local/runtimes/hooks/importHooks.ts',
      typeScript: 'src/local/code/typeScript/compilerProcess.ts',
      sucrase: 'src/local/code/typeScript/sucrase.ts',
    },
    outdir: 'dist',
    format: 'cjs',
    plugins: [separateBundles, smallSucrase],
  },
  { ...common, entryPoints: { endpoint: 'src/local/cli.ts' }, outdir: 'out', format: 'cjs' },
  // form.js and form.css
  { ...page, entryPoints: ['webview/main.ts', 'webview/style.css'], entryNames: 'form', plugins: [sharedModules] },
  // following.js and following.css
  {
    ...page,
    entryPoints: ['webview/follow/main.ts', 'webview/follow/follow.css'],
    entryNames: 'following',
    plugins: [sharedModules],
  },
  { ...page, entryPoints: { editor: 'webview/editor/index.ts' }, globalName: 'editors', plugins: [sharedModules] },
  { ...page, entryPoints: { result: 'webview/result/index.ts' }, globalName: 'results', plugins: [sharedModules] },
  { ...page, entryPoints: { elements: 'webview/elements.ts' } },
  // statistics.js and statistics.css
  {
    ...page,
    entryPoints: ['webview/statistics/statistics.ts', 'webview/statistics/statistics.css'],
    entryNames: 'statistics',
    plugins: [sharedModules],
  },
  {
    ...common,
    entryPoints: { 'webview/form': 'webview/form.html', 'webview/following': 'webview/follow/following.html' },
    outdir: 'dist',
    loader: { '.html': 'copy' },
  },
  {
    ...common,
    entryPoints: ['src/local/runtimes/pythonRuntime/**/*.py'],
    outbase: 'src/local/runtimes',
    outdir: 'dist',
    loader: { '.py': 'copy' },
  },
];

/** The tests run unminified, with the packages in node_modules. */
const testOptions = {
  ...common,
  minify: false,
  sourcemap: 'inline',
  packages: 'external',
  outdir: 'out',
  outbase: 'test',
};

const testBuilds = [
  {
    ...testOptions,
    external: ['vscode'],
    entryPoints: [
      'test/integration/*.ts',
      'test/host/starter/extension.ts',
      'test/bench/probe/extension.ts',
      'test/pythonDebugger/extension.ts',
    ],
    format: 'cjs',
  },
  {
    ...testOptions,
    entryPoints: [
      'test/run/*.ts',
      'test/host/*.ts',
      'test/bench/loop.ts',
      'test/bench/echoServer.ts',
      'test/realProjects/inside.ts',
    ],
    outExtension: { '.js': '.mjs' },
    format: 'esm',
  },
];

/** Prints what a problem matcher reads: a begin line, every problem once, an end line. */
function watchReporter(count) {
  let running = count; // The first builds start together.
  const problemsOf = new Map();
  const place = (at) => (at ? `${at.file}:${at.line}:${at.column + 1}` : 'esbuild.mjs:1:1');
  const lines = (kind, all) => all.map(({ text, location }) => `${place(location)}: ${kind}: ${text}`);
  return () => ({
    name: 'watch-reporter',
    setup(build) {
      build.onStart(() => {
        if (problemsOf.has(build) && running++ === 0) console.log('[watch] build started');
      });
      build.onEnd(({ errors, warnings }) => {
        problemsOf.set(build, [...lines('error', errors), ...lines('warning', warnings)]);
        if (--running > 0) return;
        for (const problem of new Set([...problemsOf.values()].flat())) console.log(problem);
        console.log('[watch] build finished');
      });
    },
  });
}

async function watch(all) {
  await rm('dist', { recursive: true, force: true });
  // F5 opens this copy, so that trying things out leaves the clone clean.
  await cp('test/workspace', 'out/workspace', { recursive: true });
  console.log('[watch] build started');
  const reporter = watchReporter(all.length);
  for (const options of all) {
    const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), reporter()] });
    await context.watch();
  }
}

/** Packages that come without the text of their license, and a package of the same publisher that has it. */
const LICENSE_TEXTS = {
  '@microsoft/': '@vscode/webview-ui-toolkit',
  '@vscode/': '@vscode/webview-ui-toolkit',
  '@aws-sdk/': '@aws-sdk/client-lambda',
};

async function textsOf(packageName, pattern) {
  const folder = `node_modules/${packageName}`;
  const files = (await readdir(folder)).filter((file) => pattern.test(file)).toSorted();
  return Promise.all(files.map(async (file) => (await readFile(`${folder}/${file}`, 'utf8')).trim()));
}

async function licenseText({ name, text }) {
  const [, sibling] = Object.entries(LICENSE_TEXTS).find(([scope]) => name.startsWith(scope)) ?? [];
  const license = text ?? (sibling === undefined ? undefined : (await textsOf(sibling, /^licen[cs]e/i))[0]);
  if (license === undefined) throw new Error(`${name} has no license text. Add it to LICENSE_TEXTS.`);
  // Apache 2.0 asks for the notices as well, which the library leaves out.
  return [license, ...(await textsOf(name, /notice/i))].join('\n\n');
}

/** Writes the licenses of what is in the bundles: each text once, below the packages it belongs to. */
async function writeNotice(metafiles) {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const sources = outputs.flatMap(({ inputs }) => Object.keys(inputs)).filter((path) => path.includes('node_modules/'));
  // The library takes the list of files from a source map, and nothing else.
  await writeFile('out/bundled.map', JSON.stringify({ sources: sources.toSorted() }));
  const files = { sourceMapFile: 'out/bundled.map', outputFile: 'out/licenses.json' };
  await writeThirdPartyNotices({ rootPath: '.', json: true, fullLicenseText: true, ...files });
  const parts = new Map();
  for (const entry of JSON.parse(await readFile('out/licenses.json', 'utf8')).packages) {
    const text = await licenseText(entry);
    const key = text.replaceAll(/\s+/g, ' '); // Packages break the lines of the same license differently.
    // The Mozilla Public License asks for the place of the source code.
    const { name, version, license } = entry;
    const source = license.startsWith('MPL') ? `: https://www.npmjs.com/package/${name}/v/${version}` : '';
    const titles = [...(parts.get(key)?.titles ?? []), `${name} ${version} (${license})${source}`];
    parts.set(key, { titles, text });
  }
  const texts = [...parts.values()].map(({ titles, text }) => `${titles.join('\n')}\n\n${text}`);
  const all = ['Lambda Invoke contains code of these packages.', ...texts];
  await writeFile('dist/NOTICE.txt', `${all.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`);
}

/** Names the exports of a CommonJS bundle for `import()`. It doesn't run, so terser removes it. */
const EXPORTED_NAMES = /0&&\(module\.exports=\{[^}]*\}\);?\s*$/;

/**
 * Minifies again. esbuild doesn't remove the SDK's unused schemas, which are objects with computed keys, or optimize
 * across a whole file. Saves 26 kB of the package.
 */
async function minifyAgain() {
  for (const folder of ['dist', 'dist/aws', 'dist/webview']) {
    for (const file of (await readdir(folder)).filter((name) => /\.m?js$/.test(name))) {
      const source = await readFile(`${folder}/${file}`, 'utf8');
      const options = { ecma: 2022, module: file.endsWith('.mjs'), toplevel: folder === 'dist' };
      const { code } = await minify(source, options);
      await writeFile(`${folder}/${file}`, `${code}${EXPORTED_NAMES.exec(source)?.[0] ?? ''}`);
    }
  }
}

async function build(all) {
  await rm('dist', { recursive: true, force: true });
  await mkdir('out', { recursive: true });
  const metafiles = await Promise.all(all.map(async (options) => (await esbuild.build(options)).metafile));
  if (isPackage) await minifyAgain();
  await writeNotice(metafiles.slice(0, builds.length));
  // The tests check the sizes and the contents of the bundles with this.
  await writeFile('out/meta.json', JSON.stringify(metafiles));
}

/** Packages only what .vscodeignore allows. The same sources give the same bytes: all files get the same date. */
async function packageExtension() {
  const stage = 'out/package';
  await rm(stage, { recursive: true, force: true });
  const lines = (await readFile('.vscodeignore', 'utf8')).split('\n');
  const allowed = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1).replace(/\/\*\*$/, ''));
  for (const path of [...allowed, '.vscodeignore']) await cp(path, `${stage}/${path}`, { recursive: true });
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  const args = [resolve('node_modules/@vscode/vsce/vsce'), 'package', ...flags, '--out', resolve('lambda-invoke.vsix')];
  const env = { ...process.env, SOURCE_DATE_EPOCH: '1767225600', TZ: 'UTC' };
  const { status } = spawnSync(process.execPath, args, { cwd: stage, env, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  await recompress('lambda-invoke.vsix');
}

/** Compresses the files of a ZIP archive again with Zopfli, which saves 3 %. */
async function recompress(path) {
  const archive = await readFile(path);
  const directoryEnd = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const parts = [];
  const directory = [];
  let [at, offset] = [archive.readUInt32LE(directoryEnd + 16), 0];
  while (at < directoryEnd) {
    const length = 46 + [28, 30, 32].reduce((sum, field) => sum + archive.readUInt16LE(at + field), 0);
    const entry = Buffer.from(archive.subarray(at, at + length));
    const local = entry.readUInt32LE(42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + entry.readUInt32LE(20));
    const isDeflated = entry.readUInt16LE(10) === 8;
    const data = isDeflated ? await zopfli.deflateAsync(inflateRawSync(packed), { numiterations: 5 }) : packed;
    entry.writeUInt16LE(entry.readUInt16LE(8) & ~8, 8); // The sizes are in the header, not behind the data.
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt32LE(offset, 42);
    const name = entry.subarray(46, 46 + entry.readUInt16LE(28));
    const header = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), entry.subarray(6, 30), Buffer.alloc(2), name]);
    parts.push(header, data);
    offset += header.length + data.length;
    directory.push(entry);
    at += length;
  }
  const end = Buffer.from(archive.subarray(directoryEnd));
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  await writeFile(path, Buffer.concat([...parts, ...directory, end]));
}

/** What the command line loads, in dist/. A test follows its imports. */
const NPM_FILES = [
  'aws',
  'cli.js',
  'cliCommon.js',
  'cliLogs.js',
  'cliTests.js',
  'common.js',
  'importHooks.js',
  'jmespath.js',
  'jsonc.js',
  'laterCommon.js',
  'localEndpoint.js',
  'logCommon.js',
  'messages.js',
  'nodeBootstrap.js',
  'NOTICE.txt',
  'pythonRuntime',
  'sucrase.js',
  'testCommon.js',
  'typeScript.js',
];

/** Packages the command line for npm, from a stage folder: vsce refuses `files` in package.json. */
async function packageForNpm() {
  const stage = 'out/npm';
  await rm(stage, { recursive: true, force: true });
  for (const file of NPM_FILES) await cp(`dist/${file}`, `${stage}/dist/${file}`, { recursive: true });
  for (const file of ['README.md', 'LICENSE']) await cp(file, `${stage}/${file}`);
  const { name, version, license, keywords, bin, engines } = JSON.parse(await readFile('package.json', 'utf8'));
  const { description } = JSON.parse(await readFile('package.nls.json', 'utf8'));
  const manifest = { name, version, description, license, keywords, bin, engines: { node: engines.node } };
  await writeFile(`${stage}/package.json`, `${JSON.stringify(manifest, undefined, 2)}\n`);
  const [command, args] = ['npm', ['pack', '--silent', '--pack-destination', resolve('out')]];
  const packed = spawnSync(command, args, { cwd: stage, encoding: 'utf8', shell: process.platform === 'win32' });
  if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  await rename(`out/${packed.stdout.trim()}`, 'lambda-invoke.tgz');
}

if (isWatch) await watch([...builds, ...testBuilds]);
else {
  await build(process.argv.includes('--tests') ? [...builds, ...testBuilds] : builds);
  if (isPackage) {
    await packageExtension();
    await packageForNpm();
  }
  if (process.argv[2] === '--endpoint') {
    // In this process, so that whatever ends it ends the endpoint.
    await esbuild.stop();
    process.argv.splice(2, 1);
    await import('./out/endpoint.js');
  }
}
