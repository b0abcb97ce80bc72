import { recordOf, type ConfigSections, type Keys } from './configSections.ts';
import type { AwsConfig } from './profile.ts';

/** Values that are a command or a path: ` #` and ` ;` are part of them. */
const WHOLE = new Set(['credential_process', 'ca_bundle', 'web_identity_token_file']);

/** The AWS SDKs end a value at ` #` or ` ;`; the AWS CLI doesn't, and refuses what is left of it. */
function withoutComment(value: string): string {
  return (` ${value}`.split(/\s[;#]/, 1)[0] ?? '').trim();
}

interface Names {
  readonly profiles: ReadonlySet<string>;
  readonly sections: ReadonlySet<string>;
}

/** Whether a value is the name of a profile or section that exists, as it is written. */
function isKnownName(key: string, value: string, { profiles, sections }: Names): boolean {
  if (key === 'source_profile') return profiles.has(value);
  if (key === 'sso_session') return sections.has(`sso-session.${value}`);
  return key === 'services' && sections.has(`services.${value}`);
}

function readValues(keys: Keys, names: Names): Keys {
  const entries = Object.entries(keys).map(([key, value = '']) => {
    const isWhole = WHOLE.has(key) || isKnownName(key, value, names);
    return [key, isWhole ? value : withoutComment(value)] as const;
  });
  return recordOf(entries.filter(([, value]) => value !== ''));
}

/** Puts both files together: the credentials file's keys override the config file's. */
export function mergeConfigFiles(config: ConfigSections, credentials: ConfigSections): AwsConfig {
  const names = [...new Set([...config.profiles, ...credentials.profiles])];
  const known = { profiles: new Set(names), sections: new Set(config.sections) };
  const merged = names.flatMap((name) => {
    const [one, other] = [config.profileKeys[name], credentials.profileKeys[name]];
    if (one === undefined && other === undefined) return [];
    return [[name, readValues(recordOf(Object.entries({ ...one, ...other })), known)] as const];
  });
  const profiles = recordOf(merged);
  const problems = [...config.problems, ...credentials.problems];
  return {
    profiles,
    sections: recordOf(Object.entries(config.sectionKeys).map(([name, keys]) => [name, readValues(keys, known)])),
    sectionNames: config.sections,
    names,
    configKeys: names.filter((name) => credentials.profileKeys[name]?.['aws_access_key_id'] === undefined),
    // What the config file does not name as a profile may be one of the credentials file.
    problems: problems.filter(
      ({ section, message: { code } }) => code !== 'configSectionPrefix' || profiles[section ?? ''] === undefined,
    ),
  };
}
