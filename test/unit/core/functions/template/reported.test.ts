import { describe, expect, test } from 'vitest';
import { notesOf, problemsOf, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const HEAD = `Parameters:
  Unset: { Type: String }
  Stage: { Type: String, Default: dev }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  IsUnknown: !Equals [!Ref Unset, x]`;

const notes = (properties: string, others = '') =>
  readTemplateFiles(`${HEAD}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    ${others}
    Properties: { Handler: a.b, Runtime: nodejs20.x${properties} }`).functions.flatMap(notesOf);

describe('a default that replaces a value of the deployed stack is noted', () => {
  test.each([
    ['MemorySize: !Ref Unset', 'MemorySize is 128 MB locally, because only the deployed stack has its value.'],
    ['Timeout: !GetAtt X.Timeout', 'Timeout is 3 s locally, because only the deployed stack has its value.'],
    [
      'LoggingConfig: { LogFormat: !Ref Unset }',
      'LogFormat is Text locally, because only the deployed stack has its value.',
    ],
    [
      'EventInvokeConfig: { MaximumRetryAttempts: !Ref Unset }',
      'MaximumRetryAttempts is 2 locally, because only the deployed stack has its value.',
    ],
    [
      'ReservedConcurrentExecutions: !Ref Unset',
      'ReservedConcurrentExecutions is unlimited locally, because only the deployed stack has its value.',
    ],
    ['Runtime: !Ref Unset', 'Only a deployed stack has the value of Runtime. Add a default to its parameter.'],
    ['Handler: !Ref Unset', 'Only a deployed stack has the value of Handler. Add a default to its parameter.'],
    ['CodeUri: !Ref Unset', "The template doesn't point to code in this workspace."],
    ['CodeUri: https://example.com/code.zip', "The template doesn't point to code in this workspace."],
    ['Environment: !Ref Unset', 'Not set locally, because only a deployed stack has the values: Environment.'],
    [
      'Environment: { Variables: !Ref Unset }',
      'Not set locally, because only a deployed stack has the values: Environment.',
    ],
  ])('%s', (property, note) => expect(notes(`, ${property}`)).toEqual([note]));

  test('but a value that the template knows, or leaves out, is not', () => {
    expect(notes(', MemorySize: !If [IsDev, 256, 512], Timeout: !If [IsDev, !Ref AWS::NoValue, 5]')).toEqual([]);
    expect(notes(', Runtime: provided.al2023, Handler: !Ref Unset')).toEqual([]);
  });

  test('a missing Handler is an obstacle', () => {
    expect(notes(', Handler: !Ref AWS::NoValue')).toEqual(["The template doesn't specify a Handler."]);
  });
});

test('a function that the parameters exclude is listed with a note', () => {
  expect(notes('', 'Condition: IsProd')).toEqual([
    "This function isn't deployed with the parameters used locally, because the condition IsProd is false.",
  ]);
  for (const condition of ['IsDev', 'IsUnknown', 'None']) expect(notes('', `Condition: ${condition}`)).toEqual([]);
});

test.each(['AWS::Serverless::WebFunction', 'AWS::Lambda::WebFunction'])('%s is listed, and has no Invoke', (type) => {
  const { functions } = readTemplateFiles(
    `Resources: { Web: { Type: '${type}', Properties: { FunctionName: site } } }`,
  );
  expect(functions).toMatchObject([{ name: 'site', logicalId: 'Web' }]);
  expect(functions.map(notesOf)).toEqual([
    ["This is a Web Function, which can't be invoked. Call its HTTPS endpoint."],
  ]);
});

test.each(['[a]', 'text', '5'])('a function with the properties %s is listed', (properties) => {
  const { functions } = readTemplateFiles(
    `Resources: { Fn: { Type: AWS::Lambda::Function, Properties: ${properties} } }`,
  );
  expect(functions.map(notesOf)).toEqual([['Properties must be an object. Correct the template.']]);
});

describe('what adds functions only when it is deployed is reported', () => {
  const FN = 'Fn: { Type: AWS::Lambda::Function }';
  const problem = (name: string) =>
    `template.yaml: ${name} is expanded by CloudFormation. Functions it creates aren't listed.`;

  test.each<[string, string[]]>([
    [`Transform: MyMacro\nResources: { ${FN} }`, [problem('MyMacro')]],
    [
      `Transform: [AWS::Serverless-2016-10-31, { Name: Other, Parameters: {} }]\nResources: { ${FN} }`,
      [problem('Other')],
    ],
    [`Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\nResources: { ${FN} }`, []],
    [`Fn::Transform: { Name: Root }\nResources: { ${FN} }`, [problem('Root')]],
    [`Resources: { ${FN}, Fn::Transform: { Name: Macro } }`, [problem('Macro')]],
    [
      `Resources: { ${FN}, Fn::Transform: { Name: AWS::Include, Parameters: { Location: 's3://b/k' } } }`,
      [problem('AWS::Include')],
    ],
    [`Resources: { ${FN}, Part: { Type: 'My::Own::Api::MODULE' } }`, [problem('Part')]],
  ])('%j', (text, problems) => {
    const result = readTemplateFiles(text);
    expect(result.functions).toMatchObject([{ name: 'Fn' }]);
    expect(problemsOf(result)).toEqual(problems);
  });
});

describe('AWS::Include with a local file', () => {
  const TEXT = `Parameters: { Stage: { Default: dev } }
Resources:
  Own: { Type: AWS::Lambda::Function }
  Fn::Transform: { Name: AWS::Include, Parameters: { Location: ./parts/functions.yaml } }`;

  test('adds the functions of the file, at the line of the transform', () => {
    const part = 'Included: { Type: AWS::Lambda::Function, Properties: { FunctionName: !Sub "x-${Stage}" } }';
    const result = readTemplateFiles(TEXT, { 'parts/functions.yaml': part });
    expect(result).toMatchObject({
      functions: [
        { name: 'Own', line: 3 },
        { name: 'x-dev', line: 4 },
      ],
      problems: [],
    });
  });

  test('that is missing or invalid is reported', () => {
    expect(readTemplateFiles(TEXT)).toMatchObject({ functions: [{ name: 'Own' }] });
    expect(problemsOf(readTemplateFiles(TEXT))).toEqual([
      "template.yaml: Can't read parts/functions.yaml, which AWS::Include names. Its resources are missing.",
    ]);
    expect(problemsOf(readTemplateFiles(TEXT, { 'parts/functions.yaml': 'a: [' }))).toEqual([
      expect.stringMatching(/^parts\/functions\.yaml, line 1, column \d/),
    ]);
  });
});

test('Globals are merged key by key, lists are appended, and expressions replaced', () => {
  const { functions } = readTemplateFiles(`Globals:
  Function:
    Handler: a.b
    Runtime: nodejs20.x
    Timeout: !Ref Unset
    Layers: [one]
    LoggingConfig: { LogFormat: JSON, LogGroup: all }
    Environment: { Variables: { A: 1, B: !Ref Unset } }
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 5
      Layers: !Ref AWS::NoValue
      LoggingConfig: { LogGroup: own }
      Environment: { Variables: { B: 2, C: 3 } }
  Plain: { Type: AWS::Lambda::Function }`);
  expect(functions).toMatchObject([
    { fn: { timeout: 5, logFormat: 'JSON', environment: { A: '1', B: '2', C: '3' } }, notes: [] },
    { fn: { environment: {} }, obstacle: { code: 'runtimeUnknown' } },
  ]);
});

test('aliases and versions refer to a function by ID, name, or attribute, with names that are expressions', () => {
  const { functions } = readTemplateFiles(`Parameters: { Stage: { Default: dev } }
Resources:
  Fn: { Type: AWS::Lambda::Function, Properties: { FunctionName: !Sub 'fn-\${Stage}' } }
  V1: { Type: AWS::Lambda::Version, Properties: { FunctionName: !GetAtt Fn.Arn } }
  V2: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Fn } }
  A: { Type: AWS::Lambda::Alias, Properties: { FunctionName: !Ref Fn, Name: !Ref Stage, FunctionVersion: !GetAtt V1.Version } }
  Named: { Type: AWS::Lambda::Function, Properties: { FunctionName: my-name } }
  B: { Type: AWS::Lambda::Alias, Properties: { FunctionName: my-name, Name: live, FunctionVersion: $LATEST } }`);
  expect(functions).toMatchObject([
    { fn: { versions: ['1', '2'], aliases: { dev: '1' } } },
    { fn: { versions: [], aliases: { live: '$LATEST' } } },
  ]);
});
