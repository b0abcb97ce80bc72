import { message, type Message } from '../messages/messages.ts';
import type { ConfigProblem, Keys } from './configSections.ts';

/** The AWS config files, read. */
export interface AwsConfig {
  /** Both files' profiles, merged: the credentials file counts before the config file. */
  readonly profiles: Readonly<Record<string, Keys>>;
  /** The config file's sections, `services.NAME` and `sso-session.NAME` among them. */
  readonly sections: Readonly<Record<string, Keys>>;
  /** Names of all profiles in the order of the files, the broken ones too. */
  readonly names: readonly string[];
  /** Names of the other sections of the config file, also of those without a key. */
  readonly sectionNames: readonly string[];
  /** Profiles that have no access key in the credentials file: a process counts before that of the config file. */
  readonly configKeys?: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Where a profile's credentials come from, by the order in which the AWS CLI looks. */
export type ProfileKind = 'keys' | 'session' | 'role' | 'webIdentity' | 'process' | 'sso' | 'login' | 'source' | 'none';

/** A sign-in through IAM Identity Center. `name` is the sso-session's, absent in the legacy form. */
export interface SsoSession {
  readonly name?: string;
  readonly startUrl: string;
  readonly region: string;
  readonly scopes: readonly string[];
}

/** A profile as it is listed. */
export interface ProfileView {
  readonly name: string;
  readonly kind: ProfileKind;
  readonly region?: string;
  /** The account its credentials belong to, where the files tell. */
  readonly accountId?: string;
  /** The role it takes, by its bare name. */
  readonly role?: string;
  /** What has to be signed in to for it, or for its source. */
  readonly signIn?: 'sso' | 'login';
  /** Why it cannot be used. */
  readonly problem?: Message;
  /** What is wrong with it, though it can be used. */
  readonly warning?: Message;
}

const CREDENTIAL_SOURCES = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function isStatic({ aws_access_key_id: id, aws_secret_access_key: secret }: Keys): boolean {
  return (id ?? secret) !== undefined;
}

function ownKind(keys: Keys): 'keys' | 'session' {
  return (keys['aws_session_token'] ?? keys['aws_security_token']) === undefined ? 'keys' : 'session';
}

/**
 * Where a profile's credentials come from; `isSource` for a role's source, whose own keys count before its own role.
 * Source: AWS CLI v2, botocore, create_credential_resolver and AssumeRoleProvider.
 */
export function profileKind(
  name: string,
  { profiles, configKeys = [] }: Pick<AwsConfig, 'profiles' | 'configKeys'>,
  { isSource = false }: { readonly isSource?: boolean } = {},
): ProfileKind {
  const keys = profiles[name] ?? {};
  const hasKeys = keys['aws_access_key_id'] !== undefined;
  const isRole = isRoleOf(keys);
  const hasSource = (keys['source_profile'] ?? keys['credential_source']) !== undefined;
  if (isRole && hasSource && !(isSource && isStatic(keys))) return 'role';
  if (keys['web_identity_token_file'] !== undefined && keys['role_arn'] !== undefined) return 'webIdentity';
  if ((keys['sso_account_id'] ?? keys['sso_role_name']) !== undefined) return 'sso';
  if (hasKeys && !configKeys.includes(name)) return ownKind(keys);
  if (keys['login_session'] !== undefined) return 'login';
  if (keys['credential_process'] !== undefined) return 'process';
  if (hasKeys) return ownKind(keys);
  if (isRole) return 'role';
  if (Object.keys(keys).some((key) => key.startsWith('sso_'))) return 'sso';
  return keys['credential_source'] === undefined ? 'none' : 'source';
}

/** Whether a role is to be assumed with other credentials, not with a token. */
function isRoleOf(keys: Keys): boolean {
  return keys['role_arn'] !== undefined && keys['web_identity_token_file'] === undefined;
}

/** A profile and those its `source_profile` leads to, the profile first; a circle ends where it closes. */
export function profileChain(name: string, { profiles }: Pick<AwsConfig, 'profiles'>): string[] {
  const chain: string[] = [];
  for (let next: string | undefined = name; next !== undefined && !chain.includes(next);) {
    chain.push(next);
    const keys: Keys = profiles[next] ?? {};
    // A source that has keys of its own is taken as it is; so is a profile that names itself.
    const isSource = chain.length > 1;
    next = isRoleOf(keys) && !(isSource && isStatic(keys)) ? keys['source_profile'] : undefined;
  }
  return chain;
}

/** What has to be signed in to for a profile's credentials, or those of its source. */
export function signInOf(
  name: string,
  config: Pick<AwsConfig, 'profiles' | 'configKeys'>,
): 'sso' | 'login' | undefined {
  const last = profileChain(name, config).at(-1) ?? name;
  const kind = profileKind(last, config, { isSource: last !== name });
  return kind === 'sso' || kind === 'login' ? kind : undefined;
}

/** The sign-in that a profile, or one of its sources, needs. */
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
  const there = session === undefined ? 'SSO' : 'sso_session';
  for (const key of [...needed, 'sso_account_id', 'sso_role_name']) {
    if (keys[key] === undefined) return message('profileKeyMissing', name, there, key);
  }
  return undefined;
}

