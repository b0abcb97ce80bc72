import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mustRun } from './command.ts';
import { RIPGREP, type HostVersion } from './hostVersions.ts';
import { writeNativeStubs } from './nativeStubs.ts';

/** The paths of an installed host: its Node and the folder of code-server. */
export interface InstalledHost {
  readonly node: string;
  readonly codeServer: string;
}

/** Parts of VS Code that no test uses, to save disk. Relative to lib/vscode. */
const UNUSED = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@devcontainers',
  'node_modules/@vscode/sqlite3',
  'node_modules/@vscode/sandbox-runtime',
  'node_modules/kerberos',
  'node_modules/ssh2',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'extensions/microsoft-authentication',
  'extensions/tunnel-forwarding',
];

const NPM = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const NPM_FLAGS = ['--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

function at(folder: string): InstalledHost {
  return {
    node: join(folder, `node_modules/node-linux-${process.arch}/bin/node`),
    codeServer: join(folder, 'node_modules/code-server'),
  };
}

async function prune(vscode: string): Promise<void> {
  for (const path of UNUSED) await rm(join(vscode, path), { recursive: true, force: true });
  for (const pack of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds']) {
    const folder = join(vscode, 'node_modules', pack);
    if (!existsSync(folder)) continue;
    const others = (await readdir(folder)).filter((name) => name !== `linux-${process.arch}`);
    for (const name of others) await rm(join(folder, name), { recursive: true, force: true });
  }
}

/**
 * Installs the TypeScript version of the host where its TypeScript extension expects it. An install script would do the
 * same. The project's TypeScript has no tsserver.
 */
async function installTypeScript(vscode: string): Promise<void> {
  const extensions = join(vscode, 'extensions');
  if (existsSync(join(extensions, 'node_modules/typescript/lib/tsserver.js'))) return;
  await mustRun(NPM, ['install', ...NPM_FLAGS, '--omit=dev'], { cwd: extensions });
}

/** Installs a VS Code host in .vscode-test/, unless it exists. Linux only. */
export async function installHost({ vscode, codeServer, node }: HostVersion): Promise<InstalledHost> {
  const folder = resolve('.vscode-test', `host-${vscode}`);
  if (existsSync(folder)) {
    await installTypeScript(join(at(folder).codeServer, 'lib/vscode')); // missing in hosts of earlier project versions
    return at(folder);
  }
  if (process.platform !== 'linux') {
    throw new Error('The browser host runs on Linux only. Install VS Code and put its `code` command on the PATH.');
  }
  console.log(`Installing VS Code ${vscode} under .vscode-test/ (once)…`);
  // Renamed when complete, so that an interrupted installation isn't used.
  const building = `${folder}.partial`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  await writeFile(join(building, 'package.json'), '{ "name": "host", "version": "0.0.0", "private": true }\n');
  const packages = [
    `code-server@${codeServer}`,
    `node-linux-${process.arch}@${node}`,
    `@vscode/ripgrep-linux-${process.arch}@${RIPGREP}`,
  ];
  await mustRun(NPM, ['install', ...NPM_FLAGS, ...packages], { cwd: building });
  const vscodeFolder = join(at(building).codeServer, 'lib/vscode');
  await mustRun(NPM, ['install', ...NPM_FLAGS, '--omit=dev'], { cwd: vscodeFolder });
  await installTypeScript(vscodeFolder);
  await writeNativeStubs(at(building).codeServer);
  await prune(vscodeFolder);
  await rename(building, folder);
  return at(folder);
}
