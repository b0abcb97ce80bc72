import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { readConfigSections, type ConfigProblem } from '../core/awsConfig/configSections.ts';
import type { AwsConfig } from '../core/awsConfig/profile.ts';
import { errorText } from '../core/errorText.ts';
import { message } from '../core/messages.ts';

/** Where the config and the credentials file are: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE count. */
export function sharedConfigPaths(environment: NodeJS.ProcessEnv): { config: string; credentials: string } {
  const home = environment['HOME'] ?? homedir();
  const expanded = (path: string) => (path.startsWith('~/') ? join(home, path.slice(2)) : path);
  return {
    config: expanded(environment['AWS_CONFIG_FILE'] ?? join(home, '.aws', 'config')),
    credentials: expanded(environment['AWS_SHARED_CREDENTIALS_FILE'] ?? join(home, '.aws', 'credentials')),
  };
}

function isProfileName(section: string): boolean {
  return !section.startsWith('sso-session.') && !section.startsWith('services.');
}

function isNoFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** A file's profiles and what in it cannot be read; a file that is not there is an empty one. */
async function readSections(path: string, isCredentials: boolean) {
  const unread = (problem: ConfigProblem) => ({ profiles: [], problems: [problem] });
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return unread({ section: undefined, message: message('configUnreadable', path, 'no file') });
    const bytes = await readFile(path);
    const text = bytes.toString('utf8');
    if (text.includes('\uFFFD') || text.includes('\0')) {
      return unread({ section: undefined, message: message('configNotUtf8', path) });
    }
    return readConfigSections(text, path, { isCredentials });
  } catch (error) {
    if (isNoFile(error)) return { profiles: [], problems: [] };
    return unread({ section: undefined, message: message('configUnreadable', path, errorText(error)) });
  }
}

/**
 * Reads `~/.aws/config` and `credentials` (AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE count) through the SDK's own
 * loader, anew each time: its cache would keep edited credentials old. A missing file is an empty one; what cannot be
 * read stands in `problems`. Never rejects: one broken profile must not hide the others.
 */
export async function readSharedConfig(environment: NodeJS.ProcessEnv): Promise<AwsConfig> {
  const { config: configFilepath, credentials: filepath } = sharedConfigPaths(environment);
  const [{ configFile, credentialsFile }, ofConfig, ofCredentials] = await Promise.all([
    loadSharedConfigFiles({ filepath, configFilepath, ignoreCache: true }),
    readSections(configFilepath, false),
    readSections(filepath, true),
  ]);
  const profiles: Record<string, Record<string, string | undefined>> = {};
  for (const file of [configFile, credentialsFile]) {
    for (const [name, keys] of Object.entries(file)) {
      if (isProfileName(name)) profiles[name] = { ...profiles[name], ...keys };
    }
  }
  return {
    profiles,
    sections: configFile,
    names: [...new Set([...ofConfig.profiles, ...ofCredentials.profiles])],
    problems: [...ofConfig.problems, ...ofCredentials.problems],
  };
}
