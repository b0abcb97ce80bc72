import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import type { BrowserContextOptions, Locator } from 'playwright-core';
import { SECRETS, startAwsServices, type AwsServices } from './awsServices.ts';
import type { FormPage } from './formPage.ts';
import { formFrame } from './violations.ts';
import { Window } from './window.ts';

/** A window with a temporary home folder, whose profiles use AWS services on loopback. */
export interface ConnectedWindow {
  readonly window: Window;
  readonly services: AwsServices;
  /** The dialog that is open. */
  readonly dialog: Locator;
  readonly home: string;
  /** The messages from the host to a form, as JSON. */
  readonly messages: readonly string[];
  /** Opens the form and starts recording its messages from the host. */
  openForm(): Promise<FormPage>;
  writeConfig(text: string): Promise<void>;
  /** Writes an SSO token of a session to the cache of the AWS CLI. */
  writeToken(session: string, token: object): Promise<void>;
  close(): Promise<void>;
}

export const CONFIG = `[profile keys]
region = eu-west-1

[profile mfa]
role_arn = arn:aws:iam::123456789012:role/Operator
source_profile = keys
mfa_serial = arn:aws:iam::123456789012:mfa/ada
region = eu-west-1

[profile corp]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Developer
region = eu-central-1

[sso-session corp]
sso_start_url = https://corp.example/start
sso_region = us-west-2

[profile prod]
role_arn = arn:aws:iam::999988887777:role/Admin
source_profile = keys
region = eu-west-1

[profile broken]
region eu-west-1
`;

const CREDENTIALS = `[keys]
aws_access_key_id = AKIAKEYS
aws_secret_access_key = ${SECRETS.staticSecret}
aws_session_token = ${SECRETS.sessionToken}
`;

export async function openConnectedWindow(
  settings: Readonly<Record<string, unknown>> = {},
  page: BrowserContextOptions = {},
): Promise<ConnectedWindow> {
  const services = await startAwsServices();
  const home = await mkdtemp(join(tmpdir(), 'li-home-'));
  const config = join(home, '.aws/config');
  const credentials = join(home, '.aws/credentials');
  await mkdir(dirname(config));
  await writeFile(config, CONFIG);
  await writeFile(credentials, CREDENTIALS);
  const env = {
    HOME: home,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_ENDPOINT_URL: services.endpoint,
  };
  const window = await Window.open({ env, settings, page });
  const messages: string[] = [];
  const context = window.page.context();
  await context.exposeBinding('recordMessage', (_, text: string) => messages.push(text));
  return {
    window,
    services,
    dialog: window.page.locator('.monaco-dialog-box'),
    home,
    messages,
    async openForm() {
      const form = await window.openForm();
      const frame = await formFrame(window);
      await frame.evaluate(() => {
        const { recordMessage } = globalThis as unknown as { recordMessage: (text: string) => void };
        globalThis.addEventListener('message', ({ data }) => recordMessage(JSON.stringify(data)));
      });
      return form;
    },
    writeConfig: (text) => writeFile(config, text),
    async writeToken(session, token) {
      const path = join(home, '.aws/sso/cache', `${createHash('sha1').update(session).digest('hex')}.json`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, JSON.stringify(token));
    },
    async close() {
      await window.close();
      await services.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
