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

function said(text: string, isCredentials = false): string[] {
  return read(text, isCredentials).problems.map(
    ({ section, message }) => `${section ?? '-'}: ${message.code} ${message.args.join(' ')}`,
  );
}

describe('the lines of a config file', () => {
  test('name the profiles in their order, those without a key too', () => {
    expect(
      read('# c\n[profile b]\n[default]\nregion=x\n[profile "a"]\n[sso-session s]\n[services v]\n[profile b]\n')
        .profiles,
    ).toEqual(['b', 'default', 'a']);
    expect(read('[b]\n[a.b-c]\n', true).profiles).toEqual(['b', 'a.b-c']);
  });

  test('that are right have no problem', () => {
    const text = `[default]\r\nregion = x ; comment\r\n# comment\r\n[services local]\r\nlambda =\r\n  endpoint_url = http://x\r\n\tother = y\r\ns3=\r\n   a = b\r\n[profile x]\r\noutput=\r\n`;
    expect(said(text)).toEqual([]);
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
  ])('%j says which line is wrong', (text, problem) => {
    expect(said(text)).toEqual([problem]);
  });

  test('of a credentials file have whatever name the brackets hold', () => {
    expect(read('[dev]\na = b\n[my dev]\na = b\n[Foo (Bar)]\n[profile x]\n', true).profiles).toEqual([
      'dev',
      'my dev',
      'Foo (Bar)',
      'profile x',
    ]);
    expect(said('[my dev]\na = b\n[ d ]\n', true)).toEqual([]);
  });

  test('that do not close a section make the one before it doubtful, too', () => {
    expect(said('[dev]\na = b\n[prod\na = c\n', true)).toEqual([
      'dev: configSectionOpen config 3',
      'prod: configSectionOpen config 3',
    ]);
    const { problems } = readConfigSections('[dev]\n[prod\n', 'config', { isCredentials: true });
    expect(profileProblem('dev', { ...config({ dev: keys }), problems })?.code).toBe('configSectionOpen');
  });

  test('that no tool reads are a warning where the profile can be used without them', () => {
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

describe('a profile', () => {
  test.each<[string, AwsConfig['profiles'], AwsConfig['sections'], string | undefined]>([
    ['keys', { p: keys }, {}, undefined],
    ['half of the keys', { p: { aws_access_key_id: 'A' } }, {}, 'profileKeyMissing'],
    ['the other half', { p: { aws_secret_access_key: 's' } }, {}, 'profileKeyMissing'],
    ['nothing', { p: { region: 'x' } }, {}, 'profileNoCredentials'],
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
    ['a source that is not there', { p: { role_arn: 'r', source_profile: 'q' } }, {}, 'profileUnknownIn'],
    [
      'a source that is broken',
      { p: { role_arn: 'r', source_profile: 'q' }, q: { region: 'x' } },
      {},
      'profileNoCredentials',
    ],
    [
      'a circle',
      { p: { role_arn: 'r', source_profile: 'q' }, q: { role_arn: 's', source_profile: 'p' } },
      {},
      'profileCycle',
    ],
    ['itself as the source, with keys', { p: { role_arn: 'r', source_profile: 'p', ...keys } }, {}, undefined],
    ['itself as the source, without keys', { p: { role_arn: 'r', source_profile: 'p' } }, {}, 'profileCycle'],
    ['an sso-session that is not there', { p: { sso_session: 's', ...sso } }, {}, 'ssoSessionUnknown'],
    [
      'an sso-session without a region',
      { p: { sso_session: 's', ...sso } },
      { 'sso-session.s': { sso_start_url: 'u' } },
      'ssoSessionKeyMissing',
    ],
    [
      'an sso-session and no account',
      { p: { sso_session: 's' } },
      { 'sso-session.s': { sso_start_url: 'u', sso_region: 'r' } },
      'profileKeyMissing',
    ],
    [
      'an sso-session in another region than its own',
      { p: { sso_session: 's', ...sso, sso_region: 'q' } },
      { 'sso-session.s': { sso_start_url: 'u', sso_region: 'r' } },
      'ssoInconsistent',
    ],
    ['legacy SSO without a region', { p: { sso_start_url: 'u', ...sso } }, {}, 'profileKeyMissing'],
    [
      'keys and a role that nothing takes',
      { p: { ...keys, role_arn: 'arn:aws:iam::123456789012:role/x' } },
      {},
      undefined,
    ],
    ['services that are not there', { p: { ...keys, services: 'x' } }, {}, 'servicesUnknown'],
    ['a process', { p: { credential_process: 'x' } }, {}, undefined],
    ['a login session', { p: { login_session: 'x' } }, {}, undefined],
    ['a web identity', { p: { web_identity_token_file: 'x', role_arn: 'r' } }, {}, undefined],
    ['a web identity without a role', { p: { web_identity_token_file: 'x' } }, {}, 'profileKeyMissing'],
  ])('with %s is told so', (_, profiles, sections, code) => {
    expect(profileProblem('p', config(profiles, sections))?.code).toBe(code);
  });

  test.each<[string, AwsConfig['profiles'][string], readonly string[], string]>([
    ['a role before everything', { ...keys, ...sso, role_arn: 'r', source_profile: 'q' }, ['p'], 'role'],
    [
      'a web identity before SSO',
      { ...keys, ...sso, role_arn: 'r', web_identity_token_file: 't' },
      ['p'],
      'webIdentity',
    ],
    ['SSO before keys', { ...keys, ...sso }, [], 'sso'],
    ['keys of the credentials file before a process', { ...keys, credential_process: 'x' }, [], 'keys'],
    ['a login session before a process', { login_session: 'l', credential_process: 'x' }, ['p'], 'login'],
    ['a process before keys of the config file', { ...keys, credential_process: 'x' }, ['p'], 'process'],
    ['keys beside a session for tokens only', { ...keys, sso_session: 's' }, ['p'], 'keys'],
    ['a session token in its older spelling', { ...keys, aws_security_token: 't' }, ['p'], 'session'],
  ])('takes %s', (_, values, configKeys, kind) => {
    expect(profileKind('p', { ...config({ p: values, q: keys }), configKeys })).toBe(kind);
  });

  test('as the source of a role is its keys before its own role', () => {
    const profiles = { p: { ...keys, role_arn: 'r', source_profile: 'q' }, q: keys };
    expect(profileKind('p', config(profiles), { isSource: true })).toBe('keys');
  });

  test('whose lines cannot be read says file and line', () => {
    const { problems } = readConfigSections('[profile dev]\nregion\n', '/home/me/.aws/config', {
      isCredentials: false,
    });
    const problem = profileProblem('dev', { ...config({ dev: { region: 'x' } }), problems });
    expect(problem && toSentence(problem)).toBe(
      '/home/me/.aws/config, line 2: this is no setting. Write it as name = value.',
    );
  });

  test('that is broken hides no other', () => {
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

  test('leads to its sources, and its account is known where the files tell', () => {
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
