import { describe, expect, test } from 'vitest';
import { knownValue, notesOf, problemsOf, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const HEAD = `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Names: { Type: CommaDelimitedList, Default: 'orders, users' }
  Unset: { Type: CommaDelimitedList }
Mappings: { Lists: { dev: { names: [red, blue] } } }
Globals: { Function: { Handler: a.b, Runtime: nodejs20.x } }`;

const read = (resources: string, head = HEAD) => readTemplateFiles(`${head}\nResources:\n${resources}`);

const loop = (collection: string) => `  Fn::ForEach::All:
    - Name
    - ${collection}
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties: { FunctionName: !Sub 'my-\${Name}', CodeUri: 'src/\${Name}' }`;

describe('Fn::ForEach', () => {
  test('creates a function for each item, at the line of the loop', () => {
    const { functions, problems } = read(`  First: { Type: AWS::Serverless::Function }\n${loop('[orders, users]')}`);
    expect(problems).toEqual([]);
    expect(functions).toMatchObject([
      { logicalId: 'First', line: 8 },
      { logicalId: 'ordersFunction', name: 'my-orders', line: 9, fn: { codeUri: 'src/orders' } },
      { logicalId: 'usersFunction', name: 'my-users', line: 9, fn: { codeUri: 'src/users' } },
    ]);
  });

  test.each<[string, string[]]>([
    ['!Ref Names', ['ordersFunction', 'usersFunction']],
    ['[!Ref Names, other]', ['ordersFunction', 'usersFunction', 'otherFunction']],
    ['!FindInMap [Lists, dev, names]', ['redFunction', 'blueFunction']],
    ['!Split ["|", "a|b"]', ['aFunction', 'bFunction']],
    ['[1, true]', ['1Function', 'trueFunction']],
    ['[]', []],
  ])('has the collection %s', (collection, expected) => {
    const { functions, problems } = read(loop(collection));
    expect(problems).toEqual([]);
    expect(functions.map(({ logicalId }) => logicalId)).toEqual(expected);
  });

  test('&{Name} leaves out characters that a logical ID cannot have', () => {
    const { functions } = read(`  Fn::ForEach::All:
    - Address
    - [10.0.0.1, 10.0.0.2]
    - 'Fn&{Address}':
        Type: AWS::Serverless::Function
        Properties: { Environment: { Variables: { A: '\${Address}', B: !Ref Address, C: '&{Address}', D: '\${Other}' } } }`);
    expect(functions).toMatchObject([
      { name: 'Fn10001', fn: { environment: { A: '10.0.0.1', B: '10.0.0.1', C: '10001', D: '${Other}' } } },
      { name: 'Fn10002' },
    ]);
  });

  test('can be nested', () => {
    const { functions } = read(`  Fn::ForEach::Outer:
    - Stage
    - [dev, prod]
    - Fn::ForEach::Inner:
        - Name
        - ['\${Stage}A', b]
        - \${Stage}\${Name}:
            Type: AWS::Serverless::Function
            Properties: { Description: !Ref Name }`);
    expect(functions.map(({ name }) => name)).toEqual(['devdevA', 'devb', 'prodprodA', 'prodb']);
  });

  test('creates properties, environment variables, and conditions', () => {
    const { functions, problems } = read(
      `  Fn:
    Type: AWS::Serverless::Function
    Condition: IsA
    Properties:
      Fn::ForEach::Numbers:
        - Field
        - [Timeout, MemorySize]
        - \${Field}: 200
      Environment:
        Variables:
          OWN: x
          Fn::ForEach::Variables: [Name, [A, B], { 'TABLE_\${Name}': !Sub 'table-\${Name}' }]`,
      `${HEAD}\nConditions: { 'Fn::ForEach::Each': [Name, [A, B], { 'Is\${Name}': !Equals ['\${Name}', B] }] }`,
    );
    expect(problems).toEqual([]);
    expect(functions).toMatchObject([
      { fn: { timeout: 200, memorySize: 200, environment: { OWN: 'x', TABLE_A: 'table-A', TABLE_B: 'table-B' } } },
    ]);
    expect(functions.map(notesOf)).toEqual([
      ["This function isn't deployed with the parameters used locally, because the condition IsA is false."],
    ]);
  });

  test.each([
    ['a collection that is unknown', loop('!Ref Unset')],
    ['a collection with an unknown item', loop('[a, !GetAtt X.Name]')],
    ['a collection of objects', loop('[{ a: b, c: d }]')],
    ['a layout without a fragment', '  Fn::ForEach::All: [Name, [a, b]]'],
    ['a layout without a name', '  Fn::ForEach::All: [{}, [a, b], { a: b }]'],
    ['a layout that is not a list', '  Fn::ForEach::All: Name'],
  ])('with %s is reported', (_, resources) => {
    const result = read(`${resources}\n  Other: { Type: AWS::Serverless::Function }`);
    expect(result.functions).toMatchObject([{ name: 'Other' }]);
    expect(problemsOf(result)).toEqual([
      "template.yaml: Fn::ForEach::All can't be expanded locally. The functions it creates aren't listed.",
    ]);
  });

  test('of properties with an unknown collection results in a note', () => {
    const { functions } = read(`  Fn:
    Type: AWS::Serverless::Function
    Properties:
      Fn::ForEach::Fields: [Name, !Ref Unset, { '\${Name}': 1 }]
      Environment: { Variables: { Fn::ForEach::Variables: [Name, !Ref Unset, { '\${Name}': 1 }] } }`);
    expect(functions.map(notesOf)).toEqual([
      [
        "Fn::ForEach::Fields can't be expanded locally. The properties it sets are missing.",
        'Not set locally, because only a deployed stack has the values: Fn::ForEach::Variables.',
      ],
    ]);
  });

  test('that creates too much is reported', () => {
    const items = Array.from({ length: 200 }, (_, index) => `i${index}`).join(', ');
    const nested = [1, 2, 3].reduceRight(
      (inner, level) => `{ 'Fn::ForEach::L${level}': [V${level}, [${items}], ${inner}] }`,
      `{ '\${V1}\${V2}\${V3}': { Type: AWS::SNS::Topic } }`,
    );
    const result = readTemplateFiles(`Resources: ${nested}`);
    expect(result).toMatchObject({ functions: [], problems: [{ code: 'templateTooMuchWork' }] });
  });
});

describe('other language extensions', () => {
  const value = (expression: string) =>
    knownValue(
      read(
        `  Fn: { Type: AWS::Serverless::Function, Properties: { Environment: { Variables: { V: ${expression} } } } }`,
      ).functions[0],
      'V',
    );

  test.each<[string, string | undefined]>([
    ['!FindInMap [Lists, none, names, { DefaultValue: other }]', 'other'],
    ['!FindInMap [Lists, none, names, { DefaultValue: !Ref Unset }]', undefined],
    ['!Select [0, !FindInMap [Lists, dev, names, { DefaultValue: [x] }]]', 'red'],
    ['!Length [a, b, c]', '3'],
    ['!Length { Ref: Names }', '2'],
    ['!Length { Ref: Unset }', undefined],
    ['!ToJsonString { a: [1, !Ref AWS::Region], b: null }', '{"a":[1,"us-east-1"],"b":null}'],
    ['!ToJsonString { a: [{ b: !GetAtt X.Arn }] }', undefined],
    ['!Join [",", !Ref Names]', 'orders,users'],
  ])('%s', (expression, expected) => expect(value(expression)).toBe(expected));
});
