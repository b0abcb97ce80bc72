/** A VS Code from the npm registry: code-server contains the workbench and the extension host. */
export interface HostVersion {
  readonly vscode: string;
  readonly codeServer: string;
  readonly node: string;
}

/** The newest version, and the default. */
export const HOST_1_139: HostVersion = { vscode: '1.139', codeServer: '4.139.1', node: '24' };

/** The oldest that `engines` in package.json allows. */
export const HOST_1_100: HostVersion = { vscode: '1.100', codeServer: '4.100.3', node: '20' };

export const HOSTS: readonly HostVersion[] = [HOST_1_139, HOST_1_100];

/** The host with the version in HOST_VSCODE, or else the newest. */
export function chosenHost(version: string | undefined): HostVersion {
  const host = version === undefined ? HOST_1_139 : HOSTS.find(({ vscode }) => vscode === version);
  if (host === undefined) throw new Error(`No host for VS Code ${version}: ${HOSTS.map((h) => h.vscode).join(', ')}`);
  return host;
}

/** code-server's install script would download Ripgrep. */
export const RIPGREP = '1.18.0';
