/** The editor's network settings. */
export interface NetworkSettings {
  /** `http.proxy`. If empty, the environment variables apply. */
  readonly proxy: string;
  /** `http.noProxy`: hosts that bypass the proxy. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`. Sent to the proxy only. */
  readonly proxyAuthorization: string;
  /** `http.proxySupport` is not `off`. */
  readonly usesProxy: boolean;
  /** `http.proxyStrictSSL`: verify certificates. */
  readonly isStrict: boolean;
  /** `http.systemCertificates`: also trust the operating system's certificates. */
  readonly usesSystemCertificates: boolean;
}

export const DEFAULT_NETWORK: NetworkSettings = {
  proxy: '',
  noProxy: [],
  proxyAuthorization: '',
  usesProxy: true,
  isStrict: true,
  usesSystemCertificates: true,
};
