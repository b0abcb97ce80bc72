import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateTokenCommand,
  RegisterClientCommand,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
  type CreateTokenCommandOutput,
  type RegisterClientCommandOutput,
} from '@aws-sdk/client-sso-oidc';
import type { SsoPrompt } from '../../core/connection/aws.ts';
import { awsPaths } from '../../core/connection/awsEnvironment.ts';
import type { SsoSession } from '../../core/connection/profile.ts';
import { shownAddress, withShownAddresses } from '../../core/connection/endpointAddress.ts';
import { errorText } from '../../core/messages/errorText.ts';
import { InvokeError, isInvokeError } from '../../core/outcome/invokeError.ts';
import { isRecord } from '../../core/json/isRecord.ts';
import { message } from '../../core/messages/messages.ts';
import type { ServiceOptions } from '../endpoints.ts';
import type { RequestHandler } from '../http/requestHandler.ts';

const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export interface SsoLoginOptions {
  readonly network: RequestHandler;
  readonly service: ServiceOptions;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onPrompt: (prompt: SsoPrompt) => void;
}

/**
 * The token cache file that the AWS CLI and the SDKs use for a session. Its name is the SHA-1 digest of the session
 * name, or of the start URL for legacy profiles without an sso-session section.
 */
export function tokenFile({ name, startUrl }: SsoSession, environment: NodeJS.ProcessEnv): string {
  const digest = createHash('sha1')
    .update(name ?? startUrl)
    .digest('hex');
  return join(awsPaths(environment, homedir()).ssoCache, `${digest}.json`);
}

/** Timestamps as the AWS CLI writes them: in UTC, without fractional seconds. */
function formatTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}

/**
 * Saves the token in the AWS CLI's format, atomically and with mode 0600. Rejects with InvokeError when the file can't
 * be written.
 */
export async function saveToken(
  session: SsoSession,
  { accessToken, expiresIn = 0, refreshToken }: CreateTokenCommandOutput,
  { clientId, clientSecret, clientSecretExpiresAt = 0 }: RegisterClientCommandOutput,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const token = {
    startUrl: session.startUrl,
    region: session.region,
    accessToken,
    expiresAt: formatTime(Date.now() + expiresIn * 1000),
    clientId,
    clientSecret,
    registrationExpiresAt: formatTime(clientSecretExpiresAt * 1000),
    ...(refreshToken !== undefined && { refreshToken }),
  };
  const path = tokenFile(session, environment);
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(temporary, JSON.stringify(token), { mode: 0o600 });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new InvokeError(message('ssoNotWritten', path, errorText(error)), { cause: error });
  }
}

/** Only https URLs are opened, and http URLs on loopback. */
function canOpen(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname));
}

function errorName(error: unknown): string {
  return isRecord(error) && typeof error['name'] === 'string' ? error['name'] : '';
}

/** The service is throttling or unavailable; the device code stays valid. */
function isBusy(error: unknown): boolean {
  const metadata = isRecord(error) && isRecord(error['$metadata']) ? error['$metadata'] : {};
  const status = Number(metadata['httpStatusCode'] ?? 0);
  return status === 429 || status >= 500;
}

function isServiceResponse(error: unknown): boolean {
  if (isInvokeError(error)) return error.reason.code !== 'readLate';
  return isRecord(error) && ('$fault' in error || error['name'] === 'AbortError');
}

function classify(error: unknown, { startUrl }: SsoSession, signal: AbortSignal): InvokeError {
  if (isInvokeError(error)) return error;
  if (signal.aborted) return new InvokeError(message('ssoCancelled'), { declined: 'signIn' });
  if (errorName(error) === 'ExpiredTokenException') return new InvokeError(message('ssoExpired'), { cause: error });
  const description =
    isRecord(error) && typeof error['error_description'] === 'string' ? error['error_description'] : '';
  if (isServiceResponse(error)) {
    const detail = description === '' ? errorName(error) : `${errorName(error)}: ${description}`;
    return new InvokeError(message('ssoRefused', detail), { cause: error });
  }
  return new InvokeError(message('ssoUnreachable', shownAddress(startUrl), withShownAddresses(errorText(error))), {
    cause: error,
  });
}

/**
 * Signs in to IAM Identity Center with the device authorization flow and saves the token in the AWS CLI's cache
 * (`~/.aws/sso/cache`), where the CLI and the SDKs read it. `onPrompt` receives the user code and the verification URL.
 * Rejects with InvokeError, also when the signal aborts. Source: IAM Identity Center OIDC API; RFC 8628.
 */
export async function logIn(session: SsoSession, options: SsoLoginOptions): Promise<void> {
  const { network, service, environment, signal, onPrompt } = options;
  const client = new SSOOIDCClient({
    ...service,
    region: session.region,
    requestHandler: network,
    maxAttempts: 1,
  });
  try {
    const registration = await client.send(
      new RegisterClientCommand({ clientName: 'lambda-invoke', clientType: 'public', scopes: [...session.scopes] }),
      { abortSignal: signal },
    );
    const { clientId, clientSecret } = registration;
    const { startUrl } = session;
    const authorization = await client.send(new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }), {
      abortSignal: signal,
    });
    const address = authorization.verificationUriComplete ?? authorization.verificationUri ?? '';
    if (!canOpen(address)) throw new InvokeError(message('ssoAddress', shownAddress(address)));
    onPrompt({ userCode: authorization.userCode ?? '', address });
    const { deviceCode, expiresIn = 600 } = authorization;
    let intervalMs = (authorization.interval ?? 5) * 1000;
    const deadline = Date.now() + expiresIn * 1000;
    for (;;) {
      await sleep(intervalMs, undefined, { signal });
      if (Date.now() > deadline) throw new InvokeError(message('ssoExpired'));
      try {
        const token = await client.send(
          new CreateTokenCommand({ clientId, clientSecret, deviceCode, grantType: DEVICE_CODE_GRANT }),
          { abortSignal: signal },
        );
        return await saveToken(session, token, registration, environment);
      } catch (error) {
        const name = errorName(error);
        if (name === 'SlowDownException' || isBusy(error)) intervalMs += 5000;
        // Ignore lost connections: the device code stays valid.
        else if (name !== 'AuthorizationPendingException' && isServiceResponse(error)) throw error;
      }
    }
  } catch (error) {
    throw classify(error, session, signal);
  } finally {
    client.destroy();
  }
}
