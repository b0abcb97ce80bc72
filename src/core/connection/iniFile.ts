/** A value. Continuation lines are joined with line breaks. `lines` are their 1-based line numbers. */
export interface IniValue {
  readonly lines: readonly number[];
  readonly text: string;
}

export interface IniSection {
  /** The text between the brackets, as written. */
  readonly header: string;
  readonly line: number;
  /** By lowercase key. */
  readonly values: ReadonlyMap<string, IniValue>;
  /** The header has no closing bracket. */
  readonly isOpen?: boolean;
}

/** An invalid line, or a duplicate that the AWS CLI rejects. `section` is the index of its section. */
export interface IniProblem {
  readonly kind: 'outside' | 'noEquals' | 'noKey' | 'sameSection' | 'sameKey';
  readonly line: number;
  readonly section?: number;
}

interface OpenSection extends IniSection {
  readonly values: Map<string, IniValue>;
}

/** Keys of this section apply to all others. Source: Python, configparser. */
const FOR_ALL = 'DEFAULT';

/**
 * Parses an INI file with the grammar of the AWS CLI (Python's configparser): case-insensitive keys, `=` or `:`,
 * comments on separate lines, and indented continuation lines. Lines for which the CLI rejects the whole file are
 * skipped and reported.
 */
export function parseIni(text: string): { readonly sections: readonly IniSection[]; readonly problems: IniProblem[] } {
  const sections: OpenSection[] = [];
  const problems: IniProblem[] = [];
  const at: { key: string | undefined; section: OpenSection | undefined; indent: number } = {
    key: undefined,
    section: undefined,
    indent: 0,
  };
  const report = (kind: IniProblem['kind'], line: number) => {
    const section = at.section === undefined ? -1 : sections.indexOf(at.section);
    problems.push({ kind, line, ...(section !== -1 && { section }) });
  };
  const add = (more: string, line: number) => {
    const known = at.key === undefined ? undefined : at.section?.values.get(at.key);
    if (known === undefined || at.key === undefined) return;
    at.section?.values.set(at.key, { lines: [...known.lines, line], text: `${known.text}\n${more}` });
  };
  const open = (header: string, line: number, isOpen: boolean) => {
    const known = sections.find((one) => one.header === header && !isOpen);
    at.section = known ?? { header, line, values: new Map(), ...(isOpen && { isOpen }) };
    if (known === undefined) sections.push(at.section);
    else if (header !== FOR_ALL) report('sameSection', line);
    at.key = undefined;
  };

  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const number = index + 1;
    const line = raw.trim();
    if (line === '') {
      add('', number);
      continue;
    }
    if (line.startsWith('#') || line.startsWith(';')) continue;
    const indent = raw.search(/\S/);
    if (at.key !== undefined && indent > at.indent) {
      add(line, number);
      continue;
    }
    at.indent = indent;
    const header = /^\[(.+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      open(header, number, false);
      continue;
    }
    if (line.startsWith('[')) {
      open(line.slice(1).trim(), number, true);
      continue;
    }
    const divider = line.search(/[=:]/);
    at.key = undefined;
    if (at.section === undefined) report('outside', number);
    else if (divider === -1) report('noEquals', number);
    else if (divider === 0) report('noKey', number);
    else {
      at.key = line.slice(0, divider).trim().toLowerCase();
      if (at.section.values.has(at.key)) report('sameKey', number);
      at.section.values.set(at.key, { lines: [number], text: line.slice(divider + 1).trim() });
    }
  }
  const shared = sections.find(({ header }) => header === FOR_ALL)?.values ?? new Map<string, IniValue>();
  const complete = sections.map((section) => ({
    ...section,
    values: new Map(
      [...shared, ...section.values].map(([key, value]) => [key, { ...value, text: value.text.trimEnd() }]),
    ),
  }));
  return { sections: complete, problems };
}
