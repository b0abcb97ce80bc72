import { describe, expect, test } from 'vitest';
import { mayBeTemplate } from '../../../../../src/core/functions/template/templateContent.ts';
import { readTemplateText } from '../../../../support/readTemplateText.ts';

const SAM =
  'Resources:\n  Fn:\n    Type: AWS::Serverless::Function\n    Properties: { Handler: a.b, Runtime: nodejs20.x }';

describe('a file may be a template', () => {
  test.each<[string, string]>([
    ['template.yaml', ''],
    ['template.yml', ''],
    ['Stack.template.json', ''],
    ['serverless.yml', ''],
    ['serverless.template', ''],
    ['templates/template.yaml', ''],
    ['templates\\api.yaml', SAM],
    ['api.yaml', SAM],
    ['API.YML', SAM],
    ['stack.json', '{"Resources":{"F":{"Type":"AWS::Lambda::Function"}}}'],
    ['stack.template', '{ "Description": "x", "Resources" : {"F":{"Type":"AWS::Serverless::WebFunction"}}}'],
    ['root.yaml', `'Resources':\n  App: { Type: AWS::Serverless::Application }`],
    ['root.yaml', `\ufeffResources:\r\n  App: { Type: AWS::CloudFormation::Stack }`],
    ['dev.yml', 'service: shop\nprovider: { name: aws }\nfunctions:\n  f: { handler: a.b }'],
  ])('%s with the text %j', (name, text) => expect(mayBeTemplate(name, text)).toBe(true));

  test.each<[string, string]>([
    ['package.json', '{}'],
    ['my-template.yaml', ''],
    ['api.md', SAM],
    ['api.yaml', 'Resources:\n  Table: { Type: AWS::DynamoDB::Table }'],
    ['policy.json', '{ "types": ["AWS::Lambda::Function"], "about": "Resources of a stack" }'],
    ['spec.json', '{ "ResourceTypes": { "AWS::Lambda::Function": {} } }'],
    ['compose.yml', 'services: { web: { image: x } }\nprovider: x'],
    ['stack.yml', 'provider: { name: openfaas }\nfunctions: { f: { lang: node } }'],
  ])("but %s with the text %j can't", (name, text) => expect(mayBeTemplate(name, text)).toBe(false));
});

describe('a file that is recognized by its content', () => {
  test('is read in its own format, whatever its name', () => {
    for (const file of ['api.yaml', 'serverless.yaml', 'serverless.template'])
      expect(readTemplateText(file, SAM)).toMatchObject({ functions: [{ name: 'Fn' }], problems: [] });
    const framework = 'service: shop\nprovider: { name: aws }\nfunctions:\n  f: { handler: a.b }';
    expect(readTemplateText('dev.yml', framework).functions).toMatchObject([
      { name: 'f', otherNames: expect.arrayContaining(['shop-dev-f']) },
    ]);
  });

  test('is reported with its errors only if its root has the keys of a template', () => {
    const broken = '\nbroken: [';
    const codes = (file: string, text: string) => readTemplateText(file, text).problems.map(({ code }) => code);
    expect(codes('api.yaml', SAM + broken)).toEqual(['templateBroken']);
    expect(codes('stack.json', '{ "Resources": { "F": { "Type": "AWS::Lambda::Function" } }')).toEqual([
      'templateBroken',
    ]);
    expect(codes('notes.yaml', `docs:\n  ${SAM.replaceAll('\n', '\n  ')}${broken}`)).toEqual([]);
    expect(codes('template.yaml', broken)).toEqual(['templateBroken']);
    expect(codes('other.yaml', `a: ${'['.repeat(1000)} Resources: AWS::Lambda::Function`)).toEqual([]);
  });
});
