import { fromLoginCredentials } from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import type { CredentialValues } from './credentials.ts';
import type { Source } from './credentialsChain.ts';

const CONFIG = 'lambda-invoke:login';
const CREDENTIALS = 'lambda-invoke:none';

/**
 * The credentials of an `aws login` session. The SDK's provider only takes a profile of a file: it gets one with the
 * values that were read here. Rejects with the provider's error.
 */
export async function loginCredentials(name: string, source: Source): Promise<CredentialValues> {
  const { login_session: session = '', region } = source.config.profiles[name] ?? {};
  const own = region ?? source.connection.region ?? 'us-east-1';
  const path = `${CONFIG}:${JSON.stringify([session, own])}`;
  externalDataInterceptor.interceptFile(path, `[profile login]\nlogin_session = ${session}\nregion = ${own}\n`);
  externalDataInterceptor.interceptFile(CREDENTIALS, '');
  const clientConfig = { ...source.service('signin'), maxAttempts: 3 };
  return fromLoginCredentials({ profile: 'login', configFilepath: path, filepath: CREDENTIALS, clientConfig })();
}
