import { describe, expect, test } from 'vitest';
import { problemsOf, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';
import { UNRESOLVED } from '../../../../../src/core/functions/template/intrinsicValues.ts';

const read = (resources: string) =>
  readTemplateFiles(`Parameters: { Stage: { Type: String, Default: dev } }\nResources:\n${resources}`);

describe('nested stacks', () => {
  test('have the path of their template and the parameters that are passed', () => {
    const { nestedStacks, problems } = read(`  Api:
    Type: AWS::Serverless::Application
    Properties:
      Location: ./api/template.yaml
      Parameters: { Stage: !Ref Stage, Table: !Sub 'orders-\${Stage}', Arn: !GetAtt Api.Outputs.X, Size: 5, Gone: !Ref AWS::NoValue }
  Network: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: network.yaml } }
  Other: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'file://../my%20stack.json' } }`);
    expect(problems).toEqual([]);
    expect(nestedStacks).toEqual([
      {
        logicalId: 'Api',
        path: './api/template.yaml',
        parameters: { Stage: 'dev', Table: 'orders-dev', Arn: UNRESOLVED, Size: 5, Gone: undefined },
      },
      { logicalId: 'Network', path: 'network.yaml', parameters: {} },
      { logicalId: 'Other', path: '../my stack.json', parameters: {} },
    ]);
  });

  test('of the CDK have their template beside the including one', () => {
    const { nestedStacks, problems } = read(`  Nested:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: { 'Fn::Join': ['', ['https://s3.', !Ref AWS::Region]] } }
    Metadata: { 'aws:asset:path': AppNested0F.nested.template.json }`);
    expect(problems).toEqual([]);
    expect(nestedStacks).toMatchObject([{ path: 'AppNested0F.nested.template.json' }]);
  });

  test.each([
    "{ Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: 'https://s3.amazonaws.com/b/k.yaml' } }",
    "{ Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: !Sub 'https://${Bucket}.s3.amazonaws.com/k' } }",
    "{ Type: AWS::Serverless::Application, Properties: { Location: 's3://b/k.yaml' } }",
    '{ Type: AWS::Serverless::Application, Properties: { Location: { ApplicationId: x, SemanticVersion: 1.0.0 } } }',
    '{ Type: AWS::Serverless::Application }',
  ])('%s is reported', (stack) => {
    const result = read(`  App: ${stack}\n  Fn: { Type: AWS::Lambda::Function }`);
    expect(result).toMatchObject({ functions: [{ name: 'Fn' }], nestedStacks: [] });
    expect(problemsOf(result)).toEqual([
      "template.yaml: The template of the nested stack App isn't a file in the workspace. Its functions aren't listed.",
    ]);
  });

  test('a value that only the deployed stack has is unresolved in the nested stack, despite a default', () => {
    const text = `Parameters: { Table: { Type: String, Default: local } }
Resources:
  Fn: { Type: AWS::Lambda::Function, Properties: { Environment: { Variables: { TABLE: !Ref Table } } } }`;
    const { functions } = readTemplateFiles(text, {}, { parameters: { Table: UNRESOLVED } });
    expect(functions).toMatchObject([{ fn: { environment: { TABLE: '' } }, placeholders: ['TABLE'] }]);
    expect(readTemplateFiles(text, {}, { parameters: {} }).functions[0]?.fn.environment).toEqual({ TABLE: 'local' });
  });
});
