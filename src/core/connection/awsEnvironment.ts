type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's value; an empty one is none. */
export function variable(name: string, environment: Environment): string | undefined {
  const value = environment[name];
  return value === '' ? undefined : value;
}

/** The profile that the environment names. Source: AWS CLI v2, botocore, configprovider. */
export function environmentProfile(environment: Environment): string | undefined {
  return variable('AWS_PROFILE', environment) ?? variable('AWS_DEFAULT_PROFILE', environment);
}

/** Whether a text is `true`, in any case; anything else is false. Source: botocore, ensure_boolean. */
export function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}

/** `$NAME`, `${NAME}` and a leading `~/`, as the AWS CLI expands them in the paths of its files. */
function expandPath(path: string, environment: Environment, home: string): string {
  const expanded = path.replaceAll(
    /\$(?:(\w+)|\{([^}]*)(\}?))/g,
    (whole, plain?: string, braced?: string, end?: string) =>
      end === '' ? whole : (environment[plain ?? braced ?? ''] ?? whole),
  );
  return expanded.replace(/^~(?=[\\/]|$)/, () => home);
}

/** Where the config and the credentials file are: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE override the home folder. */
export function awsConfigPaths(environment: Environment, home: string): { config: string; credentials: string } {
  const path = (name: string, file: string) =>
    expandPath(variable(name, environment) ?? `~/.aws/${file}`, environment, home);
  return { config: path('AWS_CONFIG_FILE', 'config'), credentials: path('AWS_SHARED_CREDENTIALS_FILE', 'credentials') };
}
