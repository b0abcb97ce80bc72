import { parseIni, type IniSection, type IniValue } from './iniFile.ts';
import { shellWords } from './shellWords.ts';
import { message, type Message } from '../messages/messages.ts';

/** A problem in a line of the AWS config files. `section` is the name of its profile or section. */
export interface ConfigProblem {
  readonly section: string | undefined;
  readonly message: Message;
}

/** Values by key. A nested value has both keys, such as `lambda.endpoint_url`. */
export type Keys = Readonly<Record<string, string | undefined>>;

export interface ConfigSections {
  /** Profile names in file order, including profiles without a readable key. */
  readonly profiles: readonly string[];
  /** Names of the other sections, as `services.NAME` or `sso-session.NAME`. */
  readonly sections: readonly string[];
  readonly profileKeys: Readonly<Record<string, Keys>>;
  readonly sectionKeys: Readonly<Record<string, Keys>>;
  readonly problems: readonly ConfigProblem[];
}

/** Prefixes of named sections in the config file. */
const PREFIXES = ['profile', 'sso-session', 'services'] as const;

/** Sections without a name that aren't profiles. */
const PLAIN_SECTIONS = new Set(['DEFAULT', 'plugins', 'preview']);

interface Section {
  readonly name: string;
  readonly isProfile: boolean;
  readonly problem?: 'configSectionPrefix' | 'configSectionName' | 'configSectionOpen';
}

function unquoted(text: string): string {
  return text.trim().replaceAll(/^["']|["']$/g, '');
}

/** Parses a section header of the config file. Source: botocore, configloader, build_profile_map. */
function readHeader({ header, isOpen = false }: IniSection): Section {
  if (isOpen)
    return { name: unquoted(header.replace(/^profile\s/, '')), isProfile: true, problem: 'configSectionOpen' };
  if (header === 'default') return { name: header, isProfile: true };
  const prefix = PREFIXES.find((candidate) => header.startsWith(candidate));
  const [, name, ...extraWords] = prefix === undefined ? [] : (shellWords(header) ?? []);
  if (prefix !== undefined && name !== undefined && name !== '' && extraWords.length === 0) {
    return prefix === 'profile' ? { name, isProfile: true } : { name: `${prefix}.${name}`, isProfile: false };
  }
  const trimmed = header.trim();
  const intendedPrefix = PREFIXES.find(
    (candidate) =>
      trimmed === candidate || (trimmed.startsWith(candidate) && /^\s/.test(trimmed.slice(candidate.length))),
  );
  if (intendedPrefix !== undefined || header.trim() === 'default') {
    const rest = unquoted(intendedPrefix === undefined ? header : header.trim().slice(intendedPrefix.length));
    const isProfile = intendedPrefix === undefined || intendedPrefix === 'profile';
    return { name: isProfile ? rest : `${intendedPrefix}.${rest}`, isProfile, problem: 'configSectionName' };
  }
  if (PLAIN_SECTIONS.has(header)) return { name: header, isProfile: false };
  return { name: header.trim(), isProfile: true, problem: 'configSectionPrefix' };
}

/** In the credentials file, the whole text between the brackets is the profile name. */
function readCredentialsHeader({ header, isOpen = false }: IniSection): Section {
  if (isOpen) return { name: header, isProfile: true, problem: 'configSectionOpen' };
  return { name: header, isProfile: header !== 'DEFAULT' };
}

/** A record without a prototype, so that any key is safe, even `__proto__`. */
export function recordOf<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  const record = Object.create(null) as Record<string, Value>;
  for (const [key, value] of entries) record[key] = value;
  return record;
}

/** The values of a section. A value that starts on the line after its key contains nested keys. */
function readKeys(values: ReadonlyMap<string, IniValue>, onNoEquals: (line: number) => void): Keys {
  const entries: [string, string][] = [];
  for (const [key, { text, lines }] of values) {
    if (!text.startsWith('\n')) {
      entries.push([key, text]);
      continue;
    }
    for (const [index, nested] of text.split('\n').entries()) {
      const equals = nested.indexOf('=');
      if (equals > 0) entries.push([`${key}.${nested.slice(0, equals).trim()}`, nested.slice(equals + 1).trim()]);
      else if (nested !== '') onNoEquals(lines[index] ?? 0);
    }
  }
  // An empty value is treated as unset.
  return recordOf(entries.filter(([, value]) => value !== ''));
}

const LINE_PROBLEMS = {
  outside: 'configLineOutside',
  noEquals: 'configLineNoEquals',
  noKey: 'configLineKeyless',
  sameSection: 'configTwice',
  sameKey: 'configTwice',
} as const;

/**
 * Reads a config or credentials file like the AWS CLI: profiles and other sections with their keys, and problems with
 * file and 1-based line. Where the CLI would reject the whole file, the rest of it is still read.
 * Source: AWS SDKs and Tools reference, format of the shared config files; botocore, configloader.
 */
export function readConfigSections(
  text: string,
  file: string,
  { isCredentials }: { readonly isCredentials: boolean },
): ConfigSections {
  const ini = parseIni(text);
  const named = ini.sections.map((section) => ({
    ...section,
    ...(isCredentials ? readCredentialsHeader(section) : readHeader(section)),
  }));
  const problems: (ConfigProblem & { readonly line: number })[] = [];
  const report = (section: string | undefined, code: Message['code'], line: number, ...args: string[]) => {
    problems.push({ section, line, message: message(code, file, String(line), ...args) });
  };
  for (const { kind, line, section } of ini.problems) {
    report(section === undefined ? undefined : named[section]?.name, LINE_PROBLEMS[kind], line);
  }
  const keys = { profile: new Map<string, Keys>(), other: new Map<string, Keys>() };
  for (const [index, { name, isProfile, problem, line, values }] of named.entries()) {
    if (problem === 'configSectionOpen') {
      // The lines below an unclosed header may belong to either section, so the previous one is reported too.
      const previous = named[index - 1]?.name;
      if (previous !== undefined) report(previous, problem, line);
      report(name, problem, line);
    } else if (problem !== undefined) report(name, problem, line, name.replace(/^(sso-session|services)\./, ''));
    const sectionValues = readKeys(values, (nested) => report(name, 'configLineNoEquals', nested));
    const target = isProfile ? keys.profile : keys.other;
    // A section that can't be read is listed without keys, and doesn't replace a valid one of the same name.
    if (problem === undefined) target.set(name, sectionValues);
    else if (name !== '' && !target.has(name)) target.set(name, recordOf<string>([]));
  }
  const isRead = (isProfile: boolean) =>
    new Set(
      named
        .filter((candidate) => candidate.isProfile === isProfile && candidate.problem === undefined)
        .map(({ name }) => name),
    );
  const readProfiles = isRead(true);
  return {
    profiles: [...keys.profile.keys()],
    sections: [...keys.other.keys()].filter((name) => name.includes('.')),
    profileKeys: recordOf([...keys.profile].filter(([name]) => readProfiles.has(name))),
    sectionKeys: recordOf([...keys.other].filter(([name]) => name.includes('.'))),
    problems: problems
      .toSorted((a, b) => a.line - b.line)
      .map(({ section, message: reason }) => ({ section, message: reason })),
  };
}
