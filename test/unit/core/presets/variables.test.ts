import { describe, expect, test } from 'vitest';
import { toSentence } from '../../../../src/core/messages/messages.ts';
import type { Preset } from '../../../../src/core/presets/preset.ts';
import {
  presetVariableProblems,
  presetVariables,
  resolveExpect,
  resolvePreset,
} from '../../../../src/core/presets/resolvePreset.ts';
import { formatTime, isTimeFormat } from '../../../../src/core/presets/timeFormat.ts';
import {
  escapeVariables,
  hasSecretValue,
  nowText,
  resolveVariables,
  variableProblems,
  maskVariables,
  variablesOf,
  type Variable,
} from '../../../../src/core/presets/variables.ts';

const TIME = new Date('2026-03-04T05:06:07.089Z');

/** The JSON of the values of a case. */
const CASE: Readonly<Record<string, string>> = { id: '9007199254740993', name: '"a \\"b\\""', items: '[1.0, "x"]' };

function valueOf(variable: Variable): string {
  switch (variable.kind) {
    case 'env':
    case 'input':
      return `<${variable.name}>`;
    case 'case':
      return CASE[variable.name] ?? 'null';
    case 'now':
      return nowText(variable, TIME);
    case 'uuid':
      return 'id';
    case 'workspaceFolder':
      return String.raw`C:\work`;
  }
}

describe('variables', () => {
  test('a text without variables is unchanged', () => {
    const text = '{"a": 1e400, "b": "\\ud800", "c": "$VAR $1 {x}" }\r\n';
    expect(resolveVariables(text, valueOf, { isJson: true })).toBe(text);
    expect(variablesOf(text)).toEqual([]);
  });

  test('are replaced with their values', () => {
    expect(resolveVariables('a-${env:STAGE}-${input:Order id}-${uuid}', valueOf, { isJson: false })).toBe(
      'a-<STAGE>-<Order id>-id',
    );
  });

  test('are escaped inside JSON strings, and literal outside', () => {
    const text = '{"path": "${workspaceFolder}", "q": "\\"${env:A}", "n": ${now:epochMs}}';
    const quoted = (variable: Variable) => (variable.kind === 'env' ? '"\n' : valueOf(variable));
    const resolved = resolveVariables(text, quoted, { isJson: true });
    expect(JSON.parse(resolved)).toEqual({ path: String.raw`C:\work`, q: '""\n', n: TIME.getTime() });
  });

  test('are escaped twice in nested JSON', () => {
    const text = String.raw`{"body": "{\"id\":\"${'${input:id}'}\",\"n\":${'${now:epoch}'}}"}`;
    const resolved = resolveVariables(text, (variable) => (variable.kind === 'input' ? 'a"b\\' : valueOf(variable)), {
      isJson: true,
    });
    const { body } = JSON.parse(resolved) as { body: string };
    expect(JSON.parse(body)).toEqual({ id: 'a"b\\', n: Math.floor(TIME.getTime() / 1000) });
  });

  test.each(['${env:HOME}', '$${x}', 'a $$$${b} c'])('%s is literal after escapeVariables', (text) => {
    expect(resolveVariables(escapeVariables(text), valueOf, { isJson: false })).toBe(text);
  });

  test('a copied secret is recognized by its value', () => {
    const environment = {
      AWS_SECRET_ACCESS_KEY: 'k'.repeat(40),
      AWS_REGION: 'eu-west-1-and-more',
      AWS_TOKEN_X: 'short',
    };
    expect(hasSecretValue(`Basic ${'k'.repeat(40)}`, environment)).toBe(true);
    expect(hasSecretValue('k'.repeat(39), environment)).toBe(false);
    expect(hasSecretValue('eu-west-1-and-more short', environment)).toBe(false);
  });

  test('$${ is a literal ${', () => {
    expect(resolveVariables('"$${AWS::Region}"', valueOf, { isJson: true })).toBe('"${AWS::Region}"');
    expect(variableProblems('$${AWS::Region}')).toEqual([]);
  });

  test.each([
    ['${AWS::Region}', 'Unknown variable ${AWS::Region}. Use ${env:NAME}'],
    ['${env}', 'Missing name after the colon. Use ${env:NAME}.'],
    ['${input: }', 'Use ${input:NAME}.'],
    ['${uuid:4}', 'Unknown variable ${uuid:4}.'],
    ['${now:tomorrow}', '"tomorrow" isn\'t a format of ${now}.'],
    ['${unclosed', 'Unknown variable ${unclosed.'],
    ['${env:AWS_SECRET_ACCESS_KEY}', 'AWS_SECRET_ACCESS_KEY contains credentials'],
    ['${env:aws_session_token}', 'contains credentials'],
    ['${env:Aws_Secret_Access_Key}', 'contains credentials'],
    ['${env:aw\u017F_\u017Fe\u017F\u017Fion_to\u212Aen}', 'contains credentials'],
    ['${env:TF_VAR_AWS_SECRET_KEY}', 'contains credentials'],
    ['${env:AWS_SECURITY_TOKEN}', 'contains credentials'],
    ['${env:AWS_BEARER_TOKEN_BEDROCK}', 'contains credentials'],
    ['${env:AWS_CONTAINER_CREDENTIALS_FULL_URI}', 'contains credentials'],
  ])('%s is an error at its position', (text, expected) => {
    const [problem] = variableProblems(`ab ${text}`);
    expect(problem?.start).toBe(3);
    expect(problem && toSentence(problem.message)).toContain(expected);
  });

  test.each([
    ['iso', '2026-03-04T05:06:07.089Z'],
    ['date', '2026-03-04'],
    ['epoch', '1772600767'],
    ['epochMs', '1772600767089'],
    ['YYYYMMDD-HHmmss', '20260304-050607'],
    ['DD.MM.YYYY HH:mm:ss.SSS', '04.03.2026 05:06:07.089'],
    ['YYYY-MM-DDTHH:mmZ', '2026-03-04T05:06Z'],
  ])('${now:%s} is %s', (format, expected) => {
    expect(isTimeFormat(format)).toBe(true);
    expect(formatTime(TIME, format)).toBe(expected);
  });
});

