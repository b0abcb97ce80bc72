import type { Connection } from '../core/connection.ts';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';
import type { SharedConfig } from './sharedConfig.ts';

/** An AWS connection with everything found out: where requests go and as whom. */
export interface AwsConnection {
  /** The chosen profile; undefined means the default chain. */
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** An endpoint other than AWS's own, and what names it. */
  readonly endpoint: { readonly url: string; readonly from: string } | undefined;
}

interface Choice {
  readonly connection: Extract<Connection, { kind: 'aws' }>;
  /** The region in the function's ARN. */
  readonly arnRegion?: string | undefined;
  /** The endpoint of the settings. */
  readonly endpointSetting?: string | undefined;
}

function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** `localhost:4566` would be read as a protocol and a path: the request would go somewhere else. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}

function findEndpoint(
  profile: string,
  { profiles, sections }: SharedConfig,
  environment: NodeJS.ProcessEnv,
): AwsConnection['endpoint'] {
  const keys = profiles[profile] ?? {};
  if (isTrue(environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS']) || isTrue(keys['ignore_configured_endpoint_urls'])) {
    return undefined;
  }
  const services = keys['services'] === undefined ? undefined : sections[`services.${keys['services']}`];
  const candidates = [
    [environment['AWS_ENDPOINT_URL_LAMBDA'], 'AWS_ENDPOINT_URL_LAMBDA'],
    [environment['AWS_ENDPOINT_URL'], 'AWS_ENDPOINT_URL'],
    [services?.['lambda.endpoint_url'], `services ${keys['services'] ?? ''}`],
    [keys['endpoint_url'], `profile ${profile}`],
  ] as const;
  for (const [url, from] of candidates) {
    if (url !== undefined && url !== '') return { url, from };
  }
  return undefined;
}

/**
 * Finds a connection's region and endpoint. Region: from the ARN, else the choice, else the profile, else AWS_REGION;
 * with the default chain the environment counts before the profile, as in the AWS CLI. Endpoint: the setting, then
 * AWS_ENDPOINT_URL_LAMBDA, AWS_ENDPOINT_URL, the profile's `services` section, its `endpoint_url`.
 * Throws InvokeError for a profile that does not exist and an endpoint that is no address.
 * Source: AWS SDKs and Tools reference, service-specific endpoints.
 */
export function findAwsConnection(
  { connection, arnRegion, endpointSetting }: Choice,
  config: SharedConfig,
  environment: NodeJS.ProcessEnv,
): AwsConnection {
  const { profile } = connection;
  if (profile !== undefined && config.profiles[profile] === undefined) {
    throw new InvokeError(message('profileUnknown', profile));
  }
  const name = profile ?? environment['AWS_PROFILE'] ?? 'default';
  const fromEnvironment = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'];
  const fromProfile = config.profiles[name]?.['region'];
  const found = profile === undefined ? (fromEnvironment ?? fromProfile) : (fromProfile ?? fromEnvironment);
  const endpoint =
    endpointSetting === undefined
      ? findEndpoint(name, config, environment)
      : { url: endpointSetting, from: 'lambdaInvoke.endpoint' };
  if (endpoint !== undefined && !isAddress(endpoint.url)) {
    throw new InvokeError(message('endpointInvalid', endpoint.url, endpoint.from));
  }
  return { profile, region: arnRegion ?? connection.region ?? found, endpoint };
}
