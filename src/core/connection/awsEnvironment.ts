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
function expandPath(path: string, environment: Environment, home: string): string {
  const expanded = path.replaceAll(
    /\$(?:(\w+)|\{([^}]*)(\}?))/g,
    (whole, plain?: string, braced?: string, end?: string) =>
      end === '' ? whole : (environment[plain ?? braced ?? ''] ?? whole),
  );
  return expanded.replace(/^~(?=[\\/]|$)/, () => home);
}

/**
 * The paths of the config and credentials files: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, or the defaults in
 * the home folder.
 */
export function awsConfigPaths(environment: Environment, home: string): { config: string; credentials: string } {
  const path = (name: string, file: string) =>
    expandPath(variable(name, environment) ?? `~/.aws/${file}`, environment, home);
  return { config: path('AWS_CONFIG_FILE', 'config'), credentials: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials') };
}
