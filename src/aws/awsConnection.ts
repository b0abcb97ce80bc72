import { profileProblem, type AwsConfig } from '../core/awsConfig/profile.ts';
import type { Connection } from '../core/connection.ts';
import { endpointProblem, shownAddress } from '../core/connection/endpointAddress.ts';
import { InvokeError } from '../core/invokeError.ts';
import { message, type Message } from '../core/messages.ts';
import type { CertificateFile } from './certificates.ts';
import { configuredEndpoint, type ConfiguredEndpoint } from './endpoints.ts';

/** An AWS connection with everything found out: where requests go and as whom. */
export interface AwsConnection {
  /** The chosen profile; undefined means the default chain. */
  readonly profile: string | undefined;
  /** The profile that counts: with the default chain, AWS_PROFILE's or `default`. */
  readonly profileName: string;
  readonly region: string | undefined;
  readonly endpoint: ConfiguredEndpoint | undefined;
  /** The endpoint was chosen for the connection and is not AWS's: whoever stands there is asked everything, AWS is not. */
  readonly isElsewhere: boolean;
  /** Certificates to trust, from AWS_CA_BUNDLE or the profile's `ca_bundle`. */
  readonly caBundle: CertificateFile | undefined;
}

/** AWS's own hosts, those of interface endpoints too: at these, each service has an address of its own. */
const OF_AWS = /\.(amazonaws\.com(\.cn)?|amazonaws\.eu|api\.aws)$/i;

interface Choice {
  readonly connection: Extract<Connection, { kind: 'aws' }>;
  /** The region in the function's ARN. */
  readonly arnRegion?: string | undefined;
  /** The endpoint of the settings. */
  readonly endpointSetting?: string | undefined;
}

/** An empty variable is none. */
function said(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

/** Why an endpoint is none. What AWS's files and variables name may carry more than a server, as their own tools take it. */
function problemOf({ url, from }: ConfiguredEndpoint, isChosen: boolean): Message | undefined {
  const problem = endpointProblem(url, from);
  if (isChosen || problem?.code !== 'endpointTooMuch') return problem;
  return /^https?:\/\/[^/]/i.test(url) && URL.canParse(url)
    ? undefined
    : message('endpointInvalid', shownAddress(url), from);
}

function caBundle(profile: string, { profiles }: AwsConfig, environment: NodeJS.ProcessEnv) {
  const fromEnvironment = environment['AWS_CA_BUNDLE'] ?? '';
  if (fromEnvironment !== '') return { path: fromEnvironment, from: 'AWS_CA_BUNDLE' };
  const fromProfile = profiles[profile]?.['ca_bundle'] ?? '';
  return fromProfile === '' ? undefined : { path: fromProfile, from: `profile ${profile}` };
}

/**
 * Finds a connection's region and endpoint. Region: from the ARN, else the choice, else the profile, else AWS_REGION;
 * with the default chain the environment counts before the profile, as in the AWS CLI. Endpoint: the connection's own,
 * then the setting, then what the environment or the profile names for Lambda.
 * Throws InvokeError for a profile that does not exist or cannot be used, and for an endpoint that is no address.
 * Source: AWS SDKs and Tools reference, service-specific endpoints.
 */
export function findAwsConnection(
  { connection, arnRegion, endpointSetting }: Choice,
  config: AwsConfig,
  environment: NodeJS.ProcessEnv,
): AwsConnection {
  const { profile } = connection;
  const asked = profile ?? said(environment['AWS_PROFILE']);
  const problem = asked === undefined ? undefined : profileProblem(asked, config);
  // Where AWS_PROFILE's profile says nothing of credentials, the rest of the chain is asked.
  const isLeftToChain = profile === undefined && problem?.code === 'profileNoCredentials';
  if (problem !== undefined && !isLeftToChain) throw new InvokeError(problem);
  const name = asked ?? 'default';
  const fromEnvironment = said(environment['AWS_REGION']) ?? said(environment['AWS_DEFAULT_REGION']);
  const fromProfile = config.profiles[name]?.['region'];
  const found = profile === undefined ? (fromEnvironment ?? fromProfile) : (fromProfile ?? fromEnvironment);
  const isChosen = endpointSetting !== undefined || connection.endpoint !== undefined;
  let endpoint = configuredEndpoint('lambda', { profile: name, config, environment });
  if (endpointSetting !== undefined) endpoint = { url: endpointSetting, from: 'lambdaInvoke.endpoint' };
  if (connection.endpoint !== undefined) endpoint = { url: connection.endpoint, from: 'the connection' };
  const wrong = endpoint === undefined ? undefined : problemOf(endpoint, isChosen);
  if (wrong !== undefined) throw new InvokeError(wrong);
  return {
    profile,
    isElsewhere: isChosen && endpoint !== undefined && !OF_AWS.test(new URL(endpoint.url).hostname),
    profileName: name,
    region: arnRegion ?? connection.region ?? found,
    endpoint,
    caBundle: caBundle(name, config, environment),
  };
}
