import { describe, expect, test } from 'vitest';
import { readService } from '../../../../support/readService.ts';
import { readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const HEAD = `Parameters:
  Stage: { Type: String, Default: dev }
  Unset: { Type: String }
  Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /app/secret }
  Passed: { Type: String, Default: own }
Conditions:
  IsUnset: !Equals [!Ref Unset, Unset]
  IsKnown: !Equals [!Ref Stage, dev]`;

function environmentOf(variables: string, rest = {}) {
  const { functions, problems } = readTemplateFiles(
    `${HEAD}
Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Named: { Type: AWS::DynamoDB::Table, Properties: { TableName: orders } }
  Partly: { Type: AWS::DynamoDB::Table, Properties: { TableName: !Sub '\${AWS::StackName}-orders' } }
  Api: { Type: AWS::ApiGateway::RestApi }
  Other: { Type: AWS::Serverless::Function, Properties: { FunctionName: other-fn } }
  Fn:
    Type: AWS::Serverless::Function
    Properties: { Handler: a.b, Runtime: nodejs20.x, Environment: ${variables} }`,
    {},
    rest,
  );
  expect(problems).toEqual([]);
  const { fn, placeholders, notes } = functions.at(-1) ?? {};
  return { environment: fn?.environment, placeholders, notes };
}

const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

describe('a value that only a deployed stack has is replaced as in sam local', () => {
  test.each<[string, string]>([
    ['!Ref Table', 'Table'],
    ['!Ref Partly', 'Partly'],
    ['!Ref Unset', 'Unset'],
    ['!Ref Secret', '/app/secret'],
    ['!Ref AWS::StackName', 'local'],
    ['!Ref AWS::NotificationARNs', ''],
    ['!Ref Fn', 'Fn'],
    ['!GetAtt Table.Arn', arn('Table')],
    ['!GetAtt Other.Arn', arn('other-fn')],
    ['{ Fn::GetAtt: [Table, Arn] }', arn('Table')],
    ['{ Fn::GetAtt: Table.Arn }', arn('Table')],
    ['!GetAtt Table.StreamArn', ''],
    ['!GetAtt Stack.Outputs.Url', ''],
    ['!GetAtt Api.RootResourceId', '/'],
    [
      '!Sub "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}/x"',
      'https://Api.execute-api.us-east-1.amazonaws.com/x',
    ],
    ['!Sub "${Table}-${Stage}"', 'Table-dev'],
    ['!Sub "${Table.Arn}/index/*"', `${arn('Table')}/index/*`],
    ['!Sub "https://${Web.DomainName}"', 'https://$Web.DomainName'],
    ['!Sub ["${T}-${!x}", { T: !Ref Table }]', 'Table-${x}'],
    ['!Join ["-", [a, !Ref Table]]', 'a-Table'],
    ['!Join ["", ["https://", !GetAtt Web.DomainName]]', ''],
    ['!Select [5, !Split [":", !GetAtt Table.Arn]]', 'function'],
    ['!Select [0, !GetAZs ""]', 'us-east-1a'],
    ['!GetAZs ""', ''],
    ['!If [IsUnset, yes-value, other]', 'yes-value'],
    ['!If [IsKnown, !Ref Table, other]', 'Table'],
    ['!If [Missing, a, b]', ''],
    ['!ImportValue shared-table', ''],
    ['"{{resolve:ssm:/app/x}}"', '{{resolve:ssm:/app/x}}'],
    ['~', ''],
    ['[a]', ''],
    ['{ a: b }', ''],
  ])('%s', (expression, expected) => {
    const { environment, placeholders, notes } = environmentOf(`{ Variables: { V: ${expression}, KNOWN: x } }`);
    expect(environment).toEqual({ V: expected, KNOWN: 'x' });
    expect(placeholders).toEqual(['V']);
    expect(notes).toEqual([]);
  });

  test.each<[string, string | undefined]>([
    ['!Ref Named', 'orders'],
    ['!Ref Other', 'other-fn'],
    ['!Sub "${Named}-${Stage}"', 'orders-dev'],
    ['!If [IsKnown, a, !Ref Table]', 'a'],
    ['!If [IsKnown, !Ref AWS::NoValue, x]', undefined],
  ])('but not %s, whose value is in the template', (expression, expected) => {
    const { environment, placeholders } = environmentOf(`{ Variables: { V: ${expression} } }`);
    expect(environment?.['V']).toBe(expected);
    expect(placeholders).toEqual([]);
  });

  test('also if a condition of all variables is unknown', () => {
    const variables = '{ Variables: !If [IsUnset, { A: a, B: !Ref Table }, { C: c }] }';
    expect(environmentOf(variables)).toMatchObject({ environment: { A: 'a', B: 'Table' }, placeholders: ['A', 'B'] });
  });

  test.each(['toString', 'constructor', 'hasOwnProperty'])('a variable can have the name %s', (name) => {
    const { environment, placeholders } = environmentOf(`{ Variables: { ${name}: !Ref Table } }`);
    expect(Object.entries(environment ?? {})).toEqual([[name, 'Table']]);
    expect(placeholders).toEqual([name]);
  });
});

test('names, handlers and settings have no placeholders', () => {
  const { functions } = readTemplateFiles(`${HEAD}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties:
      { FunctionName: !Sub '\${AWS::StackName}-fn', Handler: !Ref Unset, Runtime: nodejs20.x, Timeout: !Ref Unset }`);
  expect(functions).toMatchObject([{ name: 'Fn', fn: { timeout: 3 }, obstacle: { code: 'valueUnresolved' } }]);
});

test('a nested stack gets the placeholders that its parent passes', () => {
  const { nestedStacks } = readTemplateFiles(`Resources:
  Table: { Type: AWS::DynamoDB::Table }
  Nested:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: nested.yaml
      Parameters: { Passed: !Ref Table, Unset: !GetAtt Table.StreamArn, Stage: qa }`);
  const parameters = nestedStacks[0]?.parameters ?? {};
  const variables = '{ Variables: { A: !Ref Passed, B: !Ref Unset, C: !Ref Stage } }';
  expect(environmentOf(variables, { parameters })).toMatchObject({
    environment: { A: 'Table', B: '', C: 'qa' },
    placeholders: ['A', 'B'],
  });
});

describe('the Serverless Framework', () => {
  test.each<[string, string]>([
    ["'${ssm:/a}'", ''],
    ["'${cf:stack.Output}'", ''],
    ["'x-${cf:stack.Output}'", ''],
    ["{ Ref: 'Table' }", 'Table'],
    ["{ 'Fn::GetAtt': [Table, Arn] }", arn('Table')],
    ["{ 'Fn::Join': ['-', [a, !Ref Table]] }", 'a-Table'],
    ["!Sub '${AWS::StackName}-x'", 'local-x'],
    ["{ 'Fn::ImportValue': x }", ''],
  ])('replaces %s', (value, expected) => {
    const { functions } = readService(
      `service: s\nprovider: { name: aws, runtime: nodejs22.x }\nfunctions: { f: { handler: a.b, environment: { V: ${value} } } }`,
    );
    expect(functions).toMatchObject([{ fn: { environment: { V: expected } }, placeholders: ['V'], notes: [] }]);
  });
});
