import { readFile } from 'node:fs/promises';
import { profileKind, profileProblem } from '../../core/connection/profile.ts';
import { variable } from '../../core/connection/awsEnvironment.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { AwsConnection } from '../awsConnection.ts';
import type { CredentialsOptions, CredentialValues } from './credentials.ts';
import { serviceOptions, type ServiceOptions } from '../endpoints.ts';
import { abortedBy, type RequestHandler } from '../http/requestHandler.ts';

/** The signal aborts when nobody waits for the credentials any more. */
type FindOptions = Omit<CredentialsOptions, 'callers'> & { readonly signal: AbortSignal };

/** What all sources of credentials use: where their services are, for the profile that counts. */
export interface Source extends FindOptions {
  readonly connection: AwsConnection;
  readonly service: (
    name: 'sts' | 'sso' | 'sso_oidc' | 'signin',
  ) => ServiceOptions & { requestHandler: RequestHandler };
}

const DEFAULT_SESSION = () => `lambda-invoke-${Date.now()}`;

/** The environment's keys; undefined where there are none. Source: botocore, EnvProvider. */
function environmentKeys({ environment }: Source): CredentialValues | undefined {
  const of = (name: string) => variable(name, environment);
  const accessKeyId = of('AWS_ACCESS_KEY_ID');
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = of('AWS_SECRET_ACCESS_KEY');
  if (secretAccessKey === undefined) {
    throw new InvokeError(message('environmentIncomplete', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'));
  }
  const sessionToken = of('AWS_SESSION_TOKEN') ?? of('AWS_SECURITY_TOKEN');
  const expiration = of('AWS_CREDENTIAL_EXPIRATION');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration !== undefined && { expiration: new Date(expiration) }),
  };
}

/** STS is asked in the profile's region, else in the connection's. */
function stsOptions({ service, config, connection: { profileName, region } }: Source) {
  return { ...service('sts'), region: config.profiles[profileName]?.['region'] ?? region ?? 'us-east-1' };
}

interface WebIdentity {
  readonly tokenFile: string;
  readonly roleArn: string;
  readonly sessionName: string | undefined;
}

async function webIdentity({ tokenFile, roleArn, sessionName }: WebIdentity, source: Source) {
  const WebIdentityToken = (await readFile(tokenFile, 'ascii')).trim();
  const { assumeRoleWithWebIdentity } = await import('./assumeRole.ts');
  return assumeRoleWithWebIdentity(stsOptions(source), {
    RoleArn: roleArn,
    RoleSessionName: sessionName ?? DEFAULT_SESSION(),
    WebIdentityToken,
  });
}

/** A token that variables name; what they leave out is the profile's. */
async function environmentWebIdentity(source: Source): Promise<CredentialValues> {
  const { environment, config, connection } = source;
  const keys = config.profiles[connection.profileName] ?? {};
  const roleArn = variable('AWS_ROLE_ARN', environment) ?? keys['role_arn'];
  if (roleArn === undefined) {
    throw new InvokeError(message('environmentIncomplete', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_ROLE_ARN'));
  }
  return webIdentity(
    {
      tokenFile: environment['AWS_WEB_IDENTITY_TOKEN_FILE'] ?? '',
      roleArn,
      sessionName: variable('AWS_ROLE_SESSION_NAME', environment) ?? keys['role_session_name'],
    },
    source,
  );
}

/** The credentials that a profile names as `credential_source`. */
async function namedSource(name: string | undefined, source: Source): Promise<CredentialValues> {
  if (name === 'EcsContainer') return (await import('./machineCredentials.ts')).containerCredentials();
  if (name === 'Ec2InstanceMetadata') return (await import('./machineCredentials.ts')).instanceCredentials();
  const keys = environmentKeys(source);
  if (keys === undefined) throw new Error('the environment has no AWS_ACCESS_KEY_ID');
  return keys;
}

async function assumeRole(name: string, source: Source): Promise<CredentialValues> {
  const { config, askMfaCode, connection } = source;
  const keys = config.profiles[name] ?? {};
  const from = keys['source_profile'];
  const credentials =
    from === undefined
      ? await namedSource(keys['credential_source'], source)
      : await profileCredentials(from, source, true);
  const seconds = Number.parseInt(keys['duration_seconds'] ?? '', 10);
  const serial = keys['mfa_serial'];
  const { assumeRole: assume } = await import('./assumeRole.ts');
  return assume(
    { ...stsOptions(source), credentials },
    {
      RoleArn: keys['role_arn'],
      RoleSessionName: keys['role_session_name'] ?? DEFAULT_SESSION(),
      ExternalId: keys['external_id'],
      ...(Number.isNaN(seconds) ? {} : { DurationSeconds: seconds }),
      ...(serial !== undefined && {
        SerialNumber: serial,
        TokenCode: await askMfaCode(serial, connection.profileName),
      }),
    },
  );
}

/** The credentials of one profile; `isSource` for a role's source. */
async function profileCredentials(name: string, source: Source, isSource = false): Promise<CredentialValues> {
  const { config } = source;
  const keys = config.profiles[name] ?? {};
  const kind = profileKind(name, config, { isSource });
  switch (kind) {
    case 'role':
      return assumeRole(name, source);
    case 'webIdentity':
      return webIdentity(
        {
          tokenFile: keys['web_identity_token_file'] ?? '',
          roleArn: keys['role_arn'] ?? '',
          sessionName: keys['role_session_name'],
        },
        source,
      );
    case 'sso':
      return (await import('./ssoCredentials.ts')).ssoCredentials(name, source);
    case 'keys':
    case 'session': {
      const sessionToken = keys['aws_session_token'] ?? keys['aws_security_token'];
      return {
        accessKeyId: keys['aws_access_key_id'] ?? '',
        secretAccessKey: keys['aws_secret_access_key'] ?? '',
        ...(sessionToken !== undefined && { sessionToken }),
      };
    }
    case 'login':
      return (await import('./loginCredentials.ts')).loginCredentials(name, source);
    case 'process':
      return (await import('./processCredentials.ts')).processCredentials(
        keys['credential_process'] ?? '',
        source.signal,
      );
    case 'source':
      return namedSource(keys['credential_source'], source);
    case 'none':
      throw new InvokeError(profileProblem(name, config) ?? message('profileNoCredentials', name));
  }
}

/**
 * Finds a connection's credentials in the order of the AWS CLI v2: variables, then the profile, then the container or the
 * instance; only the profile where one was chosen. Rejects with what failed, or with InvokeError.
 * Source: AWS CLI v2, botocore, create_credential_resolver.
 */
export async function findCredentials(connection: AwsConnection, options: FindOptions): Promise<CredentialValues> {
  const { config, environment, network, signal } = options;
  const requestHandler = abortedBy(network(), signal);
  const configuration = { profile: connection.profileName, config, environment };
  const service: Source['service'] = (name) => ({ ...serviceOptions(name, configuration), requestHandler });
  const source: Source = { ...options, connection, service };
  switch (connection.credentialsSource) {
    case 'environment':
      return namedSource('Environment', source);
    case 'profile':
      return profileCredentials(connection.profileName, source);
    case 'webIdentity':
      return environmentWebIdentity(source);
    case 'machine':
      return (await import('./machineCredentials.ts')).machineCredentials(environment);
  }
}
