import { fromLoginCredentials } from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import type { CredentialValues } from './credentials.ts';
import type { ProviderContext } from './credentialsChain.ts';

const CONFIG_PATH = 'lambda-invoke:login';
const CREDENTIALS_PATH = 'lambda-invoke:none';

/**
 * The credentials of an `aws login` session. The SDK's provider only accepts a profile in a file, so it is given a
 * virtual file with the values that were already read. Rejects with the provider's error.
 */
export async function loginCredentials(name: string, context: ProviderContext): Promise<CredentialValues> {
  const { login_session: session = '', region } = context.config.profiles[name] ?? {};
  const sessionRegion = region ?? context.connection.region ?? 'us-east-1';
  const path = `${CONFIG_PATH}:${JSON.stringify([session, sessionRegion])}`;
  externalDataInterceptor.interceptFile(
    path,
    `[profile login]\nlogin_session = ${session}\nregion = ${sessionRegion}\n`,
  );
  externalDataInterceptor.interceptFile(CREDENTIALS_PATH, '');
  const clientConfig = { ...context.service('signin'), maxAttempts: 3 };
  return fromLoginCredentials({ profile: 'login', configFilepath: path, filepath: CREDENTIALS_PATH, clientConfig })();
}
