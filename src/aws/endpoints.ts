import type { AwsConfig } from '../core/connection/profile.ts';
import { endpointProblem, shownAddress } from '../core/connection/endpointAddress.ts';
import { isTrue, variable } from '../core/connection/awsEnvironment.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { message } from '../core/messages/messages.ts';

/** An endpoint other than AWS's own, and what names it. */
export interface ConfiguredEndpoint {
  readonly url: string;
  readonly from: string;
}

/** Services by the names that the config files and the environment have for them. */
export type Service = 'lambda' | 'sts' | 'sso' | 'sso_oidc' | 'signin' | 'cloudformation' | 'cloudwatch_logs';

/** What a client's address depends on: the profile that counts, the files and the environment. */
export interface Configuration {
  readonly profile: string;
  readonly config: Pick<AwsConfig, 'profiles' | 'sections'>;
  readonly environment: NodeJS.ProcessEnv;
}

/** Which of AWS's own endpoints are used. Source: AWS SDKs and Tools reference, dual-stack and FIPS endpoints. */
export interface Variants {
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
}

const NO_VARIANTS: Variants = { useFipsEndpoint: false, useDualstackEndpoint: false };

/** A switch that the environment or the profile sets; also an empty variable overrides the profile, as in the AWS CLI. */
function isEnabled(key: string, { profile, config, environment }: Configuration): boolean {
  return isTrue(environment[`AWS_${key.toUpperCase()}`] ?? config.profiles[profile]?.[key]);
}

export function configuredVariants(configuration: Configuration): Variants {
  return {
    useFipsEndpoint: isEnabled('use_fips_endpoint', configuration),
    useDualstackEndpoint: isEnabled('use_dualstack_endpoint', configuration),
  };
}

/**
 * The endpoint that the environment or a profile names for a service: AWS_ENDPOINT_URL_SERVICE, AWS_ENDPOINT_URL, the
 * profile's `services` section, its `endpoint_url`; none with ignore_configured_endpoint_urls.
 * Source: AWS SDKs and Tools reference, service-specific endpoints.
 */
export function configuredEndpoint(service: Service, configuration: Configuration): ConfiguredEndpoint | undefined {
  const { profile, config, environment } = configuration;
  if (isEnabled('ignore_configured_endpoint_urls', configuration)) return undefined;
  const keys = config.profiles[profile] ?? {};
  const services = keys['services'] === undefined ? undefined : config.sections[`services.${keys['services']}`];
  const serviceVariable = `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  const candidates = [
    [variable(serviceVariable, environment), serviceVariable],
    [variable('AWS_ENDPOINT_URL', environment), 'AWS_ENDPOINT_URL'],
    [services?.[`${service}.endpoint_url`], `services ${keys['services'] ?? ''}`],
    [keys['endpoint_url'], `profile ${profile}`],
  ] as const;
  for (const [url, from] of candidates) {
    if (url !== undefined && url !== '') return { url, from };
  }
  return undefined;
}

/** `localhost:4566` would be read as a protocol and a path: the request would go somewhere else. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}

/**
 * Throws InvokeError where an endpoint isn't an address. What AWS's files and variables name may carry more than a server,
 * as AWS's own tools take it; what was chosen here may not.
 */
export function checkEndpoint(endpoint: ConfiguredEndpoint | undefined, { isChosen = false } = {}): void {
  if (endpoint === undefined) return;
  const { url, from } = endpoint;
  const problem = endpointProblem(url, from);
  if (problem === undefined) return;
  if (isChosen || problem.code !== 'endpointTooMuch') throw new InvokeError(problem);
  if (!isAddress(url)) throw new InvokeError(message('endpointInvalid', shownAddress(url), from));
}

/** Everything that a client would otherwise read from files and environment, decided here. */
export interface ServiceOptions extends Variants {
  readonly endpoint?: string;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly defaultsMode: 'legacy';
  readonly retryMode: 'standard';
  readonly authSchemePreference: string[];
  readonly disableClockSkewCorrection: boolean;
  readonly userAgentAppId: () => Promise<string | undefined>;
}

/**
 * How a client finds its service: at a given endpoint, where FIPS and dual-stack don't apply, or at AWS's own. Throws
 * InvokeError for an endpoint that isn't an address.
 */
export function optionsFor(endpoint: ConfiguredEndpoint | undefined, configuration: Configuration): ServiceOptions {
  checkEndpoint(endpoint);
  const { profile, config, environment } = configuration;
  const appId = variable('AWS_SDK_UA_APP_ID', environment) ?? config.profiles[profile]?.['sdk_ua_app_id'];
  return {
    ...(endpoint === undefined ? configuredVariants(configuration) : { ...NO_VARIANTS, endpoint: endpoint.url }),
    ignoreConfiguredEndpointUrls: true,
    // The mode “auto” asks the machine's metadata service for its region.
    defaultsMode: 'legacy',
    retryMode: 'standard',
    authSchemePreference: [],
    disableClockSkewCorrection: isEnabled('disable_clock_skew_correction', configuration),
    userAgentAppId: () => Promise.resolve(appId),
  };
}

/** The same for a service whose endpoint nobody chose. */
export function serviceOptions(service: Service, configuration: Configuration): ServiceOptions {
  return optionsFor(configuredEndpoint(service, configuration), configuration);
}

/** The same for an address that isn't AWS: no profile, file or variable has a say. */
export function fixedOptions(url: string): ServiceOptions {
  const emptyConfiguration = { profile: '', config: { profiles: {}, sections: {} }, environment: {} };
  return optionsFor({ url, from: 'Local' }, emptyConfiguration);
}
