import { describe, expect, test } from 'vitest';
import { readConfigSections } from '../../../../src/core/connection/configSections.ts';
import {
  accountOfProfile,
  describeProfiles,
  profileChain,
  profileKind,
  profileProblem,
  ssoSessionOf,
  type AwsConfig,
} from '../../../../src/core/connection/profile.ts';
import { toSentence } from '../../../../src/core/messages/messages.ts';

function read(text: string, isCredentials = false) {
  return readConfigSections(text, 'config', { isCredentials });
}

function problemsIn(text: string, isCredentials = false): string[] {
  return read(text, isCredentials).problems.map(
    ({ section, message }) => `${section ?? '-'}: ${message.code} ${message.args.join(' ')}`,
  );
}

describe('config file sections', () => {
  test('lists profiles in file order, including those without keys', () => {
    expect(
      read('# c\n[profile b]\n[default]\nregion=x\n[profile "a"]\n[sso-session s]\n[services v]\n[profile b]\n')
        .profiles,
    ).toEqual(['b', 'default', 'a']);
    expect(read('[b]\n[a.b-c]\n', true).profiles).toEqual(['b', 'a.b-c']);
  });

  test('reports no problem in a valid file', () => {
    const text = `[default]\r\nregion = x ; comment\r\n# comment\r\n[services local]\r\nlambda =\r\n  endpoint_url = http://x\r\n\tother = y\r\ns3=\r\n   a = b\r\n[profile x]\r\noutput=\r\n`;
    expect(problemsIn(text)).toEqual([]);
  });

  test.each([
    ['[profile dev\nregion = x\n', 'dev: configSectionOpen config 1'],
    ['[profile dev]\nregion x\n', 'dev: configLineNoEquals config 2'],
    ['[profile dev]\naws_secret_access_key AbCdEf123456\n', 'dev: configLineNoEquals config 2'],
    ['[profile dev]\n= x\n', 'dev: configLineKeyless config 2'],
    ['region = x\n', '-: configLineOutside config 1'],
    ['[dev]\nregion = x\n', 'dev: configSectionPrefix config 1 dev'],
    ['[profile my dev]\nregion = x\n', 'my dev: configSectionName config 1 my dev'],
    ['\uFEFF[profile dev]\nregion\n', 'dev: configLineNoEquals config 2'],
  ])('reports the invalid line in %j', (text, problem) => {
    expect(problemsIn(text)).toEqual([problem]);
  });

  test('accepts any text as a profile name in the credentials file', () => {
    expect(read('[dev]\na = b\n[my dev]\na = b\n[Foo (Bar)]\n[profile x]\n', true).profiles).toEqual([
      'dev',
      'my dev',
      'Foo (Bar)',
      'profile x',
    ]);
    expect(problemsIn('[my dev]\na = b\n[ d ]\n', true)).toEqual([]);
  });

  test('an unclosed header also reports the previous section', () => {
    expect(problemsIn('[dev]\na = b\n[prod\na = c\n', true)).toEqual([
      'dev: configSectionOpen config 3',
      'prod: configSectionOpen config 3',
    ]);
    const { problems } = readConfigSections('[dev]\n[prod\n', 'config', { isCredentials: true });
    expect(profileProblem('dev', { ...config({ dev: keys }), problems })?.code).toBe('configSectionOpen');
  });

  test('an invalid line is a warning if the profile works without it', () => {
    const { problems } = readConfigSections('[profile dev]\nregion x\n', 'config', { isCredentials: false });
    const [dev] = describeProfiles({ ...config({ dev: keys }), problems });
    expect([dev?.problem, dev?.warning?.code]).toEqual([undefined, 'configLineNoEquals']);
  });
});

const keys = { aws_access_key_id: 'AKIA', aws_secret_access_key: 's' };
const sso = { sso_account_id: '111122223333', sso_role_name: 'Dev' };

function config(profiles: AwsConfig['profiles'], sections: AwsConfig['sections'] = {}): AwsConfig {
  return {
    profiles,
    sections,
    sectionNames: Object.keys(sections),
    names: Object.keys(profiles),
    problems: [],
  };
}

