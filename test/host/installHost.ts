import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { mustRun } from './command.ts';
import { RIPGREP, type HostVersion } from './hostVersions.ts';
import { writeNativeStubs } from './nativeStubs.ts';

/** An installed host: its own Node, and code-server's folder. */
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
 * VS Code's TypeScript extension looks for the compiler beside itself, where an install script would have put it. Its
 * version is the host's own choice: the project's TypeScript has no tsserver.
 */
async function installTypeScript(vscode: string): Promise<void> {
  const extensions = join(vscode, 'extensions');
  if (existsSync(join(extensions, 'node_modules/typescript/lib/tsserver.js'))) return;
  await mustRun(NPM, ['install', ...NPM_FLAGS, '--omit=dev'], { cwd: extensions });
}

/** Installs a VS Code host under .vscode-test/, once; later calls find it there. Linux only: elsewhere use a desktop. */
export async function installHost({ vscode, codeServer, node }: HostVersion): Promise<InstalledHost> {
  const folder = resolve('.vscode-test', `host-${vscode}`);
  if (existsSync(folder)) {
    await installTypeScript(join(at(folder).codeServer, 'lib/vscode')); // hosts that were installed before it was needed
    return at(folder);
  }
  if (process.platform !== 'linux') {
    throw new Error('The browser host runs on Linux only. Install VS Code and put its `code` command on the PATH.');
  }
  console.log(`Installing VS Code ${vscode} under .vscode-test/ (once)…`);
  // Under another name until it is whole: an interrupted install is not taken for a host.
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
