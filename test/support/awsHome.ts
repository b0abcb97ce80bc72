import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createAws, type AwsOptions } from '../../src/aws/index.ts';
import type { Aws } from '../../src/core/connection/aws.ts';
import { startAwsServices, type AwsServices } from './awsServices.ts';

/** A temporary home folder with `~/.aws`, and local services for its profiles. */
export interface AwsHome {
  readonly folder: string;
  readonly services: AwsServices;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: string;
  readonly credentials: string;
  /** An AWS client for this home folder. Also changes the process environment. */
  createAws(options?: AwsOptions): Aws;
  write(files: { readonly config?: string; readonly credentials?: string }): Promise<void>;
  /** Caches a token like the AWS CLI: by session name, or by start URL for the legacy format. */
  writeToken(key: string, token: object): Promise<void>;
  tokenPath(key: string): string;
  remove(): Promise<void>;
}

/** Creates the home folder. All services use loopback; `overrides` adds environment variables. */
export async function createAwsHome(overrides: Readonly<Record<string, string>> = {}): Promise<AwsHome> {
  const folder = await mkdtemp(join(tmpdir(), 'li-home-'));
  const services = await startAwsServices();
  const config = join(folder, '.aws', 'config');
  const credentials = join(folder, '.aws', 'credentials');
  await mkdir(dirname(config));
  const variables = {
    HOME: folder,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_ENDPOINT_URL: services.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...overrides,
  };
  const before = { ...process.env };
  const tokenPath = (key: string) =>
    join(folder, '.aws', 'sso', 'cache', `${createHash('sha1').update(key).digest('hex')}.json`);
  return {
    folder,
    services,
    environment: process.env,
    config,
    credentials,
    tokenPath,
    createAws(options) {
      // The credential providers of the SDK read the process environment.
      for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
      Object.assign(process.env, variables);
      return createAws(process.env, options);
    },
    async write(files) {
      if (files.config !== undefined) await writeFile(config, files.config);
      if (files.credentials !== undefined) await writeFile(credentials, files.credentials);
    },
    async writeToken(key, token) {
      await mkdir(dirname(tokenPath(key)), { recursive: true });
      await writeFile(tokenPath(key), JSON.stringify(token));
    },
    async remove() {
      for (const name of Object.keys(variables)) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
      await services.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