describe('a preset with variables', () => {
  const preset: Preset = {
    name: '${not:one}',
    FunctionName: 'orders-${env:STAGE}',
    Payload: '{"id": "${uuid}", "at": "${now}"}',
    payloadFileVariables: false,
    region: '${input:Region}',
  };

  test('lists them, except in its name', () => {
    expect(presetVariables(preset).map(({ kind }) => kind)).toEqual(['env', 'uuid', 'now', 'input']);
    expect(presetVariableProblems(preset)).toEqual([]);
    expect(presetVariableProblems({ ...preset, Qualifier: '${x}' })).toMatchObject([{ key: 'Qualifier' }]);
  });

  test('is resolved in all fields', () => {
    expect(resolvePreset(preset, valueOf)).toEqual({
      ...preset,
      FunctionName: 'orders-<STAGE>',
      Payload: '{"id": "id", "at": "2026-03-04T05:06:07.089Z"}',
      region: '<Region>',
    });
  });
});

describe('maskVariables', () => {
  test('leaves the text valid and all positions unchanged, in and outside of strings', () => {
    const text = '{"id": "${uuid}", "n": ${now:epoch},\n "text": "$${kept} ${nobody}"}';
    const checked = maskVariables(text);
    expect(checked).toHaveLength(text.length);
    expect(JSON.parse(checked)).toEqual({ id: '0      ', n: 0, text: '$${kept} ${nobody}' });
  });
});

describe('a value of a case', () => {
  test.each([
    ['{"id": "${case:id}", "n": "${case:items}"}', '{"id": 9007199254740993, "n": [1.0, "x"]}'],
    ['["${case:name}", "${case:id}"]', String.raw`["a \"b\"", 9007199254740993]`],
    ['{"t": "order ${case:id} of ${case:name}"}', String.raw`{"t": "order 9007199254740993 of a \"b\""}`],
    ['{"list": "${case:items}!"}', String.raw`{"list": "[1.0, \"x\"]!"}`],
    ['{"${case:id}": 1, "${case:name}" : 2}', String.raw`{"9007199254740993": 1, "a \"b\"" : 2}`],
    ['${case:items}', '[1.0, "x"]'],
    ['{"a": ${case:name}}', String.raw`{"a": "a \"b\""}`],
    [String.raw`{"a": "\"${'${case:id}'}\""}`, String.raw`{"a": "\"9007199254740993\""}`],
    [
      String.raw`{"body": "{\"id\": ${'${case:id}'}, \"name\": \"${'${case:name}'}\"}"}`,
      String.raw`{"body": "{\"id\": 9007199254740993, \"name\": \"a \\\"b\\\"\"}"}`,
    ],
    ['{"a": "$${case:id}"}', '{"a": "${case:id}"}'],
  ])('%s becomes %s', (text, expected) => {
    const resolved = resolveVariables(text, valueOf, { isJson: true });
    expect(resolved).toBe(expected);
    expect(() => JSON.parse(resolved) as unknown).not.toThrow();
  });

  test('in text that is not JSON is its text', () => {
    expect(resolveVariables('f-${case:id}-${case:name}', valueOf, { isJson: false })).toBe('f-9007199254740993-a "b"');
  });

  test('needs a key', () => {
    expect(variableProblems('${case}').map(({ message }) => toSentence(message))).toEqual([
      'Missing name after the colon. Use ${case:NAME}.',
    ]);
  });

  test('in expect is replaced only for a test', () => {
    const preset: Preset = { name: 'a', FunctionName: 'f', expect: '{"Payload": {"id": "${case:id}"}}' };
    expect(presetVariables(preset)).toEqual([]);
    expect(resolvePreset(preset, valueOf)).toEqual(preset);
    expect(resolveExpect(preset.expect ?? '', valueOf)).toBe('{"Payload": {"id": 9007199254740993}}');
  });
});
