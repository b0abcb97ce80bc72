import { readFile } from 'node:fs/promises';
import { GetRoleCredentialsCommand, SSOClient } from '@aws-sdk/client-sso';
import { CreateTokenCommand, SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import { ssoSessionOf, type SsoSession } from '../../core/connection/profile.ts';
import { InvokeError } from '../../core/outcome/invokeError.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { message } from '../../core/messages/messages.ts';
import type { CredentialValues } from './credentials.ts';
import type { ProviderContext } from './credentialsChain.ts';
import { saveToken, tokenFile } from './ssoLogin.ts';

/** Tokens are renewed this many milliseconds before they expire. */
const RENEW_MS = 5 * 60_000;

type Token = Readonly<Record<string, unknown>>;

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function remainingMs(token: Token, key: string): number {
  // Older AWS CLI versions write timestamps with the suffix UTC.
  const expiresAt = Date.parse(text(token[key]).replace(/UTC$/, 'Z'));
  return Number.isNaN(expiresAt) ? 0 : expiresAt - Date.now();
}

async function readToken(session: SsoSession, { environment }: ProviderContext): Promise<Token | undefined> {
  try {
    const token: unknown = JSON.parse(await readFile(tokenFile(session, environment), 'utf8'));
    return isRecord(token) ? token : undefined;
  } catch {
    return undefined; // not signed in, or the file isn't a token
  }
}

/** One renewal at a time per token file: a refresh token can be used only once. */
const renewals = new Map<string, Promise<string | undefined>>();

async function renew(session: SsoSession, token: Token, context: ProviderContext): Promise<string | undefined> {
  const [clientId, clientSecret, refreshToken] = ['clientId', 'clientSecret', 'refreshToken'].map((key) =>
    text(token[key]),
  );
  if (!clientId || !clientSecret || !refreshToken) return undefined;
  // Not cancelable: once a refresh token has been used, its replacement must be saved.
  const client = new SSOOIDCClient({
    ...context.service('sso_oidc'),
    requestHandler: context.network(),
    region: session.region,
    maxAttempts: 3,
  });
  try {
    const renewed = await client.send(
      new CreateTokenCommand({ clientId, clientSecret, refreshToken, grantType: 'refresh_token' }),
    );
    const registration = {
      $metadata: {},
      clientId,
      clientSecret,
      clientSecretExpiresAt: Math.round((Date.now() + remainingMs(token, 'registrationExpiresAt')) / 1000),
    };
    // A token that can't be saved still works for this call.
    await saveToken(session, { refreshToken, ...renewed }, registration, context.environment).catch(() => undefined);
    return renewed.accessToken;
  } catch {
    return undefined; // fall back to the current token or ask for a sign-in
  } finally {
    client.destroy();
  }
}

/** The session's access token, renewed when it is about to expire; undefined when the user needs to sign in. */
async function accessToken(session: SsoSession, context: ProviderContext): Promise<string | undefined> {
  const token = await readToken(session, context);
  if (token === undefined) return undefined;
  const remaining = remainingMs(token, 'expiresAt');
  if (remaining <= RENEW_MS && session.name !== undefined) {
    const file = tokenFile(session, context.environment);
    const renewal = renewals.get(file) ?? renew(session, token, context).finally(() => renewals.delete(file));
    renewals.set(file, renewal);
    const renewed = await renewal;
    if (renewed !== undefined) return renewed;
  }
  return remaining > 0 ? text(token['accessToken']) || undefined : undefined;
}

/** Translates an IAM Identity Center error; undefined for errors that are reported unchanged. */
function signInProblem(error: unknown, name: string, context: ProviderContext): InvokeError | undefined {
  const { config, connection } = context;
  const { sso_role_name: role = '', sso_account_id: account = '' } = config.profiles[name] ?? {};
  if (!isRecord(error)) return undefined;
  if (error['name'] === 'UnauthorizedException') return loginNeeded(connection.profileName, error);
  const isNotAssigned = ['ForbiddenException', 'AccessDeniedException', 'ResourceNotFoundException'].includes(
    text(error['name']),
  );
  return isNotAssigned
    ? new InvokeError(message('ssoRoleNotAssigned', role, account, name), { cause: error })
    : undefined;
}

function loginNeeded(profile: string, cause?: unknown): InvokeError {
  return new InvokeError(message('ssoLoginNeeded', profile), { loginProfile: profile, cause });
}

/**
 * The credentials of an IAM Identity Center role, using the cached SSO token. Rejects with InvokeError when a sign-in
 * is needed or the role isn't assigned. Source: IAM Identity Center portal API, GetRoleCredentials.
 */
export async function ssoCredentials(name: string, context: ProviderContext): Promise<CredentialValues> {
  const { config, connection } = context;
  const session = ssoSessionOf(name, config);
  const token = session && (await accessToken(session, context));
  if (session === undefined || token === undefined) throw loginNeeded(connection.profileName);
  const { sso_role_name: roleName, sso_account_id: accountId } = config.profiles[name] ?? {};
  const client = new SSOClient({ ...context.service('sso'), region: session.region, maxAttempts: 3 });
  try {
    const { roleCredentials = {} } = await client.send(
      new GetRoleCredentialsCommand({ roleName, accountId, accessToken: token }),
    );
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = roleCredentials;
    if (!accessKeyId || !secretAccessKey || !sessionToken || !expiration) {
      throw new Error('IAM Identity Center returned no credentials');
    }
    return { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiration) };
  } catch (error) {
    throw signInProblem(error, name, context) ?? error;
  } finally {
    client.destroy();
  }
}
