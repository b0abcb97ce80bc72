import type { AwsConfig } from '../core/awsConfig/profile.ts';

/** An endpoint other than AWS's own, and what names it. */
export interface ConfiguredEndpoint {
  readonly url: string;
  readonly from: string;
}

/** Services by the names that the config files and the environment have for them. */
type Service = 'lambda' | 'sts' | 'sso' | 'sso_oidc' | 'cloudformation';

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/**
 * The endpoint that the environment or a profile names for a service: AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the
 * profile's `services` section, its `endpoint_url`; none with ignore_configured_endpoint_urls.
 * Source: AWS SDKs and Tools reference, service-specific endpoints.
 */
export function configuredEndpoint(
  service: Service,
  {
    profile,
    config,
    environment,
  }: {
    readonly profile: string;
    readonly config: Pick<AwsConfig, 'profiles' | 'sections'>;
    readonly environment: NodeJS.ProcessEnv;
  },
): ConfiguredEndpoint | undefined {
  const keys = config.profiles[profile] ?? {};
  if (isTrue(environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']) || isTrue(keys['ignore_configured_endpoint_urls'])) {
    return undefined;
  }
  const services = keys['services'] === undefined ? undefined : config.sections[`services.${keys['services']}`];
  const ofService = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  const candidates = [
    [environment[ofService], ofService],
    [environment['AWS_ENDPOINT_URL'], 'AWS_ENDPOINT_URL'],
    [services?.[`${service}.endpoint_url`], `services ${keys['services'] ?? ''}`],
    [keys['endpoint_url'], `profile ${profile}`],
  ] as const;
  for (const [url, from] of candidates) {
    if (url !== undefined && url !== '') return { url, from };
  }
  return undefined;
}
