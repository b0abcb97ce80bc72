// Builds the extension into dist/. `--tests` builds the test code into out/ as well; `--watch` keeps building.
import { readFile, writeFile, mkdir, rm } from 'node:fs/promises';
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
      './host/exchangeCommands.ts': './exchange.js',
      './host/stackFrames.ts': './frames.js',
    };
    build.onResolve({ filter: /\.ts$/ }, ({ path, kind }) => {
      const bundle = kind === 'dynamic-import' ? bundles[path] : undefined;
      return bundle === undefined ? undefined : { path: bundle, external: true };
    });
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
      exchange: 'src/host/exchangeCommands.ts',
      frames: 'src/host/stackFrames.ts',
    },
    outdir: 'dist',
    format: 'cjs',
    external: ['vscode'],
    plugins: [loadedLater],
  },
  {
    ...common,
    entryPoints: { index: 'src/aws/index.ts' },
    outdir: 'dist/aws',
    outExtension: { '.js': '.mjs' },
    chunkNames: '[name]-[hash]',
    format: 'esm',
    // Split, so that a credential provider is loaded only where a profile needs it.
    splitting: true,
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  },
  {
    ...common,
    entryPoints: { localEndpoint: 'src/local/main.ts', nodeBootstrap: 'src/local/nodeBootstrap.ts' },
    outdir: 'dist',
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

async function copyPage() {
  await mkdir('dist/webview', { recursive: true });
  await writeFile('dist/webview/form.html', await readFile('webview/form.html'));
}

const all = withTests ? [...builds, ...testBuilds] : builds;
if (isWatch) {
  await copyPage();
  for (const options of all) await (await esbuild.context(options)).watch();
} else {
  await rm('dist', { recursive: true, force: true });
  const results = await Promise.all(all.map((options) => esbuild.build(options)));
  await copyPage();
  // What went into each bundle, for the tests that hold the sizes and the contents.
  await mkdir('out', { recursive: true });
  await writeFile('out/meta.json', JSON.stringify(results.map(({ metafile }) => metafile).filter(Boolean)));
}
