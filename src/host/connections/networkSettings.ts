import * as vscode from 'vscode';
import type { NetworkSettings } from '../../core/connection/networkSettings.ts';

/** What the editor's own settings say of proxies and certificates, as they stand now. */
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
