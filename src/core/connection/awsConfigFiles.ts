import { recordOf, type ConfigSections, type Keys } from './configSections.ts';
import type { AwsConfig } from './profile.ts';

/** Commands and paths, where ` #` and ` ;` are part of the value. */
const VERBATIM_KEYS = new Set(['credential_process', 'ca_bundle', 'web_identity_token_file']);

/** The AWS SDKs end a value at ` #` or ` ;`. The AWS CLI doesn't, and rejects the rest of such values as invalid. */
function withoutComment(value: string): string {
  return (` ${value}`.split(/\s[;#]/, 1)[0] ?? '').trim();
}

interface Names {
  readonly profiles: ReadonlySet<string>;
  readonly sections: ReadonlySet<string>;
}

/** Whether a value, including ` #` or ` ;`, is the name of an existing profile or section. */
function isKnownName(key: string, value: string, { profiles, sections }: Names): boolean {
  if (key === 'source_profile') return profiles.has(value);
  if (key === 'sso_session') return sections.has(`sso-session.${value}`);
  return key === 'services' && sections.has(`services.${value}`);
}

function readValues(keys: Keys, names: Names): Keys {
  const entries = Object.entries(keys).map(([key, value = '']) => {
    const isVerbatim = VERBATIM_KEYS.has(key) || isKnownName(key, value, names);
    return [key, isVerbatim ? value : withoutComment(value)] as const;
  });
  return recordOf(entries.filter(([, value]) => value !== ''));
}

/** Merges both files. The credentials file's keys override the config file's. */
export function mergeConfigFiles(config: ConfigSections, credentials: ConfigSections): AwsConfig {
  const names = [...new Set([...config.profiles, ...credentials.profiles])];
  const knownNames = { profiles: new Set(names), sections: new Set(config.sections) };
  const merged = names.flatMap((name) => {
    const [fromConfig, fromCredentials] = [config.profileKeys[name], credentials.profileKeys[name]];
    if (fromConfig === undefined && fromCredentials === undefined) return [];
    return [[name, readValues(recordOf(Object.entries({ ...fromConfig, ...fromCredentials })), knownNames)] as const];
  });
  const profiles = recordOf(merged);
  const problems = [...config.problems, ...credentials.problems];
  return {
    profiles,
    sections: recordOf(Object.entries(config.sectionKeys).map(([name, keys]) => [name, readValues(keys, knownNames)])),
    sectionNames: config.sections,
    names,
    configKeys: names.filter((name) => credentials.profileKeys[name]?.['aws_access_key_id'] === undefined),
    // A section without the `profile` prefix isn't a problem if the credentials file has a profile of that name.
    problems: problems.filter(
      ({ section, message: { code } }) => code !== 'configSectionPrefix' || profiles[section ?? ''] === undefined,
    ),
  };
}
