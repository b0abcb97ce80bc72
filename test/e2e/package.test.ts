import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';

const VSIX = 'lambda-invoke.vsix';
const MAX_BYTES = 1_000_000;

const END_OF_DIRECTORY = 0x06054b50;

/** The files of a zip archive, by name. */
function unzip(bytes: Buffer): ReadonlyMap<string, Buffer> {
  let end = bytes.length - 22;
  while (bytes.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let remaining = bytes.readUInt16LE(end + 10); remaining > 0; remaining--) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const packed = bytes.subarray(start, start + bytes.readUInt32LE(at + 20));
    const name = bytes.toString('utf8', at + 46, at + 46 + (nameLength ?? 0));
    files.set(name, bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed));
    at += 46 + (nameLength ?? 0) + (extraLength ?? 0) + (commentLength ?? 0);
  }
  return files;
}

const vsix = await readFile(VSIX);
const files = unzip(vsix);
const text = (name: string) => files.get(`extension/${name}`)?.toString('utf8') ?? '';

/** Everything else in the project must not be packaged. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(package|package\.nls)\.json$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/(LICENSE\.txt|SECURITY\.md)$/,
  /^extension\/dist\/(cli|cliCommon|cliLogs|cliTests|common|compare|composition|connections|extension|follow|functionBrowser|functions|functionSources|history|historyStorage|hostCommon|importExport|invoking|laterCommon|logCommon|placeholders|presets|resultExport|samples|stackFrames|statistics|testCommon|testing|unknownFunction|wholeLog)\.js$/,
  /^extension\/dist\/(importHooks|jmespath|jsonc|localEndpoint|messages|nodeBootstrap|sucrase|typeScript)\.js$/,
  /^extension\/dist\/pythonRuntime\/(bootstrap|debugger|lambdaInvoke\/\w+)\.py$/,
  /^extension\/dist\/aws\/[\w-]+\.mjs$/,
  /^extension\/dist\/webview\/(form|following)\.(js|css|html)$/,
  /^extension\/dist\/webview\/statistics\.(js|css)$/,
  /^extension\/dist\/webview\/(editor|elements|result)\.js$/,
  /^extension\/dist\/NOTICE\.txt$/,
  /^extension\/media\/[\w-]+\.(svg|png|webp|md)$/,
  /^extension\/media\/lambda-invoke\.schema\.json$/,
];

test('the package is at most 1,000,000 bytes', () => {
  expect(vsix.byteLength).toBeLessThanOrEqual(MAX_BYTES);
});

test('the package contains only allowed files', () => {
  const others = [...files.keys()].filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
  expect(others).toEqual([]);
  const unused = ALLOWED.filter((pattern) => ![...files.keys()].some((name) => pattern.test(name)));
  expect(unused).toEqual([]);
});

/** vsce renames these files. */
const PACKAGED_AS: Readonly<Record<string, string>> = { 'CHANGELOG.md': 'changelog.md', LICENSE: 'LICENSE.txt' };
/** Only useful with a clone. */
const REPOSITORY_ONLY = 'CONTRIBUTING.md';

test('every picture and file that the README links to is in the package', () => {
  const linked = [...text('readme.md').matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => path);
  expect(linked.length).toBeGreaterThan(4);
  const needed = linked.filter((path) => path !== REPOSITORY_ONLY).map((path) => PACKAGED_AS[path] ?? path);
  expect(needed.filter((path) => !files.has(`extension/${path}`))).toEqual([]);
});

test('the notice lists every bundled package with its license text', async () => {
  type Metafile = { outputs: Record<string, { inputs: Record<string, unknown> }> };
  const metafiles = JSON.parse(await readFile('out/meta.json', 'utf8')) as Metafile[];
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.entries(outputs))
    .filter(([output]) => output.startsWith('dist/'))
    .flatMap(([, output]) => Object.keys(output.inputs));
  const packages = inputs.map((path) => /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const names = new Set(packages.filter((name) => name !== undefined));
  expect(names.size).toBeGreaterThan(10);
  const notice = text('dist/NOTICE.txt');
  expect([...names].filter((name) => !new RegExp(`^${name} [\\d.]+ \\(`, 'm').test(notice))).toEqual([]);
  const parts = notice.split(/\n-{80}\n/).slice(1);
  expect(parts.filter((part) => !/Permission|Mozilla|Licensor|Redistribution|Blue Oak/.test(part))).toEqual([]);
  expect(notice).toContain('Apache License');
  expect(notice).toContain('MIT License');
});

test('the Marketplace fields are set', () => {
  const manifest = JSON.parse(text('package.json')) as Record<string, unknown>;
  for (const field of ['displayName', 'description', 'publisher', 'license', 'icon', 'galleryBanner', 'pricing'])
    expect(manifest[field], field).toBeDefined();
  expect((manifest['keywords'] as unknown[]).length).toBeGreaterThan(4);
  expect((manifest['categories'] as unknown[]).length).toBeGreaterThan(0);
});
