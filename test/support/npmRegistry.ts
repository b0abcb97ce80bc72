import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

interface Package {
  readonly versions: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** An npm registry on loopback with these packages. The last version is the latest. */
export async function startNpmRegistry(packages: Readonly<Record<string, Package>>) {
  const folder = await mkdtemp(join(tmpdir(), 'li-registry-'));
  const requests: string[] = [];
  const tarballs = new Map<string, Buffer>();
  let isSilent = false;

  async function pack(name: string, version: string, { files, scripts = {} }: Package): Promise<Buffer> {
    const root = join(folder, `${name.replace('/', '+')}-${version}`);
    const manifest = JSON.stringify({ name, version, scripts });
    for (const [path, text] of Object.entries({ ...files, 'package.json': manifest })) {
      await mkdir(dirname(join(root, 'package', path)), { recursive: true });
      await writeFile(join(root, 'package', path), text);
    }
    return execFileSync('tar', ['-cz', '-C', root, 'package']);
  }

  for (const [name, each] of Object.entries(packages))
    for (const version of each.versions) tarballs.set(`${name}@${version}`, await pack(name, version, each));

  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '').slice(1);
    requests.push(path);
    if (isSilent) return;
    const tarball = tarballs.get(path);
    if (tarball !== undefined) return void response.end(tarball);
    const metadata = packages[path];
    if (metadata === undefined) return void response.writeHead(404).end('{}');
    const { versions, scripts = {} } = metadata;
    const entries = versions.map((version) => {
      const bytes = tarballs.get(`${path}@${version}`) ?? Buffer.alloc(0);
      const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
      const dist = { tarball: `${url}/${encodeURIComponent(`${path}@${version}`)}`, integrity };
      return [version, { name: path, version, scripts, hasInstallScript: true, dist }] as const;
    });
    const tags = { latest: versions.at(-1) };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name: path, 'dist-tags': tags, versions: Object.fromEntries(entries) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    requests,
    /** From now on, requests aren't answered. */
    fallSilent: () => (isSilent = true),
    async close() {
      server.close();
      server.closeAllConnections();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
