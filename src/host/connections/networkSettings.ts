import * as vscode from 'vscode';
import type { NetworkSettings } from '../../core/connection/networkSettings.ts';

/** The current values of VS Code's settings for proxies and certificates. */
export function networkSettings(): NetworkSettings {
  const http = vscode.workspace.getConfiguration('http');
  return {
    proxy: http.get<string>('proxy') ?? '',
    noProxy: http.get<string[]>('noProxy') ?? [],
    proxyAuthorization: http.get<string | null>('proxyAuthorization') ?? '',
    usesProxy: http.get<string>('proxySupport') !== 'off',
    isStrict: http.get<boolean>('proxyStrictSSL') ?? true,
    usesSystemCertificates: http.get<boolean>('systemCertificates') ?? true,
  };
}
