import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { normalize } from 'node:path';
import { readConfigSections, type ConfigSections } from '../../core/connection/configSections.ts';
import type { AwsConfig } from '../../core/connection/profile.ts';
import { mergeConfigFiles } from '../../core/connection/awsConfigFiles.ts';
import { awsPaths } from '../../core/connection/awsEnvironment.ts';
import { errorText } from '../../core/messages/errorText.ts';
import { message, type Message } from '../../core/messages/messages.ts';

const EMPTY: ConfigSections = { profiles: [], sections: [], profileKeys: {}, sectionKeys: {}, problems: [] };

function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** The sections of a file and its problems. A missing file is treated as empty. */
async function readSections(path: string, isCredentials: boolean): Promise<ConfigSections> {
  const withProblem = (reason: Message) => ({ ...EMPTY, problems: [{ section: undefined, message: reason }] });
  try {
    const stats = await stat(path);
    if (!stats.isFile()) return withProblem(message('configUnreadable', path, 'file not found'));
    const text = (await readFile(path)).toString('utf8');
    if (text.includes('\uFFFD') || text.includes('\0')) return withProblem(message('configNotUtf8', path));
    return readConfigSections(text, path, { isCredentials });
  } catch (error) {
    return isMissingFile(error) ? EMPTY : withProblem(message('configUnreadable', path, errorText(error)));
  }
}

/**
 * Reads `~/.aws/config` and `~/.aws/credentials` (or AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE) as the AWS CLI
 * does. Not cached, so edits take effect immediately. A missing file is empty; unreadable parts are listed in
 * `problems`. Never rejects: one invalid profile must not hide the others.
 */
export async function readSharedConfig(environment: NodeJS.ProcessEnv): Promise<AwsConfig> {
  const { config, credentials } = awsPaths(environment, homedir());
  return mergeConfigFiles(
    ...(await Promise.all([readSections(normalize(config), false), readSections(normalize(credentials), true)])),
  );
}
