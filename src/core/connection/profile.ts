import { message, type Message } from '../messages/messages.ts';
import type { ConfigProblem, Keys } from './configSections.ts';

/** The parsed AWS config files. */
export interface AwsConfig {
  /** The profiles of both files. The credentials file overrides the config file. */
  readonly profiles: Readonly<Record<string, Keys>>;
  /** The config file's sections, including `services.NAME` and `sso-session.NAME`. */
  readonly sections: Readonly<Record<string, Keys>>;
  /** The names of all profiles in file order, including invalid ones. */
  readonly names: readonly string[];
  /** The names of the config file's other sections, including those without keys. */
  readonly sectionNames: readonly string[];
  /**
   * Profiles without an access key in the credentials file: `credential_process` has priority over a key in the config
   * file.
   */
  readonly configKeys?: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** The source of a profile's credentials, with the priorities of the AWS CLI. */
export type ProfileKind = 'keys' | 'session' | 'role' | 'webIdentity' | 'process' | 'sso' | 'login' | 'source' | 'none';

/** A sign-in through IAM Identity Center. `name` is the name of the sso-session, absent in the legacy format. */
export interface SsoSession {
  readonly name?: string;
  readonly startUrl: string;
  readonly region: string;
  readonly scopes: readonly string[];
}

/** A profile in the list of profiles. */
export interface ProfileView {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region?: string;
  /** The account of its credentials, if the files contain it. */
  readonly accountId?: string;
  /** The bare name of the role it assumes. */
  readonly role?: string;
  /** The sign-in that it or its source needs. */
  readonly signIn?: 'sso' | 'login';
  /** Why it can't be used. */
  readonly problem?: Message;
  /** A problem that doesn't prevent its use. */
  readonly warning?: Message;
}

const CREDENTIAL_SOURCES = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function hasStaticKeys({ aws_access_key_id: id, aws_secret_access_key: secret }: Keys): boolean {
  return (id ?? secret) !== undefined;
}

function staticKeysKind(keys: Keys): 'keys' | 'session' {
  return (keys['aws_session_token'] ?? keys['aws_security_token']) === undefined ? 'keys' : 'session';
}

/**
 * The source of a profile's credentials. `isSource` is for the source profile of a role, whose own keys have priority
 * over its own role. Source: AWS CLI v2, botocore, create_credential_resolver and AssumeRoleProvider.
 */
export function profileKind(
  name: string,
  { profiles, configKeys = [] }: Pick<AwsConfig, 'profiles' | 'configKeys'>,
  { isSource = false }: { readonly isSource?: boolean } = {},
): ProfileKind {
  const keys = profiles[name] ?? {};
  const hasKeys = keys['aws_access_key_id'] !== undefined;
  const isRole = assumesRole(keys);
  const hasSource = (keys['source_profile'] ?? keys['credential_source']) !== undefined;
  if (isRole && hasSource && !(isSource && hasStaticKeys(keys))) return 'role';
  if (keys['web_identity_token_file'] !== undefined && keys['role_arn'] !== undefined) return 'webIdentity';
  if ((keys['sso_account_id'] ?? keys['sso_role_name']) !== undefined) return 'sso';
  if (hasKeys && !configKeys.includes(name)) return staticKeysKind(keys);
  if (keys['login_session'] !== undefined) return 'login';
  if (keys['credential_process'] !== undefined) return 'process';
  if (hasKeys) return staticKeysKind(keys);
  if (isRole) return 'role';
  if (Object.keys(keys).some((key) => key.startsWith('sso_'))) return 'sso';
  return keys['credential_source'] === undefined ? 'none' : 'source';
}

/** Whether the profile assumes a role with other credentials, not with a web identity token. */
function assumesRole(keys: Keys): boolean {
  return keys['role_arn'] !== undefined && keys['web_identity_token_file'] === undefined;
}

/** A profile and its `source_profile` chain, the profile first. A cycle ends at the first repetition. */
export function profileChain(name: string, { profiles }: Pick<AwsConfig, 'profiles'>): string[] {
  const chain: string[] = [];
  for (let next: string | undefined = name; next !== undefined && !chain.includes(next);) {
    chain.push(next);
    const keys: Keys = profiles[next] ?? {};
    // A source profile with its own keys ends the chain, and so does a profile that refers to itself.
    const isSource = chain.length > 1;
    next = assumesRole(keys) && !(isSource && hasStaticKeys(keys)) ? keys['source_profile'] : undefined;
  }
  return chain;
}

/** The kind of sign-in that a profile or its source needs. */
export function signInOf(
  name: string,
  config: Pick<AwsConfig, 'profiles' | 'configKeys'>,
): 'sso' | 'login' | undefined {
  const last = profileChain(name, config).at(-1) ?? name;
  const kind = profileKind(last, config, { isSource: last !== name });
  return kind === 'sso' || kind === 'login' ? kind : undefined;
}

/** The SSO session that a profile or its source uses. */
export function ssoSessionOf(
  name: string,
  config: Pick<AwsConfig, 'profiles' | 'sections' | 'configKeys'>,
): SsoSession | undefined {
  const last = profileChain(name, config).at(-1) ?? name;
  const keys = config.profiles[last] ?? {};
  if (profileKind(last, config, { isSource: last !== name }) !== 'sso') return undefined;
  const session = keys['sso_session'];
  const from = session === undefined ? keys : config.sections[`sso-session.${session}`];
  const startUrl = from?.['sso_start_url'];
  const region = from?.['sso_region'];
  if (startUrl === undefined || region === undefined) return undefined;
  const scopes = (from?.['sso_registration_scopes'] ?? 'sso:account:access').split(',').map((scope) => scope.trim());
  return { ...(session !== undefined && { name: session }), startUrl, region, scopes };
}

function ssoProblem(name: string, keys: Keys, { sections }: AwsConfig): Message | undefined {
  const session = keys['sso_session'];
  if (session !== undefined) {
    const section = sections[`sso-session.${session}`];
    if (section === undefined) return message('ssoSessionUnknown', name, session);
    for (const key of ['sso_start_url', 'sso_region']) {
      if (section[key] === undefined) return message('ssoSessionKeyMissing', session, key);
      if ((keys[key] ?? section[key]) !== section[key]) return message('ssoInconsistent', name, key, session);
    }
  }
  const needed = session === undefined ? ['sso_start_url', 'sso_region'] : [];
  const presentKey = session === undefined ? 'SSO' : 'sso_session';
  for (const key of [...needed, 'sso_account_id', 'sso_role_name']) {
    if (keys[key] === undefined) return message('profileKeyMissing', name, presentKey, key);
  }
  return undefined;
}

function keysProblem(name: string, config: AwsConfig): Message | undefined {
  const keys = config.profiles[name] ?? {};
  const missing = (has: string, needs: string) =>
    keys[has] !== undefined && keys[needs] === undefined ? message('profileKeyMissing', name, has, needs) : undefined;
  const services = keys['services'];
  if (services !== undefined && !config.sectionNames.includes(`services.${services}`)) {
    return message('servicesUnknown', name, services);
  }
  switch (profileKind(name, config)) {
    case 'keys':
    case 'session':
      return missing('aws_access_key_id', 'aws_secret_access_key');
    case 'role':
    case 'source': {
      const source = keys['credential_source'];
      if (source === undefined)
        return keys['source_profile'] === undefined ? message('profileNoSource', name) : undefined;
      if (keys['source_profile'] !== undefined) return message('profileTwoSources', name);
      return CREDENTIAL_SOURCES.includes(source) ? undefined : message('profileCredentialSource', name, source);
    }
    case 'sso':
      return ssoProblem(name, keys, config);
    case 'none':
      return (
        missing('aws_secret_access_key', 'aws_access_key_id') ??
        missing('web_identity_token_file', 'role_arn') ??
        message('profileNoCredentials', name)
      );
    case 'webIdentity':
    case 'process':
    case 'login':
      return undefined;
  }
}

/**
 * The first problem in the lines of a profile. Duplicates are excluded by default, because they don't explain a missing
 * key.
 */
function lineProblem(name: string, { problems }: AwsConfig, includesDuplicates = false): Message | undefined {
  return problems.find(
    ({ section, message: { code } }) => section === name && (includesDuplicates || code !== 'configTwice'),
  )?.message;
}

/** Whether the header itself is invalid. Then the keys around it may not belong to the profile. */
function isHeaderProblem({ code }: Message): boolean {
  return code.startsWith('configSection');
}

/**
 * Why a profile can't be used, as far as the files show. An invalid line matters only if a key is missing or the header
 * is invalid, because the SDK ignores other invalid lines.
 */
export function profileProblem(name: string, config: AwsConfig): Message | undefined {
  const chain = profileChain(name, config);
  for (const [index, link] of chain.entries()) {
    const line = lineProblem(link, config);
    if (line !== undefined && isHeaderProblem(line)) return line;
    if (config.profiles[link] === undefined) {
      if (line !== undefined) return line;
      const isListed = config.names.includes(link);
      if (index === 0) return isListed ? message('profileNoCredentials', link) : message('profileUnknown', link);
      return message('profileUnknownIn', link, 'source_profile', chain[index - 1] ?? name);
    }
    const problem = keysProblem(link, config);
    if (problem !== undefined) return line ?? problem;
  }
  const last = chain.at(-1) ?? name;
  const nextSource = config.profiles[last]?.['source_profile'];
  const { [last]: keys = {} } = config.profiles;
  const isCycle = assumesRole(keys) && !hasStaticKeys(keys) && nextSource !== undefined && chain.includes(nextSource);
  return isCycle ? message('profileCycle', [...chain, nextSource].join(' → ')) : undefined;
}

/** The account of a profile's credentials, if the files contain it. Sends no request. */
export function accountOfProfile(name: string, config: Pick<AwsConfig, 'profiles' | 'configKeys'>): string | undefined {
  const keys = config.profiles[name] ?? {};
  const kind = profileKind(name, config);
  const isRole = kind === 'role' || kind === 'webIdentity';
  const roleAccount = isRole ? /^arn:[^:]*:iam::(\d{12}):/.exec(keys['role_arn'] ?? '')?.[1] : undefined;
  return roleAccount ?? keys['aws_account_id'] ?? (kind === 'sso' ? keys['sso_account_id'] : undefined);
}

/** All profiles in file order. */
export function describeProfiles(config: AwsConfig): ProfileView[] {
  return config.names.map((name) => {
    const keys = config.profiles[name] ?? {};
    const { region } = keys;
    const accountId = accountOfProfile(name, config);
    const role = /\/([^/]+)$/.exec(keys['role_arn'] ?? '')?.[1] ?? keys['sso_role_name'];
    const problem = profileProblem(name, config);
    const signIn = signInOf(name, config);
    const warning = lineProblem(name, config) ?? lineProblem(name, config, true);
    return {
      name,
      kind: profileKind(name, config),
      ...(region !== undefined && { region }),
      ...(accountId !== undefined && { accountId }),
      ...(role !== undefined && { role }),
      ...(signIn !== undefined && { signIn }),
      ...(problem !== undefined && { problem }),
      ...(problem === undefined && warning !== undefined && { warning }),
    };
  });
}
