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

/** Where the credentials come from: variables, the profile, a token that variables name, or the container or instance. */
type CredentialsSource = 'environment' | 'profile' | 'webIdentity' | 'machine';

/** An AWS connection with everything found out: where requests go and as whom. */
export interface AwsConnection {
  /** The chosen profile; undefined means the default chain. */
  readonly profile: string | undefined;
  /** The profile that counts: with the default chain, AWS_PROFILE's, AWS_DEFAULT_PROFILE's or `default`. */
  readonly profileName: string;
  readonly credentialsSource: CredentialsSource;
  readonly region: string | undefined;
  readonly endpoint: ConfiguredEndpoint | undefined;
  /** The variants of Lambda's own endpoint; none at another one. */
  readonly variants: Variants;
  /** The endpoint was chosen for the connection and is not AWS's: whoever stands there is asked everything, AWS is not. */
  readonly isCustomEndpoint: boolean;
  /** Certificates to trust, from AWS_CA_BUNDLE or the profile's `ca_bundle`. */
  readonly caBundle: CertificateFile | undefined;
}

/** AWS's own hosts, those of interface endpoints too: at these, each service has an address of its own. */
const AWS_HOST = /\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws|api\.amazonwebservices\.com\.cn)$/i;

interface ConnectionInput {
  readonly connection: Extract<Connection, { kind: 'aws' }>;
  /** The region in the function's ARN. */
  readonly arnRegion?: string | undefined;
  /** The endpoint of the settings. */
  readonly endpointSetting?: string | undefined;
}

function caBundle(profile: string, { profiles }: AwsConfig, environment: NodeJS.ProcessEnv) {
  const fromEnvironment = environment['AWS_CA_BUNDLE'] ?? '';
  if (fromEnvironment !== '') return { path: fromEnvironment, from: 'AWS_CA_BUNDLE' };
  const fromProfile = profiles[profile]?.['ca_bundle'] ?? '';
  return fromProfile === '' ? undefined : { path: fromProfile, from: `profile ${profile}` };
}

/** Source: AWS CLI v2, botocore, create_credential_resolver: variables aren't asked for a profile that was chosen. */
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

/** Problems of a profile that say something of its endpoint and region, too. */
const CONFIG_PROBLEMS = new Set<string>([
  'profileUnknown',
  'servicesUnknown',
  'configSectionName',
  'configSectionOpen',
  'configSectionPrefix',
]);

/** Whether a profile's problem matters, by whether its credentials are used. */
function isRelevant({ code }: Message, source: CredentialsSource): boolean {
  if (source === 'profile') return true;
  return source === 'machine' ? code !== 'profileNoCredentials' : CONFIG_PROBLEMS.has(code);
}

/** A region of the SDK's older spelling, `fips-us-east-1`, is a region and a variant. */
function parseRegion(text: string): { readonly region: string; readonly isFips: boolean } {
  const region = text.replace(/^fips-|-fips$/, '');
  return { region, isFips: region !== text };
}

/**
 * Finds a connection's profile, region, endpoint, variants and source of credentials, for all clients. Region: from the
 * ARN, else the choice, else the profile, else AWS_REGION or AWS_DEFAULT_REGION; with the default chain the environment
 * counts before the profile, as in the AWS CLI. Endpoint: the connection's own, then the setting, then what the
 * environment or the profile names for Lambda. Throws InvokeError for a profile that does not exist or cannot be used, for
 * a region that is none, and for an endpoint that is no address.
 * Source: AWS SDKs and Tools reference, service-specific endpoints; AWS CLI v2, botocore, configprovider.
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
  // It becomes part of a host's name. Source: botocore, validate_region_name.
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

/** What the default chain uses, where it isn't the default profile; undefined for a profile that was chosen. */
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
