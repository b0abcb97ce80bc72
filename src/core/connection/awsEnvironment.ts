type Environment = Readonly<Record<string, string | undefined>>;

/** An environment variable's value. An empty value is treated as unset. */
export function variable(name: string, environment: Environment): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

/** The profile from the environment. Source: AWS CLI v2, botocore, configprovider. */
export function environmentProfile(environment: Environment): string | undefined {
  return variable('AWS_PROFILE', environment) ?? variable('AWS_DEFAULT_PROFILE', environment);
}

/** Whether a text is `true`, ignoring case. Anything else is false. Source: botocore, ensure_boolean. */
export function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** Expands `$NAME`, `${NAME}` and a leading `~/` like the AWS CLI does for the paths of its files. */
export function expandPath(path: string, environment: Environment, home: string): string {
  const expanded = path.replaceAll(
    /\$(?:(\w+)|\{([^}]*)(\}?))/g,
    (match, plain?: string, braced?: string, end?: string) =>
      end === '' ? match : (environment[plain ?? braced ?? ''] ?? match),
  );
  return expanded.replace(/^~(?=[\\/]|$)/, () => home);
}

/** Files and folders of the AWS CLI and the SDKs. Not normalized: separators may be mixed on Windows. */
export interface AwsPaths {
  readonly folder: string;
  readonly config: string;
  readonly credentials: string;
  /** Tokens of SSO sessions. */
  readonly ssoCache: string;
  /** Tokens of `aws login`. */
  readonly loginCache: string;
}

/**
 * Where the AWS CLI and the SDKs keep their files. HOME overrides the system's home folder; AWS_CONFIG_FILE,
 * AWS_SHARED_CREDENTIALS_FILE and AWS_LOGIN_CACHE_DIRECTORY override the places in it. Source: AWS SDKs and Tools reference.
 */
export function awsPaths(environment: Environment, systemHome: string): AwsPaths {
  const home = environment['HOME'] ?? systemHome;
  const path = (name: string, place: string) =>
    expandPath(variable(name, environment) ?? `~/.aws/${place}`, environment, home);
  return {
    folder: `${home}/.aws`,
    config: path('AWS_CONFIG_FILE', 'config'),
    credentials: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials'),
    ssoCache: `${home}/.aws/sso/cache`,
    loginCache: path('AWS_LOGIN_CACHE_DIRECTORY', 'login/cache'),
  };
}
