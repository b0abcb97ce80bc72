import { readFile } from 'node:fs/promises';
import { profileKind, profileProblem } from '../../core/connection/profile.ts';
import { variable } from '../../core/connection/awsEnvironment.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { message } from '../../core/messages/messages.ts';
import type { AwsConnection } from '../awsConnection.ts';
import type { CredentialsOptions, CredentialValues } from './credentials.ts';
import { serviceOptions, type ServiceOptions } from '../endpoints.ts';
import { withAbortSignal, type RequestHandler } from '../http/requestHandler.ts';

/** The signal aborts when no caller is waiting for the credentials any more. */
type ResolveOptions = Omit<CredentialsOptions, 'callers'> & { readonly signal: AbortSignal };

/** Shared by all credential providers: the connection, and the client options of the services they call. */
export interface ProviderContext extends ResolveOptions {
  readonly connection: AwsConnection;
  readonly service: (
    name: 'sts' | 'sso' | 'sso_oidc' | 'signin',
  ) => ServiceOptions & { requestHandler: RequestHandler };
}

const DEFAULT_SESSION = () => `lambda-invoke-${Date.now()}`;

/** The keys in environment variables; undefined when they aren't set. Source: botocore, EnvProvider. */
function environmentKeys({ environment }: ProviderContext): CredentialValues | undefined {
  const read = (name: string) => variable(name, environment);
  const accessKeyId = read('AWS_ACCESS_KEY_ID');
  if (accessKeyId === undefined) return undefined;
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY');
  if (secretAccessKey === undefined) {
    throw new InvokeError(message('environmentIncomplete', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'));
  }
  const sessionToken = read('AWS_SESSION_TOKEN') ?? read('AWS_SECURITY_TOKEN');
  const expiration = read('AWS_CREDENTIAL_EXPIRATION');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== undefined && { sessionToken }),
    ...(expiration !== undefined && { expiration: new Date(expiration) }),
  };
}

/** Uses STS in the profile's region, falling back to the connection's region. */
function stsOptions({ service, config, connection: { profileName, region } }: ProviderContext) {
  return { ...service('sts'), region: config.profiles[profileName]?.['region'] ?? region ?? 'us-east-1' };
}

interface WebIdentity {
  readonly tokenFile: string;
  readonly roleArn: string;
  readonly sessionName: string | undefined;
}

async function webIdentity({ tokenFile, roleArn, sessionName }: WebIdentity, context: ProviderContext) {
  const WebIdentityToken = (await readFile(tokenFile, 'ascii')).trim();
  const { assumeRoleWithWebIdentity } = await import('./assumeRole.ts');
  return assumeRoleWithWebIdentity(stsOptions(context), {
    RoleArn: roleArn,
    RoleSessionName: sessionName ?? DEFAULT_SESSION(),
    WebIdentityToken,
  });
}

/** A web identity token configured by environment variables; the profile supplies missing values. */
async function environmentWebIdentity(context: ProviderContext): Promise<CredentialValues> {
  const { environment, config, connection } = context;
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
    context,
  );
}

/** Resolves a profile's `credential_source`. */
async function credentialSource(name: string | undefined, context: ProviderContext): Promise<CredentialValues> {
  if (name === 'EcsContainer') return (await import('./machineCredentials.ts')).containerCredentials();
  if (name === 'Ec2InstanceMetadata') return (await import('./machineCredentials.ts')).instanceCredentials();
  const keys = environmentKeys(context);
  if (keys === undefined) throw new Error("AWS_ACCESS_KEY_ID isn't set");
  return keys;
}

async function assumeRole(name: string, context: ProviderContext): Promise<CredentialValues> {
  const { config, askMfaCode, connection } = context;
  const keys = config.profiles[name] ?? {};
  const sourceProfile = keys['source_profile'];
  const credentials =
    sourceProfile === undefined
      ? await credentialSource(keys['credential_source'], context)
      : await profileCredentials(sourceProfile, context, true);
  const seconds = Number.parseInt(keys['duration_seconds'] ?? '', 10);
  const serial = keys['mfa_serial'];
  const { assumeRole: assume } = await import('./assumeRole.ts');
  return assume(
    { ...stsOptions(context), credentials },
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

/** The credentials of one profile. `isSource`: the profile is the `source_profile` of a role. */
async function profileCredentials(name: string, context: ProviderContext, isSource = false): Promise<CredentialValues> {
  const { config } = context;
  const keys = config.profiles[name] ?? {};
  const kind = profileKind(name, config, { isSource });
  switch (kind) {
    case 'role':
      return assumeRole(name, context);
    case 'webIdentity':
      return webIdentity(
        {
          tokenFile: keys['web_identity_token_file'] ?? '',
          roleArn: keys['role_arn'] ?? '',
          sessionName: keys['role_session_name'],
        },
        context,
      );
    case 'sso':
      return (await import('./ssoCredentials.ts')).ssoCredentials(name, context);
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
      return (await import('./loginCredentials.ts')).loginCredentials(name, context);
    case 'process':
      return (await import('./processCredentials.ts')).processCredentials(
        keys['credential_process'] ?? '',
        context.signal,
      );
    case 'source':
      return credentialSource(keys['credential_source'], context);
    case 'none':
      throw new InvokeError(profileProblem(name, config) ?? message('profileNoCredentials', name));
  }
}

/**
 * Resolves a connection's credentials in the order of the AWS CLI v2: environment variables, the profile, the container
 * or instance role. A selected profile is the only source. Rejects with the provider's error or with InvokeError.
 * Source: AWS CLI v2, botocore, create_credential_resolver.
 */
export async function resolveCredentials(
  connection: AwsConnection,
  options: ResolveOptions,
): Promise<CredentialValues> {
  const { config, environment, network, signal } = options;
  const requestHandler = withAbortSignal(network(), signal);
  const configuration = { profile: connection.profileName, config, environment };
  const service: ProviderContext['service'] = (name) => ({ ...serviceOptions(name, configuration), requestHandler });
  const context: ProviderContext = { ...options, connection, service };
  switch (connection.credentialsSource) {
    case 'environment':
      return credentialSource('Environment', context);
    case 'profile':
      return profileCredentials(connection.profileName, context);
    case 'webIdentity':
      return environmentWebIdentity(context);
    case 'machine':
      return (await import('./machineCredentials.ts')).machineCredentials(environment);
  }
}
