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
const DEFAULT_SECTION = 'DEFAULT';

/**
 * Parses an INI file with the grammar of the AWS CLI (Python's configparser): case-insensitive keys, `=` or `:`,
 * comments on separate lines, and indented continuation lines. Lines for which the CLI rejects the whole file are
 * skipped and reported.
 */
export function parseIni(text: string): { readonly sections: readonly IniSection[]; readonly problems: IniProblem[] } {
  const sections: OpenSection[] = [];
  const problems: IniProblem[] = [];
  const state: { key: string | undefined; section: OpenSection | undefined; indent: number } = {
    key: undefined,
    section: undefined,
    indent: 0,
  };
  const report = (kind: IniProblem['kind'], line: number) => {
    const section = state.section === undefined ? -1 : sections.indexOf(state.section);
    problems.push({ kind, line, ...(section !== -1 && { section }) });
  };
  const add = (continuation: string, line: number) => {
    const existing = state.key === undefined ? undefined : state.section?.values.get(state.key);
    if (existing === undefined || state.key === undefined) return;
    state.section?.values.set(state.key, {
      lines: [...existing.lines, line],
      text: `${existing.text}\n${continuation}`,
    });
  };
  const open = (header: string, line: number, isOpen: boolean) => {
    const existing = sections.find((candidate) => candidate.header === header && !isOpen);
    state.section = existing ?? { header, line, values: new Map(), ...(isOpen && { isOpen }) };
    if (existing === undefined) sections.push(state.section);
    else if (header !== DEFAULT_SECTION) report('sameSection', line);
    state.key = undefined;
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
    if (state.key !== undefined && indent > state.indent) {
      add(line, number);
      continue;
    }
    state.indent = indent;
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
    state.key = undefined;
    if (state.section === undefined) report('outside', number);
    else if (divider === -1) report('noEquals', number);
    else if (divider === 0) report('noKey', number);
    else {
      state.key = line.slice(0, divider).trim().toLowerCase();
      if (state.section.values.has(state.key)) report('sameKey', number);
      state.section.values.set(state.key, { lines: [number], text: line.slice(divider + 1).trim() });
    }
  }
  const shared = sections.find(({ header }) => header === DEFAULT_SECTION)?.values ?? new Map<string, IniValue>();
  const complete = sections.map((section) => ({
    ...section,
    values: new Map(
      [...shared, ...section.values].map(([key, value]) => [key, { ...value, text: value.text.trimEnd() }]),
    ),
  }));
  return { sections: complete, problems };
}
