import type { AwsConfig } from '../core/connection/profile.ts';
import { endpointProblem, shownAddress } from '../core/connection/endpointAddress.ts';
import { isTrue, variable } from '../core/connection/awsEnvironment.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { message } from '../core/messages/messages.ts';

/** An endpoint other than AWS's default; `from` names the setting, variable or profile that configures it. */
export interface ConfiguredEndpoint {
  readonly url: string;
  readonly from: string;
}

/** Services, by their names in config files and environment variables. */
export type Service = 'lambda' | 'sts' | 'sso' | 'sso_oidc' | 'signin' | 'cloudformation' | 'cloudwatch_logs';

/** What a client's endpoint depends on: the effective profile, the config files and the environment. */
export interface Configuration {
  readonly profile: string;
  readonly config: Pick<AwsConfig, 'profiles' | 'sections'>;
  readonly environment: NodeJS.ProcessEnv;
}

/** Which variant of AWS's endpoints is used. Source: AWS SDKs and Tools reference, dual-stack and FIPS endpoints. */
export interface Variants {
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
}

const NO_VARIANTS: Variants = { useFipsEndpoint: false, useDualstackEndpoint: false };

/** A boolean of the environment or the profile. Even an empty variable overrides the profile, as in the AWS CLI. */
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
 * The endpoint configured for a service, in order: AWS_ENDPOINT_URL_<SERVICE>, AWS_ENDPOINT_URL, the profile's
 * `services` section, its `endpoint_url`. Undefined if there is none, or with ignore_configured_endpoint_urls.
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

/** Rejects `localhost:4566`, which parses as the scheme `localhost:` and would send the request somewhere else. */
function isAddress(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}

/**
 * Throws InvokeError for an invalid endpoint. An endpoint from AWS config files or variables may contain more than a
 * server, as AWS tools accept it; one configured in this extension (`isChosen`) may not.
 */
export function checkEndpoint(endpoint: ConfiguredEndpoint | undefined, { isChosen = false } = {}): void {
  if (endpoint === undefined) return;
  const { url, from } = endpoint;
  const problem = endpointProblem(url, from);
  if (problem === undefined) return;
  if (isChosen || problem.code !== 'endpointTooMuch') throw new InvokeError(problem);
  if (!isAddress(url)) throw new InvokeError(message('endpointInvalid', shownAddress(url), from));
}

/** Client options that the SDK would otherwise read from config files and the environment. */
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
 * The options for a client at the given endpoint, where FIPS and dual-stack don't apply, or at AWS's default endpoint.
 * Throws InvokeError for an invalid endpoint.
 */
export function optionsFor(endpoint: ConfiguredEndpoint | undefined, configuration: Configuration): ServiceOptions {
  checkEndpoint(endpoint);
  const { profile, config, environment } = configuration;
  const appId = variable('AWS_SDK_UA_APP_ID', environment) ?? config.profiles[profile]?.['sdk_ua_app_id'];
  return {
    ...(endpoint === undefined ? configuredVariants(configuration) : { ...NO_VARIANTS, endpoint: endpoint.url }),
    ignoreConfiguredEndpointUrls: true,
    // The default mode "auto" queries the instance metadata service for the region.
    defaultsMode: 'legacy',
    retryMode: 'standard',
    authSchemePreference: [],
    disableClockSkewCorrection: isEnabled('disable_clock_skew_correction', configuration),
    userAgentAppId: () => Promise.resolve(appId),
  };
}

/** The options for a client at the endpoint that is configured for its service. Throws InvokeError if it is invalid. */
export function serviceOptions(service: Service, configuration: Configuration): ServiceOptions {
  return optionsFor(configuredEndpoint(service, configuration), configuration);
}

/** The options for a client at a fixed URL, independent of profiles, config files and variables. */
export function fixedOptions(url: string): ServiceOptions {
  const emptyConfiguration = { profile: '', config: { profiles: {}, sections: {} }, environment: {} };
  return optionsFor({ url, from: 'Local' }, emptyConfiguration);
}
