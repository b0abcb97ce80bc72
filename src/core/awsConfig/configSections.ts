import { message, type Message } from '../messages.ts';

/** What a line of the AWS config files is wrong with. `section` is the name of the profile or section it stands in. */
export interface ConfigProblem {
  readonly section: string | undefined;
  readonly message: Message;
}

interface ConfigSections {
  /** Names of profiles in the order of the file, those without a readable key too. */
  readonly profiles: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** The SDK's own pattern of a prefixed section's name. Source: @smithy/core, shared-ini-file-loader, parseIni. */
const PREFIXED = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/;

const OTHER_SECTIONS = new Set(['sso-session', 'services', 'plugins', 'preview']);

interface Section {
  readonly name: string;
  readonly isProfile: boolean;
  readonly problem?: 'configSectionPrefix' | 'configSectionName';
}

function readHeader(header: string, isCredentials: boolean): Section {
  const [, prefix = '', , name = ''] = PREFIXED.exec(header) ?? [];
  if (header === 'default' || (isCredentials && !/\s/.test(header) && header !== '__proto__')) {
    return { name: header, isProfile: true };
  }
  if (isCredentials) return { name: header, isProfile: true, problem: 'configSectionName' };
  if (prefix === 'profile' && name !== '__proto__') return { name, isProfile: true };
  if (OTHER_SECTIONS.has(prefix === '' ? header : prefix)) return { name: header, isProfile: false };
  const unquoted = header.replace(/^profile\s+/, '').replaceAll(/^["']|["']$/g, '');
  if (/^profile\s/.test(header)) return { name: unquoted, isProfile: true, problem: 'configSectionName' };
  return { name: header, isProfile: false, problem: 'configSectionPrefix' };
}

/**
 * Reads a config or credentials file line by line: the names of its profiles, and what in it no tool can read, each with
 * file and line (1-based). The SDK reads the values; it says nothing of lines that it passes over.
 * Source: AWS SDKs and Tools reference, format of the shared config files.
 */
export function readConfigSections(text: string, file: string, { isCredentials }: { isCredentials: boolean }) {
  const profiles: string[] = [];
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
        section = {
          name: line
            .slice(1)
            .replace(/^profile\s+/, '')
            .trim(),
          isProfile: true,
        };
        told('configSectionOpen', number);
      } else {
        section = readHeader(line.slice(1, -1).trim(), isCredentials);
        if (section.problem !== undefined) told(section.problem, number, section.name);
      }
      if (section.isProfile && section.name !== '' && !profiles.includes(section.name)) profiles.push(section.name);
      continue;
    }
    if (isNested && /^\s/.test(raw)) continue; // a value of several lines
    const equals = line.indexOf('=');
    // The text of a line may be a secret that lost its name: only its beginning is told.
    const shown = line.length > 12 ? `${line.slice(0, 4)}…` : line;
    if (section === undefined) told('configLineOutside', number, shown);
    else if (equals === -1) told('configLineNoEquals', number, shown);
    else if (equals === 0) told('configLineKeyless', number);
    isNested = equals === line.length - 1;
  }
  return { profiles, problems } satisfies ConfigSections;
}
