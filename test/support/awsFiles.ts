import { createAws, type AwsOptions } from '../../src/aws/index.ts';
import type { Aws } from '../../src/core/connection/aws.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface AwsFiles {
  readonly environment: NodeJS.ProcessEnv;
  write(files: { readonly config?: string; readonly credentials?: string }): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Temporary config and credentials files with the environment variables for them, so that tests never read real ones.
 */
export async function createAwsFiles(): Promise<AwsFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'li-aws-'));
  const environment = {
    AWS_CONFIG_FILE: join(folder, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
  };
  return {
    environment,
    async write({ config, credentials }) {
      if (config !== undefined) await writeFile(environment.AWS_CONFIG_FILE, config);
      if (credentials !== undefined) await writeFile(environment.AWS_SHARED_CREDENTIALS_FILE, credentials);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** An AWS client with one profile, `dev`, which has invalid keys. */
export async function createDevAws(limits: AwsOptions = {}): Promise<{ readonly aws: Aws; readonly files: AwsFiles }> {
  const files = await createAwsFiles();
  await files.write({
    config: '[profile dev]\nregion = eu-west-1\n',
    credentials: '[dev]\naws_access_key_id = AKIADEV\naws_secret_access_key = s\n',
  });
  // The credential chain of the SDK reads the process environment.
  Object.assign(process.env, files.environment);
  return { aws: createAws(files.environment, limits), files };
}
