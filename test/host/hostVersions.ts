/** A VS Code that runs from packages of the npm registry: code-server holds the workbench and the extension host. */
export interface HostVersion {
  readonly vscode: string;
  readonly codeServer: string;
  readonly node: string;
}

export const HOST_1_139: HostVersion = { vscode: '1.139', codeServer: '4.139.1', node: '24' };

/** Ripgrep, whose binary code-server would download in an install script. */
export const RIPGREP = '1.18.0';
