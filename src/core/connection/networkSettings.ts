/** How the network is reached, as the editor's settings say it. */
export interface NetworkSettings {
  /** `http.proxy`; empty means: what the environment says. */
  readonly proxy: string;
  /** `http.noProxy`: hosts that are reached without it. */
  readonly noProxy: readonly string[];
  /** `http.proxyAuthorization`, sent to the proxy alone. */
  readonly proxyAuthorization: string;
  /** `http.proxySupport` is not `off`. */
  readonly usesProxy: boolean;
  /** `http.proxyStrictSSL`: certificates must be trusted. */
  readonly isStrict: boolean;
  /** `http.systemCertificates`: what this machine trusts counts as well. */
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
