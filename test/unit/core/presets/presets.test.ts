import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import { presetConnection, presetInvocation, toPreset, type Preset } from '../../../../src/core/presets/preset.ts';
import { NEW_PRESETS_FILE, withPreset } from '../../../../src/core/presets/presetsEdit.ts';
import { parsePresetsFile, presetsFileError } from '../../../../src/core/presets/presetsFile.ts';

const FILE = `{
  // the team's presets
  "presets": [
    { "name": "one", "FunctionName": "hello", "Payload": { "big": 12345678901234567890 /* exact */ }, "note": "kept" },
    {
      "name": "two", "FunctionName": "hello", "Qualifier": "live", "InvocationType": "Event",
      "payloadFile": "events/two.json", "profile": "dev", "region": "eu-west-1"
    }, // trailing comma below
  ],
  "localFunctions": {
    "hello": { "handler": "src/hello.handler", "timeout": 5, "environment": { "A": "b" } },
    "broken": { "runtime": "nodejs22.x" }
  },
  "other": true
}
`;

const presetsOf = (text: string) => parsePresetsFile(text, 'f').entries.map(({ preset }) => preset);

describe('parsePresetsFile', () => {
  const { entries, localFunctions, problems } = parsePresetsFile(FILE, 'lambda-invoke.json');
  const presets = entries.map(({ preset }) => preset);

  test("reads presets with Lambda's field names", () => {
    expect(presets[1]).toEqual({
      name: 'two',
      FunctionName: 'hello',
      Qualifier: 'live',
      InvocationType: 'Event',
      payloadFile: 'events/two.json',
      profile: 'dev',
      region: 'eu-west-1',
    });
    expect(problems).toEqual([]);
  });

  test('keeps every digit of an inline payload', () => {
    expect(presets[0]?.Payload).toContain('12345678901234567890');
    expect(presets[0]?.Payload).not.toContain('exact');
  });

  test("reads local functions with Lambda's defaults, and skips those without a handler", () => {
    expect(localFunctions).toEqual({
      hello: {
        handler: 'src/hello.handler',
        runtime: 'nodejs22.x',
        timeout: 5,
        memorySize: 128,
        environment: { A: 'b' },
        codeUri: '',
        logFormat: 'Text',
        maximumRetryAttempts: 2,
        versions: [],
        aliases: {},
        isDurable: false,
      },
    });
  });

  test('reports invalid JSON with line and column', () => {
    const broken = parsePresetsFile('{\n  "presets": [\n    { "name": }\n  ]\n}', 'lambda-invoke.json');
    expect(broken.entries).toEqual([]);
    expect(broken.problems.map((problem) => toSentence(problem))).toEqual([
      "lambda-invoke.json isn't valid JSON (line 3, column 15) and wasn't changed. Correct the file, then try again.",
    ]);
  });

  test.each([
    ['{ "FunctionName": "a" }', 'Add a "name".'],
    ['{ "name": "a" }', 'Add a "FunctionName".'],
    ['{ "name": "a", "FunctionName": 1 }', '"FunctionName" must be a string.'],
    ['{ "name": "a", "FunctionName": "f", "LogType": "All" }', '"LogType" must be one of "Tail", "None".'],
    [
      '{ "name": "a", "FunctionName": "f", "ClientContext": [] }',
      '"ClientContext" must be a JSON object or its base64 encoding.',
    ],
    [
      '{ "name": "a", "FunctionName": "f", "Payload": 1, "payloadFile": "b" }',
      'Use either "Payload" or "payloadFile", not both.',
    ],
  ])('skips only the invalid preset %s', (entry, reason) => {
    const text = `{ "presets": [\n${entry},\n{ "name": "good", "FunctionName": "f" } ] }`;
    const { entries: read, problems: reported } = parsePresetsFile(text, 'f.json');
    expect(read.map(({ preset }) => preset.name)).toEqual(['good']);
    expect(reported.map((problem) => toSentence(problem)).join()).toMatch(/^Incomplete preset at line 2 of f\.json\. /);
    expect(reported.map((problem) => toSentence(problem)).join()).toContain(reason);
  });

  test.each(['[]', '"text"', '{ "presets": {} }'])('rejects %s', (text) => {
    expect(presetsFileError(text, 'f.json')?.code).toBe('presetsNotObject');
  });
});

