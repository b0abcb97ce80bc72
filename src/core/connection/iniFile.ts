/** A value: lines of a continued one are joined with line breaks. `lines` are the numbers (1-based) of each of them. */
export interface IniValue {
  readonly lines: readonly number[];
  readonly text: string;
}

export interface IniSection {
  /** The text between the brackets, as written. */
  readonly header: string;
  readonly line: number;
  /** By the key in lower case. */
  readonly values: ReadonlyMap<string, IniValue>;
  /** The header has no closing bracket. */
  readonly isOpen?: boolean;
}

/** A line that has no meaning, or a repetition that the AWS CLI refuses. `section` is the index of the section it is in. */
export interface IniProblem {
  readonly kind: 'outside' | 'noEquals' | 'noKey' | 'sameSection' | 'sameKey';
  readonly line: number;
  readonly section?: number;
}

interface OpenSection extends IniSection {
  readonly values: Map<string, IniValue>;
}

/** Keys of this section are values of all others. Source: Python, configparser. */
const FOR_ALL = 'DEFAULT';

/**
 * Reads an INI file by the grammar of the AWS CLI (Python's configparser): keys in any case, `=` or `:`, comments on
 * separate lines, indented lines continue a value. What the CLI refuses the whole file for is skipped and reported.
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
