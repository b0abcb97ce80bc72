import { profileKind, profileProblem, type AwsConfig } from '../core/connection/profile.ts';
import type { Connection } from '../core/connection/connection.ts';
import { environmentProfile, variable } from '../core/connection/awsEnvironment.ts';
import { InvokeError } from '../core/outcome/invokeError.ts';
import { message, type Message } from '../core/messages/messages.ts';
import type { CertificateFile } from './http/certificates.ts';
import {
  checkEndpoint,
  configuredEndpoint,
  configuredVariants,
  type ConfiguredEndpoint,
  type Variants,
} from './endpoints.ts';

/**
 * Where the credentials come from: key variables, the profile, web identity variables, or the container or instance
 * role.
 */
type CredentialsSource = 'environment' | 'profile' | 'webIdentity' | 'machine';

/** A resolved AWS connection: where requests go and which credentials sign them. */
export interface AwsConnection {
  /** The selected profile; undefined for the default chain. */
  readonly profile: string | undefined;
  /**
   * The effective profile: the selected one, or AWS_PROFILE, AWS_DEFAULT_PROFILE or `default` for the default chain.
   */
  readonly profileName: string;
  readonly credentialsSource: CredentialsSource;
  readonly region: string | undefined;
  readonly endpoint: ConfiguredEndpoint | undefined;
  /** The FIPS and dual-stack variants of AWS's endpoint; off for a configured endpoint. */
  readonly variants: Variants;
  /**
   * The connection's endpoint isn't an AWS host, for example an emulator's. It then serves all services, not only
   * Lambda.
   */
  readonly isCustomEndpoint: boolean;
  /** Certificates to trust, from AWS_CA_BUNDLE or the profile's `ca_bundle`. */
  readonly caBundle: CertificateFile | undefined;
}

/** AWS hosts, including interface VPC endpoints, where each service has its own host name. */
const AWS_HOST = /\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|api\.amazonwebservices\.com\.cn)$/i;

interface ConnectionInput {
  readonly connection: Extract<Connection, { kind: 'aws' }>;
  /** The region in the function's ARN. */
  readonly arnRegion?: string | undefined;
  /** The value of the setting `lambdaInvoke.endpoint`. */
  readonly endpointSetting?: string | undefined;
}

function caBundle(profile: string, { profiles }: AwsConfig, environment: NodeJS.ProcessEnv) {
  const fromEnvironment = environment['AWS_CA_BUNDLE'] ?? '';
  if (fromEnvironment !== '') return { path: fromEnvironment, from: 'AWS_CA_BUNDLE' };
  const fromProfile = profiles[profile]?.['ca_bundle'] ?? '';
  return fromProfile === '' ? undefined : { path: fromProfile, from: `profile ${profile}` };
}

/** A selected profile takes precedence over variables. Source: AWS CLI v2, botocore, create_credential_resolver. */
function credentialsSource(
  { profile, name }: { readonly profile: string | undefined; readonly name: string },
  config: AwsConfig,
  environment: NodeJS.ProcessEnv,
): CredentialsSource {
  if (profile !== undefined) return 'profile';
  if (variable('AWS_ACCESS_KEY_ID', environment) !== undefined) return 'environment';
  const kind = profileKind(name, config);
  if (kind === 'role') return 'profile';
  if (variable('AWS_WEB_IDENTITY_TOKEN_FILE', environment) !== undefined) return 'webIdentity';
  return kind === 'none' ? 'machine' : 'profile';
}

/** Profile problems that affect the endpoint and the region as well, not only the credentials. */
const CONFIG_PROBLEMS = new Set<string>([
  'profileUnknown',
  'servicesUnknown',
  'configSectionName',
  'configSectionOpen',
  'configSectionPrefix',
]);

/** Whether a profile's problem affects a connection with this credentials source. */
function isRelevant({ code }: Message, source: CredentialsSource): boolean {
  if (source === 'profile') return true;
  return source === 'machine' ? code !== 'profileNoCredentials' : CONFIG_PROBLEMS.has(code);
}

