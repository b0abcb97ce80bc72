import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { HOSTS } from '../../host/hostVersions.ts';

const PACKAGE = /^.*node_modules\/(@(?:aws-sdk|smithy)\/[^/]+)\//;

/** The folders of the SDK's packages in the bundles, by name. */
async function bundledPackages(): Promise<Map<string, Set<string>>> {
  const metafiles = JSON.parse(await readFile('out/meta.json', 'utf8')) as {
    readonly outputs: Readonly<Record<string, { readonly inputs: object }>>;
  }[];
  const folders = new Map<string, Set<string>>();
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  for (const path of new Set(outputs.flatMap(({ inputs }) => Object.keys(inputs)))) {
    const [folder, name] = PACKAGE.exec(path) ?? [];
    if (folder !== undefined && name !== undefined) folders.set(name, (folders.get(name) ?? new Set()).add(folder));
  }
  return folders;
}

const packages = await bundledPackages();
const oldestNode = Math.min(...HOSTS.map(({ node }) => Number(node)));

test('the bundles contain the SDK', () => {
  expect([...packages.keys()]).toContain('@aws-sdk/client-lambda');
  expect(oldestNode).toBeGreaterThan(0);
});

test.each([...packages].flatMap(([name, folders]) => [...folders].map((folder) => [name, folder] as const)))(
  '%s runs on the Node.js of the oldest VS Code',
  async (_, folder) => {
    const { engines } = JSON.parse(await readFile(`${folder}package.json`, 'utf8')) as {
      readonly engines?: { readonly node?: string };
    };
    // Another form, such as a list of versions, has to be decided by hand.
    expect(engines?.node).toMatch(/^>= ?\d+(\.0)*$/);
    expect(Number(/\d+/.exec(engines?.node ?? '')?.[0])).toBeLessThanOrEqual(oldestNode);
  },
);

test.each([...packages])('%s is bundled in one version, so that its caches and classes are shared', (_, folders) => {
  expect([...folders]).toHaveLength(1);
});
