import { message, type Message } from '../messages.ts';

/** What is wrong with a line of the AWS config files. `section` is the name of the profile or section it stands in. */
export interface ConfigProblem {
  readonly section: string | undefined;
  readonly message: Message;
}

interface ConfigSections {
  /** Names of profiles in the order of the file, those without a readable key too. */
  readonly profiles: readonly string[];
  /** Names of the other sections, as `services.NAME`; the SDK leaves out those without a key. */
  readonly sections: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** The SDK's own pattern of a prefixed section's name. Source: @smithy/core, shared-ini-file-loader, parseIni. */
const PREFIXED = /^([\w-]+)\s(?:"([\w-@+.%:/]+)"|'([\w-@+.%:/]+)'|([\w-@+.%:/]+))$/;

const OTHER_SECTIONS = new Set(['sso-session', 'services', 'plugins', 'preview']);

interface Section {
  readonly name: string;
  readonly isProfile: boolean;
  readonly problem?: 'configSectionPrefix' | 'configSectionName';
}

function readHeader(raw: string, isCredentials: boolean): Section {
  const header = raw.trim();
  const [, prefix = '', double, single, plain = ''] = PREFIXED.exec(raw) ?? [];
  const name = double ?? single ?? plain;
  const unreadable = (said: string): Section => ({ name: said, isProfile: true, problem: 'configSectionName' });
  if (header === '__proto__' || name === '__proto__') return unreadable(header);
  // The SDK takes names as they stand, and in the credentials file whole: two plain words are read as a prefix and a name.
  if (isCredentials) return raw !== header || prefix !== '' ? unreadable(header) : { name: header, isProfile: true };
  if (raw === 'default') return { name: raw, isProfile: true };
  if (prefix === 'profile') return { name, isProfile: true };
  if (OTHER_SECTIONS.has(prefix === '' ? header : prefix)) return { name: `${prefix}.${name}`, isProfile: false };
  if (header === 'default' || /^profile\s/.test(header)) {
    return unreadable(header.replace(/^profile\s+/, '').replaceAll(/^["']|["']$/g, ''));
  }
  return { name: header, isProfile: true, problem: 'configSectionPrefix' };
}

/**
 * Reads a config or credentials file line by line: the names of its profiles, and what in it no tool can read, each with
 * file and line (1-based). The SDK reads the values; it says nothing of lines that it passes over.
 * Source: AWS SDKs and Tools reference, format of the shared config files.
 */
export function readConfigSections(text: string, file: string, { isCredentials }: { isCredentials: boolean }) {
  const profiles: string[] = [];
  const sections: string[] = [];
  const problems: ConfigProblem[] = [];
  let section: Section | undefined;
  let isNested = false;
  const told = (code: Message['code'], line: number, ...args: string[]) =>
    problems.push({ section: section?.name, message: message(code, file, String(line), ...args) });

  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.split(/(^|\s)[;#]/, 1)[0]?.trim() ?? '';
    const number = index + 1;
    if (line === '') continue;
    if (line.startsWith('[')) {
      isNested = false;
      if (!line.endsWith(']')) {
        // The SDK reads on in the section before it, which has the next one's keys then.
        if (section !== undefined) told('configSectionOpen', number);
        section = {
          name: line
            .slice(1)
            .replace(/^profile\s+/, '')
            .trim(),
          isProfile: true,
        };
        told('configSectionOpen', number);
      } else {
        section = readHeader(line.slice(1, -1), isCredentials);
        if (section.problem !== undefined) told(section.problem, number, section.name);
      }
      const names = section.isProfile ? profiles : sections;
      if (section.name !== '' && !names.includes(section.name)) names.push(section.name);
      continue;
    }
    if (isNested && /^\s/.test(raw)) continue; // a value of several lines
    const equals = line.indexOf('=');
    // What stands there is not told: it may be a secret that lost its name.
    if (section === undefined) told('configLineOutside', number);
    else if (equals === -1) told('configLineNoEquals', number);
    else if (equals === 0) told('configLineKeyless', number);
    isNested = equals === line.length - 1;
  }
  return { profiles, sections, problems } satisfies ConfigSections;
}
