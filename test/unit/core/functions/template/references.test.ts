import { describe, expect, test } from 'vitest';
import { knownValue, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const read = (expression: string, resources: string, rest = {}) => {
  const { functions, problems } = readTemplateFiles(
    `Parameters:
  Stage: { Type: String, Default: dev }
  Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /app/secret }
  Empty: { Type: String }
Resources:
${resources}
  Fn:
    Type: AWS::Lambda::Function
    Properties: { Handler: a.b, Runtime: nodejs20.x, Environment: { Variables: { V: ${expression} } } }`,
    {},
    rest,
  );
  expect(problems).toEqual([]);
  return knownValue(functions.at(-1), 'V');
};

const resource = (type: string, properties: string) => `  R: { Type: '${type}', Properties: { ${properties} } }`;

describe('Ref of a resource', () => {
  test.each([
    ['AWS::DynamoDB::Table', 'TableName'],
    ['AWS::Serverless::SimpleTable', 'TableName'],
    ['AWS::S3::Bucket', 'BucketName'],
    ['AWS::Lambda::Function', 'FunctionName'],
    ['AWS::Serverless::Function', 'FunctionName'],
    ['AWS::Logs::LogGroup', 'LogGroupName'],
    ['AWS::SSM::Parameter', 'Name'],
    ['AWS::Kinesis::Stream', 'Name'],
    ['AWS::Events::EventBus', 'Name'],
  ])('of the type %s is its %s', (type, property) => {
    expect(read('!Ref R', resource(type, `${property}: own`))).toBe('own');
    expect(read('!Sub "${R}"', resource(type, `${property}: !Sub "x-\${Stage}"`))).toBe('x-dev');
    expect(read('!Ref R', resource(type, ''))).toBeUndefined();
    expect(read('!Ref R', resource(type, `${property}: !Ref Empty`))).toBeUndefined();
  });

  test.each([
    ['AWS::SQS::Queue', 'QueueName'],
    ['AWS::SNS::Topic', 'TopicName'],
    ['AWS::StepFunctions::StateMachine', 'StateMachineName'],
    ['AWS::Serverless::StateMachine', 'Name'],
    ['AWS::Cognito::UserPool', 'UserPoolName'],
    ['AWS::SecretsManager::Secret', 'Name'],
    ['AWS::Lambda::LayerVersion', 'LayerName'],
  ])("of the type %s isn't its %s", (type, property) => {
    expect(read('!Ref R', resource(type, `${property}: own`))).toBeUndefined();
  });

  test('is unresolved for names that refer to each other', () => {
    const names = `  A: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub "a-\${B}" } }
  B: { Type: AWS::S3::Bucket, Properties: { BucketName: !Sub "b-\${A}" } }
  C: { Type: AWS::S3::Bucket, Properties: { BucketName: !Ref C } }
  D: { Type: AWS::S3::Bucket, Properties: { BucketName: !Join ["-", [!Ref E, d]] } }
  E: { Type: AWS::S3::Bucket, Properties: { BucketName: e } }`;
    for (const name of ['A', 'B', 'C']) expect(read(`!Ref ${name}`, names)).toBeUndefined();
    expect(read('!Ref D', names)).toBe('e-d');
  });
});

describe('Ref of a parameter', () => {
  test("is the value that is passed, and the default of an SSM parameter isn't its value", () => {
    expect(read('!Ref Stage', '')).toBe('dev');
    expect(read('!Ref Stage', '', { parameters: { Stage: 'prod' } })).toBe('prod');
    expect(read('!Ref Secret', '')).toBeUndefined();
    expect(read('!Ref Secret', '', { parameters: { Secret: 'x' } })).toBe('x');
  });

  test('a passed value without a declared parameter is ignored', () => {
    expect(read('!Ref Other', '', { parameters: { Other: 'x' } })).toBeUndefined();
  });
});

test.each([
  '"{{resolve:ssm:/app/x}}"',
  '!Sub "a-{{resolve:secretsmanager:${Stage}}}"',
  '!Join ["", ["{{resolve:ssm:", "x}}"]]',
])('the dynamic reference %s is known only when it is deployed', (expression) =>
  expect(read(expression, '')).toBeUndefined(),
);
