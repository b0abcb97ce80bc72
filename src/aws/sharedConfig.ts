import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { externalDataInterceptor, loadSharedConfigFiles } from '@smithy/core/config';
import { readConfigSections, type ConfigProblem } from '../core/awsConfig/configSections.ts';
import type { AwsConfig } from '../core/awsConfig/profile.ts';
import { errorText } from '../core/errorText.ts';
import { message } from '../core/messages.ts';

/** Where the config and the credentials file are: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE count. */
function sharedConfigPaths(environment: NodeJS.ProcessEnv): { config: string; credentials: string } {
  const home = environment['HOME'] ?? homedir();
  const expanded = (path: string) => (path.startsWith('~/') ? join(home, path.slice(2)) : path);
  const named = (variable: string, file: string) => {
    const path = environment[variable] ?? '';
    return path === '' ? join(home, '.aws', file) : expanded(path);
  };
  return {
    config: named('AWS_CONFIG_FILE', 'config'),
    credentials: named('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
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
  const unread = (problem: ConfigProblem) => ({ profiles: [], sections: [], problems: [problem] });
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
    if (isNoFile(error)) return { profiles: [], sections: [], problems: [] };
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
  const asWritten = environment['AWS_CONFIG_FILE'] ?? '';
  if (asWritten.startsWith('~/')) {
    // The SDK's reader of sso-sessions takes the path as it is written (shared-ini-file-loader, loadSsoSessionData).
    externalDataInterceptor.interceptFile(asWritten, await readFile(configFilepath, 'utf8').catch(() => ''));
  }
  const profiles: Record<string, Record<string, string | undefined>> = {};
  for (const file of [configFile, credentialsFile]) {
    for (const [name, keys] of Object.entries(file)) {
      if (isProfileName(name)) profiles[name] = { ...profiles[name], ...keys };
    }
  }
  return {
    profiles,
    sections: configFile,
    sectionNames: ofConfig.sections,
    names: [...new Set([...ofConfig.profiles, ...ofCredentials.profiles])],
    // What the config file does not name as a profile may be one of the credentials file.
    problems: [...ofConfig.problems, ...ofCredentials.problems].filter(
      ({ section, message: { code } }) => code !== 'configSectionPrefix' || profiles[section ?? ''] === undefined,
    ),
  };
}
