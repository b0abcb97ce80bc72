/** A value with the line (1-based) of its key. Lines of a continued value are joined with line breaks. */
export interface IniValue {
  readonly line: number;
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
 * Reads an INI file by the grammar of the AWS CLI (Python's configparser): keys in any case, `=` or `:`, comments on lines
 * of their own, indented lines continue a value. What the CLI refuses the whole file for is skipped and reported.
 */
export function parseIni(text: string): { readonly sections: readonly IniSection[]; readonly problems: IniProblem[] } {
  const sections: OpenSection[] = [];
  const problems: IniProblem[] = [];
  const lines: { key: string | undefined; section: OpenSection | undefined; indent: number } = {
    key: undefined,
    section: undefined,
    indent: 0,
  };
  const report = (kind: IniProblem['kind'], line: number) => {
    const section = lines.section === undefined ? -1 : sections.indexOf(lines.section);
    problems.push({ kind, line, ...(section !== -1 && { section }) });
  };
  const add = (more: string) => {
    const known = lines.key === undefined ? undefined : lines.section?.values.get(lines.key);
    if (known === undefined || lines.key === undefined) return;
    lines.section?.values.set(lines.key, { line: known.line, text: `${known.text}\n${more}` });
  };
  const open = (header: string, line: number, isOpen: boolean) => {
    const known = sections.find((one) => one.header === header && !isOpen);
    lines.section = known ?? { header, line, values: new Map(), ...(isOpen && { isOpen }) };
    if (known === undefined) sections.push(lines.section);
    else if (header !== FOR_ALL) report('sameSection', line);
    lines.key = undefined;
  };

  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const number = index + 1;
    const line = raw.trim();
    if (line === '') {
      add('');
      continue;
    }
    if (line.startsWith('#') || line.startsWith(';')) continue;
    const indent = raw.search(/\S/);
    if (lines.key !== undefined && indent > lines.indent) {
      add(line);
      continue;
    }
    lines.indent = indent;
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
    lines.key = undefined;
    if (lines.section === undefined) report('outside', number);
    else if (divider === -1) report('noEquals', number);
    else if (divider === 0) report('noKey', number);
    else {
      lines.key = line.slice(0, divider).trim().toLowerCase();
      if (lines.section.values.has(lines.key)) report('sameKey', number);
      lines.section.values.set(lines.key, { line: number, text: line.slice(divider + 1).trim() });
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
