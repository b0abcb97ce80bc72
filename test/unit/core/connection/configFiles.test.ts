import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { readConfigSections, type Keys } from '../../../../src/core/connection/configSections.ts';
import { mergeConfigFiles } from '../../../../src/core/connection/awsConfigFiles.ts';
import { processCommand, shellWords } from '../../../../src/core/connection/shellWords.ts';

/** A file and what the AWS CLI v2 (2.36.7, botocore's configloader) reads in it, and what is reported beside. */
interface Row {
  readonly title: string;
  readonly kind: 'config' | 'credentials';
  readonly text: string;
  /** The CLI refuses the whole file; what is expected is the rest of it. */
  readonly isRefused?: boolean;
  readonly profiles: Readonly<Record<string, Keys>>;
  readonly sections: Readonly<Record<string, Keys>>;
  readonly problems: readonly string[];
}

const ROWS = JSON.parse(await readFile(new URL('configRows.json', import.meta.url), 'utf8')) as readonly Row[];

function read({ text, kind }: Pick<Row, 'text' | 'kind'>) {
  return readConfigSections(text, 'file', { isCredentials: kind === 'credentials' });
}

/** `__proto__` as a key is a key: compared as pairs. */
function pairs(record: Readonly<Record<string, Keys>>) {
  return Object.entries(record).map(([name, keys]) => [name, Object.entries(keys).toSorted()]);
}

describe('a file of the AWS CLI', () => {
  test.each(ROWS)('$title', (row) => {
    const { profileKeys, sectionKeys, problems } = read(row);
    expect(pairs(profileKeys)).toEqual(pairs(row.profiles));
    expect(pairs(sectionKeys)).toEqual(pairs(row.sections));
    const said = problems.map(({ section, message }) =>
      `${section ?? '-'} ${message.code} ${message.args.slice(1).join(' ')}`.trim(),
    );
    expect(said).toEqual(row.problems);
  });
});

function merge(config: string, credentials = '') {
  return mergeConfigFiles(read({ text: config, kind: 'config' }), read({ text: credentials, kind: 'credentials' }));
}

describe('both files together', () => {
  test('have the keys of the credentials file before those of the config file', () => {
    const { profiles, names, configKeys } = merge(
      '[profile dev]\nregion = a\naws_access_key_id = ONE\n[profile own]\naws_access_key_id = THREE\n',
      '[dev]\nAWS_ACCESS_KEY_ID = TWO\n[new]\naws_access_key_id = FOUR\n',
    );
    expect({ ...profiles['dev'] }).toEqual({ region: 'a', aws_access_key_id: 'TWO' });
    expect(names).toEqual(['dev', 'own', 'new']);
    expect(configKeys).toEqual(['own']);
  });

  test('end a value at a comment, but no command, path or name that exists', () => {
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

  test('have nothing that an object has by itself', () => {
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
])('the words of %j', (text, words) => {
  expect(shellWords(text)).toEqual(words);
});

test.each([
  ['/bin/x --a b', '/bin/x --a b'],
  ['x #a ;b', 'x \\#a \\;b'],
  ['x a#b c;d', 'x a#b c;d'],
  [`x "a #b" 'c ;d' \\"e #f`, `x "a #b" 'c ;d' \\"e \\#f`],
  ['x\n--a\n\n#b', 'x --a  \\#b'],
  [`x 'a\nb'`, `x 'a\nb'`],
])('the command of %j', (text, command) => {
  expect(processCommand(text)).toBe(command);
});
