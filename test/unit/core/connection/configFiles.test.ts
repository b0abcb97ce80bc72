import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readConfigSections, type Keys } from '../../../../src/core/connection/configSections.ts';
import { mergeConfigFiles } from '../../../../src/core/connection/awsConfigFiles.ts';
import { processCommand, shellWords } from '../../../../src/core/connection/shellWords.ts';

/** A file, what AWS CLI v2 (2.36.7, botocore's configloader) reads from it, and the problems we report. */
interface Row {
  readonly title: string;
  readonly kind: 'config' | 'credentials';
  readonly text: string;
  /** The CLI rejects the whole file. The row contains what can still be read. */
  readonly isRefused?: boolean;
  readonly profiles: Readonly<Record<string, Keys>>;
  readonly sections: Readonly<Record<string, Keys>>;
  readonly problems: readonly string[];
}

const ROWS = JSON.parse(await readFile(new URL('configRows.json', import.meta.url), 'utf8')) as readonly Row[];

function read({ text, kind }: Pick<Row, 'text' | 'kind'>) {
  return readConfigSections(text, 'file', { isCredentials: kind === 'credentials' });
}

/** Compares entries, so that a `__proto__` key isn't lost. */
function pairs(record: Readonly<Record<string, Keys>>) {
  return Object.entries(record).map(([name, keys]) => [name, Object.entries(keys).toSorted()]);
}

describe('AWS config files', () => {
  test.each(ROWS)('$title', (row) => {
    const { profileKeys, sectionKeys, problems } = read(row);
    expect(pairs(profileKeys)).toEqual(pairs(row.profiles));
    expect(pairs(sectionKeys)).toEqual(pairs(row.sections));
    const reported = problems.map(({ section, message }) =>
      `${section ?? '-'} ${message.code} ${message.args.slice(1).join(' ')}`.trim(),
    );
    expect(reported).toEqual(row.problems);
  });
});

function merge(config: string, credentials = '') {
  return mergeConfigFiles(read({ text: config, kind: 'config' }), read({ text: credentials, kind: 'credentials' }));
}

describe('merged config files', () => {
  test('keys from the credentials file have priority', () => {
    const { profiles, names, configKeys } = merge(
      '[profile dev]\nregion = a\naws_access_key_id = ONE\n[profile own]\naws_access_key_id = THREE\n',
      '[dev]\nAWS_ACCESS_KEY_ID = TWO\n[new]\naws_access_key_id = FOUR\n',
    );
    expect({ ...profiles['dev'] }).toEqual({ region: 'a', aws_access_key_id: 'TWO' });
    expect(names).toEqual(['dev', 'own', 'new']);
    expect(configKeys).toEqual(['own']);
  });

  test('comments end a value, except in commands, paths and existing names', () => {
    const { profiles } = merge(
      `[profile a #1]\nregion = eu-west-1 # Ireland\nca_bundle = /a #b.pem\ncredential_process = x ";#" #y\n` +
        `[profile "a #1"]\nregion = eu-west-1 ; Ireland\nca_bundle = /a #b.pem\ncredential_process = x ";#" #y\n` +
        `[profile b]\nsource_profile = a #1\n[profile c]\nsource_profile = b # the other\noutput = # none\n`,
    );
    expect({ ...profiles['a #1'] }).toEqual({
      region: 'eu-west-1',
      ca_bundle: '/a #b.pem',
      credential_process: 'x ";#" #y',
    });
    expect(profiles['b']?.['source_profile']).toBe('a #1');
    expect({ ...profiles['c'] }).toEqual({ source_profile: 'b' });
  });

  test('have no keys from Object.prototype', () => {
    const { profiles, sections } = merge('[profile dev]\nsource_profile = constructor\n');
    expect([profiles['constructor'], profiles['toString'], sections['constructor']]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test.each<[string, string[] | undefined]>([
  ['', []],
  ['a b', ['a', 'b']],
  [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
  [`"a\\"b\\c" 'd\\e'`, ['a"b\\c', 'd\\e']],
  [`a''b ""`, ['ab', '']],
  [`"a`, undefined],
  [`'a`, undefined],
  ['a\\', undefined],
])('splits %j into words', (text, words) => {
  expect(shellWords(text)).toEqual(words);
});

test.each([
  ['/bin/x --a b', '/bin/x --a b'],
  ['x #a ;b', 'x \\#a \\;b'],
  ['x a#b c;d', 'x a#b c;d'],
  [`x "a #b" 'c ;d' \\"e #f`, `x "a #b" 'c ;d' \\"e \\#f`],
  ['x\n--a\n\n#b', 'x --a  \\#b'],
  [`x 'a\nb'`, `x 'a\nb'`],
])('converts the command %j', (text, command) => {
  expect(processCommand(text)).toBe(command);
});