describe('profiles', () => {
  test.each<[string, AwsConfig['profiles'], AwsConfig['sections'], string | undefined]>([
    ['keys', { p: keys }, {}, undefined],
    ['an access key ID only', { p: { aws_access_key_id: 'A' } }, {}, 'profileKeyMissing'],
    ['a secret access key only', { p: { aws_secret_access_key: 's' } }, {}, 'profileKeyMissing'],
    ['a region only', { p: { region: 'x' } }, {}, 'profileNoCredentials'],
    ['a role without a source', { p: { role_arn: 'r' } }, {}, 'profileNoSource'],
    [
      'a role with both sources',
      { p: { role_arn: 'r', source_profile: 'q', credential_source: 'Environment' } },
      {},
      'profileTwoSources',
    ],
    [
      'a role with an unknown source',
      { p: { role_arn: 'r', credential_source: 'Moon' } },
      {},
      'profileCredentialSource',
    ],
    ['a missing source profile', { p: { role_arn: 'r', source_profile: 'q' } }, {}, 'profileUnknownIn'],
    [
      'an invalid source profile',
      { p: { role_arn: 'r', source_profile: 'q' }, q: { region: 'x' } },
      {},
      'profileNoCredentials',
    ],
    [
      'a cycle',
      { p: { role_arn: 'r', source_profile: 'q' }, q: { role_arn: 's', source_profile: 'p' } },
      {},
      'profileCycle',
    ],
    ['itself as the source, with keys', { p: { role_arn: 'r', source_profile: 'p', ...keys } }, {}, undefined],
    ['itself as the source, without keys', { p: { role_arn: 'r', source_profile: 'p' } }, {}, 'profileCycle'],
    ['a missing sso-session', { p: { sso_session: 's', ...sso } }, {}, 'ssoSessionUnknown'],
    [
      'an sso-session without a region',
      { p: { sso_session: 's', ...sso } },
      { 'sso-session.s': { sso_start_url: 'u' } },
      'ssoSessionKeyMissing',
    ],
    [
      'an sso-session without an account',
      { p: { sso_session: 's' } },
      { 'sso-session.s': { sso_start_url: 'u', sso_region: 'r' } },
      'profileKeyMissing',
    ],
    [
      'a region that contradicts its sso-session',
      { p: { sso_session: 's', ...sso, sso_region: 'q' } },
      { 'sso-session.s': { sso_start_url: 'u', sso_region: 'r' } },
      'ssoInconsistent',
    ],
    ['legacy SSO without a region', { p: { sso_start_url: 'u', ...sso } }, {}, 'profileKeyMissing'],
    ['keys and an unused role', { p: { ...keys, role_arn: 'arn:aws:iam::123456789012:role/x' } }, {}, undefined],
    ['a missing services section', { p: { ...keys, services: 'x' } }, {}, 'servicesUnknown'],
    ['a process', { p: { credential_process: 'x' } }, {}, undefined],
    ['a login session', { p: { login_session: 'x' } }, {}, undefined],
    ['a web identity', { p: { web_identity_token_file: 'x', role_arn: 'r' } }, {}, undefined],
    ['a web identity without a role', { p: { web_identity_token_file: 'x' } }, {}, 'profileKeyMissing'],
  ])('reports the problem of a profile with %s', (_, profiles, sections, code) => {
    expect(profileProblem('p', config(profiles, sections))?.code).toBe(code);
  });

  test.each<[string, AwsConfig['profiles'][string], readonly string[], string]>([
    ['a role has the highest priority', { ...keys, ...sso, role_arn: 'r', source_profile: 'q' }, ['p'], 'role'],
    [
      'a web identity has priority over SSO',
      { ...keys, ...sso, role_arn: 'r', web_identity_token_file: 't' },
      ['p'],
      'webIdentity',
    ],
    ['SSO has priority over keys', { ...keys, ...sso }, [], 'sso'],
    ['keys in the credentials file have priority over a process', { ...keys, credential_process: 'x' }, [], 'keys'],
    ['a login session has priority over a process', { login_session: 'l', credential_process: 'x' }, ['p'], 'login'],
    ['a process has priority over keys in the config file', { ...keys, credential_process: 'x' }, ['p'], 'process'],
    ['keys have priority over an sso-session for tokens', { ...keys, sso_session: 's' }, ['p'], 'keys'],
    ['a legacy aws_security_token is a session token', { ...keys, aws_security_token: 't' }, ['p'], 'session'],
  ])('%s', (_, values, configKeys, kind) => {
    expect(profileKind('p', { ...config({ p: values, q: keys }), configKeys })).toBe(kind);
  });

  test("a source profile's own keys have priority over its role", () => {
    const profiles = { p: { ...keys, role_arn: 'r', source_profile: 'q' }, q: keys };
    expect(profileKind('p', config(profiles), { isSource: true })).toBe('keys');
  });

  test('a problem contains file and line', () => {
    const { problems } = readConfigSections('[profile dev]\nregion\n', '/home/me/.aws/config', {
      isCredentials: false,
    });
    const problem = profileProblem('dev', { ...config({ dev: { region: 'x' } }), problems });
    expect(problem && toSentence(problem)).toBe('/home/me/.aws/config, line 2: Invalid setting. Use name = value.');
  });

  test("an invalid profile doesn't hide others", () => {
    const all: AwsConfig = {
      ...config({ good: { ...keys, region: 'eu-west-1' }, bad: {} }),
      names: ['bad', 'good', 'empty'],
    };
    expect(describeProfiles(all)).toEqual([
      { name: 'bad', kind: 'none', problem: { code: 'profileNoCredentials', args: ['bad'] } },
      { name: 'good', kind: 'keys', region: 'eu-west-1' },
      { name: 'empty', kind: 'none', problem: { code: 'profileNoCredentials', args: ['empty'] } },
    ]);
  });

  test('resolves source profiles and accounts from the files', () => {
    const profiles = {
      a: { role_arn: 'arn:aws:iam::444455556666:role/path/Admin', source_profile: 'b' },
      b: { sso_session: 's', ...sso },
      c: { ...keys, aws_account_id: '777788889999' },
    };
    const all = config(profiles, { 'sso-session.s': { sso_start_url: 'u', sso_region: 'r' } });
    expect(profileChain('a', all)).toEqual(['a', 'b']);
    expect(
      accountOfProfile('d', config({ d: { ...keys, role_arn: 'arn:aws:iam::444455556666:role/x' } })),
    ).toBeUndefined();
    expect(['a', 'b', 'c'].map((name) => accountOfProfile(name, all))).toEqual([
      '444455556666',
      '111122223333',
      '777788889999',
    ]);
    expect(describeProfiles(all).map(({ kind, role }) => [kind, role])).toEqual([
      ['role', 'Admin'],
      ['sso', 'Dev'],
      ['keys', undefined],
    ]);
    expect(ssoSessionOf('a', all)).toEqual({ name: 's', startUrl: 'u', region: 'r', scopes: ['sso:account:access'] });
  });
});