function ownProblem(name: string, config: AwsConfig): Message | undefined {
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

/** The first line of a profile that no tool reads; a repetition is no reason for anything that is missing. */
function lineOf(name: string, { problems }: AwsConfig, isRepetitionToo = false): Message | undefined {
  return problems.find(
    ({ section, message: { code } }) => section === name && (isRepetitionToo || code !== 'configTwice'),
  )?.message;
}

/** Whether the header itself is wrong: then the keys below it, or those above, are not the profile's. */
function isOfHeader({ code }: Message): boolean {
  return code.startsWith('configSection');
}

/**
 * Why a profile cannot be used, as far as the files tell. A line that no tool reads keeps it from being used only where
 * something is missing, or where its header is wrong: the SDK passes over the others.
 */
export function profileProblem(name: string, config: AwsConfig): Message | undefined {
  const chain = profileChain(name, config);
  for (const [index, link] of chain.entries()) {
    const line = lineOf(link, config);
    if (line !== undefined && isOfHeader(line)) return line;
    if (config.profiles[link] === undefined) {
      if (line !== undefined) return line;
      const isListed = config.names.includes(link);
      if (index === 0) return isListed ? message('profileNoCredentials', link) : message('profileUnknown', link);
      return message('profileUnknownIn', link, 'source_profile', chain[index - 1] ?? name);
    }
    const own = ownProblem(link, config);
    if (own !== undefined) return line ?? own;
  }
  const last = chain.at(-1) ?? name;
  const back = config.profiles[last]?.['source_profile'];
  const { [last]: keys = {} } = config.profiles;
  const isCircle = isRoleOf(keys) && !isStatic(keys) && back !== undefined && chain.includes(back);
  return isCircle ? message('profileCycle', [...chain, back].join(' → ')) : undefined;
}

/** The account a profile's credentials belong to, where the files tell without asking anybody. */
export function accountOfProfile(name: string, config: Pick<AwsConfig, 'profiles' | 'configKeys'>): string | undefined {
  const keys = config.profiles[name] ?? {};
  const kind = profileKind(name, config);
  const isRole = kind === 'role' || kind === 'webIdentity';
  const ofRole = isRole ? /^arn:[^:]*:iam::(\d{12}):/.exec(keys['role_arn'] ?? '')?.[1] : undefined;
  return ofRole ?? keys['aws_account_id'] ?? (kind === 'sso' ? keys['sso_account_id'] : undefined);
}

/** All profiles, in the order of the files, each with what is known of it. */
export function describeProfiles(config: AwsConfig): ProfileView[] {
  return config.names.map((name) => {
    const keys = config.profiles[name] ?? {};
    const { region } = keys;
    const accountId = accountOfProfile(name, config);
    const role = /\/([^/]+)$/.exec(keys['role_arn'] ?? '')?.[1] ?? keys['sso_role_name'];
    const problem = profileProblem(name, config);
    const signIn = signInOf(name, config);
    const warning = lineOf(name, config) ?? lineOf(name, config, true);
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