describe('withPreset', () => {
  const added: Preset = {
    name: 'three',
    FunctionName: 'hello',
    ClientContext: '{"custom":{"n":1e400}}',
    Payload: '{"id": 98765432109876543210}',
  };

  test('preserves comments, order, formatting and unknown keys', () => {
    const edited = withPreset(FILE, added);
    for (const line of FILE.split('\n').filter((text) => text.trim() !== '')) {
      expect(edited).toContain(line.trim().replace(/,$/, ''));
    }
    expect(presetsOf(edited).map(({ name }) => name)).toEqual(['one', 'two', 'three']);
  });

  test('keeps every digit of an added preset', () => {
    const [, , read] = presetsOf(withPreset(FILE, added));
    expect(read).toEqual(added);
  });

  test('replaces only the preset of the same name', () => {
    const edited = withPreset(FILE, { name: 'two', FunctionName: 'other' });
    expect(presetsOf(edited).map(({ FunctionName }) => FunctionName)).toEqual(['hello', 'other']);
    expect(edited).toContain('/* exact */');
  });

  test('preserves comments and unknown keys of a replaced preset', () => {
    const text =
      '{ "presets": [null, { /* mine */ "name": "a", "FunctionName": "f", "Qualifier": "1", "team": "x" }] }';
    const edited = withPreset(text, { name: 'a', FunctionName: 'g' });
    expect(edited).toContain('/* mine */');
    expect(edited).toContain('"team": "x"');
    expect(edited).not.toContain('Qualifier');
    expect(presetsOf(edited)).toEqual([{ name: 'a', FunctionName: 'g' }]);
  });

  test('keeps a payload that is a string', () => {
    const edited = withPreset(NEW_PRESETS_FILE, { name: 'a', FunctionName: 'f', Payload: '"quoted"' });
    expect(presetsOf(edited)[0]?.Payload).toBe('"quoted"');
  });

  test('adds to a file without presets, with its indentation', () => {
    const edited = withPreset('{\n\t"localFunctions": {}\n}', { name: 'a', FunctionName: 'f' });
    expect(edited).toContain('\n\t"presets": [');
  });
});

describe('the invocation of a preset', () => {
  const toUri = (path: string) => `file:///w/${path}`;

  test('has its payload file, and a log tail if synchronous', () => {
    expect(presetInvocation({ name: 'a', FunctionName: 'f', payloadFile: 'e.json', region: 'x' }, toUri)).toEqual({
      FunctionName: 'f',
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      payload: { kind: 'file', uri: 'file:///w/e.json' },
    });
  });

  test.each<[string, Partial<Preset>, object]>([
    ['no connection', {}, { kind: 'aws', profile: 'dev', region: 'us-east-1' }],
    ['a region', { region: 'eu-west-1' }, { kind: 'aws', profile: 'dev', region: 'eu-west-1' }],
    ['a profile', { profile: 'prod' }, { kind: 'aws', profile: 'prod' }],
    ['the local endpoint', { endpoint: 'local' }, { kind: 'local' }],
  ])('with %s has the right connection', (_, fields, expected) => {
    const selected = { kind: 'aws', profile: 'dev', region: 'us-east-1' } as const;
    expect(presetConnection({ name: 'a', FunctionName: 'f', ...fields }, selected)).toEqual(expected);
  });

  test('survives the round trip through a saved preset', () => {
    const invocation = presetInvocation({ name: 'a', FunctionName: 'f', Qualifier: '1', payloadFile: 'e.json' }, toUri);
    const preset = toPreset('a', {
      invocation,
      connection: { kind: 'local' },
      toPath: (uri) => uri.slice('file:///w/'.length),
      savedParts: { profile: true, region: true, endpoint: true },
    });
    expect(preset.endpoint).toBe('local');
    expect(presetInvocation(preset, toUri)).toEqual(invocation);
  });
});