/** Older SDKs spell the FIPS variant as a pseudo region, such as `fips-us-east-1`. */
function parseRegion(text: string): { readonly region: string; readonly isFips: boolean } {
  const region = text.replace(/^fips-|-fips$/, '');
  return { region, isFips: region !== text };
}

/**
 * Resolves a connection's profile, region, endpoint, variants and credentials source, for all clients. Region: the
 * ARN's, the connection's, the profile's, then AWS_REGION or AWS_DEFAULT_REGION; for the default chain the environment
 * precedes the profile, as in the AWS CLI. Endpoint: the connection's, the setting, then the one configured for Lambda
 * in the environment or the profile. Throws InvokeError for an unknown or unusable profile, an invalid region or an
 * invalid endpoint. Source: AWS SDKs and Tools reference, service-specific endpoints; AWS CLI v2, botocore,
 * configprovider.
 */
export function resolveAwsConnection(
  { connection, arnRegion, endpointSetting }: ConnectionInput,
  config: AwsConfig,
  environment: NodeJS.ProcessEnv,
): AwsConnection {
  const { profile } = connection;
  const namedProfile = profile ?? environmentProfile(environment);
  const name = namedProfile ?? 'default';
  const source = credentialsSource({ profile, name }, config, environment);
  const isExpected = namedProfile !== undefined || (source === 'profile' && config.names.includes(name));
  const problem = isExpected ? profileProblem(name, config) : undefined;
  if (problem !== undefined && isRelevant(problem, source)) throw new InvokeError(problem);
  const fromEnvironment = variable('AWS_REGION', environment) ?? variable('AWS_DEFAULT_REGION', environment);
  const fromProfile = config.profiles[name]?.['region'];
  const configuredRegion = profile === undefined ? (fromEnvironment ?? fromProfile) : (fromProfile ?? fromEnvironment);
  const selectedRegion = arnRegion ?? connection.region ?? configuredRegion;
  const { region, isFips } =
    selectedRegion === undefined ? { region: undefined, isFips: false } : parseRegion(selectedRegion);
  // The region becomes part of a host name. Source: botocore, validate_region_name.
  if (region !== undefined && !/^(?!-)[a-z\d-]{1,63}(?<!-)$/i.test(region)) {
    throw new InvokeError(message('regionPattern', region));
  }
  const configuration = { profile: name, config, environment };
  const isChosen = endpointSetting !== undefined || connection.endpoint !== undefined;
  let endpoint = configuredEndpoint('lambda', configuration);
  if (endpointSetting !== undefined) endpoint = { url: endpointSetting, from: 'lambdaInvoke.endpoint' };
  if (connection.endpoint !== undefined) endpoint = { url: connection.endpoint, from: 'the connection' };
  checkEndpoint(endpoint, { isChosen });
  const { useFipsEndpoint, useDualstackEndpoint } = configuredVariants(configuration);
  const isAwsEndpoint = endpoint === undefined;
  return {
    profile,
    isCustomEndpoint: isChosen && endpoint !== undefined && !AWS_HOST.test(new URL(endpoint.url).hostname),
    profileName: name,
    credentialsSource: source,
    region,
    endpoint,
    variants: {
      useFipsEndpoint: isAwsEndpoint && (useFipsEndpoint || isFips),
      useDualstackEndpoint: isAwsEndpoint && useDualstackEndpoint,
    },
    caBundle: caBundle(name, config, environment),
  };
}

/** Describes what the default chain uses, unless that is the default profile. Undefined for a selected profile. */
export function describeChain(
  { profile, profileName, credentialsSource: source }: AwsConnection,
  environment: NodeJS.ProcessEnv,
): string | undefined {
  if (profile !== undefined) return undefined;
  if (source === 'environment') return 'environment keys';
  if (source === 'webIdentity') return 'web identity';
  const named = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE'].find((name) => variable(name, environment) !== undefined);
  return named === undefined ? undefined : `${named} ${profileName}`;
}
