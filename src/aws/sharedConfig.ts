import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { InvokeError } from '../core/invokeError.ts';
import { message } from '../core/messages.ts';

type Profiles = Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;

export interface SharedConfig {
  /** Both files' profiles, merged: the credentials file counts before the config file. */
  readonly profiles: Profiles;
  /** The config file's sections, `services.NAME` and `sso-session.NAME` among them. */
  readonly sections: Profiles;
}

function paths(environment: NodeJS.ProcessEnv): string[] {
  return [
    environment['AWS_CONFIG_FILE'] ?? join(homedir(), '.aws', 'config'),
    environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(homedir(), '.aws', 'credentials'),
  ];
}

/** Changes whenever the shared config files do: their paths, times and sizes. */
export async function sharedConfigStamp(environment: NodeJS.ProcessEnv): Promise<string> {
  const stamps = paths(environment).map(async (path) => {
    const stats = await stat(path).catch(() => undefined);
    return `${path} ${stats?.mtimeMs ?? 0} ${stats?.size ?? 0}`;
  });
  return (await Promise.all(stamps)).join('\n');
}

function isProfileName(section: string): boolean {
  return !section.startsWith('sso-session.') && !section.startsWith('services.');
}

/**
 * Reads `~/.aws/config` and `credentials` (AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE count) through the SDK's own
 * loader, anew each time: its cache would keep edited credentials old. A missing file is an empty one. Rejects with
 * InvokeError where a file cannot be read.
 */
export async function readSharedConfig(environment: NodeJS.ProcessEnv): Promise<SharedConfig> {
  const [filepath, configFilepath] = paths(environment).toReversed() as [string, string];
  try {
    const { configFile, credentialsFile } = await loadSharedConfigFiles({
      filepath,
      configFilepath,
      ignoreCache: true,
    });
    const profiles: Record<string, Record<string, string | undefined>> = {};
    for (const file of [configFile, credentialsFile]) {
      for (const [name, keys] of Object.entries(file)) {
        if (isProfileName(name)) profiles[name] = { ...profiles[name], ...keys };
      }
    }
    return { profiles, sections: configFile };
  } catch (error) {
    throw new InvokeError(message('configBroken', error instanceof Error ? error.message : String(error)), {
      cause: error,
    });
  }
}
