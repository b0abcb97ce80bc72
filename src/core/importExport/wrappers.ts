/** How to parse the arguments of a program that runs another one, such as `aws-vault exec dev -- aws …`. */
export interface Wrapper {
  /** Options with a value as the next word. */
  readonly values: readonly string[];
  /** The maximum number of positional arguments. */
  readonly positionals: number;
  /** The source of the profile: options, or a positional argument. */
  readonly profile?: { readonly options?: readonly string[]; readonly isWord?: true };
  readonly regionOptions?: readonly string[];
  /** Options for the program's own account name, which is often the same as the profile's. */
  readonly accountOptions?: readonly string[];
  /** The program provides credentials that this extension can't access. */
  readonly hasCredentials?: true;
}

const words = (text: string): readonly string[] => text.split(' ');

const PLAIN: Wrapper = { values: [], positionals: 0 };
const SHELL: Wrapper = { values: words('-ExecutionPolicy -OutputFormat -InputFormat -WindowStyle'), positionals: 0 };
const SECRETS: Wrapper = { values: [], positionals: 3, hasCredentials: true };

const PLAIN_NAMES = words(
  'nohup command builtin setsid unbuffer winpty eval chronic noglob call ! if then else elif {',
);
const SHELL_NAMES = words('bash sh zsh dash ksh fish pwsh powershell cmd');
const SECRET_NAMES = words('chamber op doppler infisical teller envchain ssh kubectl oc su');

/** Wrappers by executable name. */
export const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map<string, Wrapper>([
  ...PLAIN_NAMES.map((name): [string, Wrapper] => [name, PLAIN]),
  ...SHELL_NAMES.map((name): [string, Wrapper] => [name, SHELL]),
  ...SECRET_NAMES.map((name): [string, Wrapper] => [name, SECRETS]),
  ['sudo', { values: words('-u --user -g --group -h --host -p --prompt -C -r -t -T -U -D -R'), positionals: 0 }],
  ['doas', { values: words('-u -C'), positionals: 0 }],
  ['time', { values: words('-f --format -o --output'), positionals: 0 }],
  ['timeout', { values: words('-k --kill-after -s --signal'), positionals: 1 }],
  ['gtimeout', { values: words('-k --kill-after -s --signal'), positionals: 1 }],
  ['nice', { values: words('-n --adjustment'), positionals: 0 }],
  ['ionice', { values: words('-c -n --class --classdata'), positionals: 0 }],
  ['stdbuf', { values: words('-i -o -e'), positionals: 0 }],
  ['caffeinate', { values: words('-t -w'), positionals: 0 }],
  ['exec', { values: words('-a'), positionals: 0 }],
  [
    'aws-vault',
    {
      values: words(
        '-d --duration --region -t --mfa-token --prompt --backend --keychain --pass-dir --pass-cmd --pass-prefix --file-dir',
      ),
      positionals: 2,
      profile: { isWord: true },
      regionOptions: ['--region'],
    },
  ],
  [
    'aws-okta',
    {
      values: words(
        '-t --session-ttl -a --assume-role-ttl -b --backend --mfa-duo-device --mfa-factor-type --mfa-provider',
      ),
      positionals: 2,
      profile: { isWord: true },
    },
  ],
  [
    'saml2aws',
    {
      values: words(
        '-a --idp-account -p --profile --exec-profile -r --role --region -u --username --url --session-duration',
      ),
      positionals: 1,
      profile: { options: ['--exec-profile', '-p', '--profile'] },
      regionOptions: ['--region'],
      accountOptions: ['-a', '--idp-account'],
    },
  ],
  [
    'assume',
    {
      values: words(
        '-r --region -d --duration -s --service --exec -e --sso-region --sso-start-url --account-id --role-name',
      ),
      positionals: 1,
      profile: { isWord: true },
      regionOptions: ['-r', '--region'],
    },
  ],
  [
    'awsume',
    {
      values: words('--region --role-arn --session-name --role-duration'),
      positionals: 1,
      profile: { isWord: true },
      regionOptions: ['--region'],
    },
  ],
  ['granted', { values: words('--region'), positionals: 2, profile: { isWord: true }, regionOptions: ['--region'] }],
  ['asp', { values: [], positionals: 1, profile: { isWord: true } }],
  ['awsp', { values: [], positionals: 1, profile: { isWord: true } }],
  ['aws-runas', { values: words('-d -r -R --region'), positionals: 1, profile: { isWord: true } }],
  [
    'aws-sso',
    {
      values: words('-p --profile -A --account -R --role -S --sso --level --config'),
      positionals: 1,
      profile: { options: ['-p', '--profile'] },
    },
  ],
  ['aws2-wrap', { values: words('--profile --exec'), positionals: 0, profile: { options: ['--profile'] } }],
  ['awsudo', { values: words('-u -d'), positionals: 0, profile: { options: ['-u'] } }],
]);

/** Programs that change the environment of the following commands. */
export const SESSION_WRAPPERS: ReadonlySet<string> = new Set(['assume', 'awsume', 'asp', 'awsp']);

/** Programs that run a command in a container, which has its own variables and files. */
export const CONTAINERS: ReadonlySet<string> = new Set(['docker', 'podman', 'nerdctl', 'finch', 'docker-compose']);
export const CONTAINER_VALUES = words(
  '-e --env --env-file -v --volume -w --workdir --name --network --net -u --user --entrypoint -p --publish --mount --platform -h --hostname -l --label --add-host --dns -m --memory --cpus --pull',
);
