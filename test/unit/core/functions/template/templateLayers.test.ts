import { describe, expect, test } from 'vitest';
import { readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const POWERTOOLS = 'arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV3-python312-x86_64:7';

/** The layers of the first function in a template with these Layers and other resources. */
function layersOf(layers: string, rest = '', start = '') {
  const text = `${start}
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { Handler: app.handler, Runtime: python3.12, Layers: ${layers} }
${rest}`;
  return readTemplateFiles(text).functions[0]?.fn.layers;
}

const COMMON = `  Common:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layers/common }
`;

describe('layers of a SAM template', () => {
  test('have the folder of their content', () => {
    expect(layersOf('[!Ref Common]', COMMON)).toEqual([{ name: 'Common', contentUri: 'layers/common' }]);
  });

  test.each(['!Ref Common', '!GetAtt Common.LayerVersionArn', '!Sub "${Common}"', '{ "Fn::GetAtt": [Common, Arn] }'])(
    'are found by %s',
    (reference) => {
      expect(layersOf(`[${reference}]`, COMMON)).toMatchObject([{ contentUri: 'layers/common' }]);
    },
  );

  test.each([
    ['python3.12', 'python'],
    ['nodejs22.x', 'nodejs'],
  ])('with BuildMethod %s are built into a separate folder', (method, builtFolder) => {
    expect(layersOf('[!Ref Common]', `${COMMON}    Metadata: { BuildMethod: ${method} }`)).toEqual([
      { name: 'Common', contentUri: 'layers/common', builtFolder, builtUri: '.aws-sam/build/Common' },
    ]);
  });

  test('with BuildMethod makefile create the folders themselves', () => {
    expect(layersOf('[!Ref Common]', `${COMMON}    Metadata: { BuildMethod: makefile }`)).toEqual([
      { name: 'Common', contentUri: 'layers/common', builtUri: '.aws-sam/build/Common' },
    ]);
  });

  test('keep their order, and follow those of Globals', () => {
    const globals = 'Globals: { Function: { Layers: [arn:aws:lambda:us-east-1:1:layer:first:1] } }';
    expect(layersOf('[!Ref Common]', COMMON, globals)?.map(({ name }) => name)).toEqual([
      'arn:aws:lambda:us-east-1:1:layer:first:1',
      'Common',
    ]);
  });

  test('can be chosen by a condition, or be absent', () => {
    const start = `Parameters: { Stage: { Type: String, Default: dev } }
Conditions: { IsProd: !Equals [!Ref Stage, prod] }`;
    const layers = `[!If [IsProd, ${POWERTOOLS}, !Ref Common], !If [IsProd, ${POWERTOOLS}, !Ref 'AWS::NoValue']]`;
    expect(layersOf(layers, COMMON, start)).toEqual([{ name: 'Common', contentUri: 'layers/common' }]);
    expect(layersOf(`!If [IsProd, [], [!Ref Common]]`, COMMON, start)).toHaveLength(1);
  });

  test('with an ARN have no folder', () => {
    expect(layersOf(`[${POWERTOOLS}]`)).toEqual([{ name: POWERTOOLS }]);
    const start = `Parameters: { Layer: { Type: String, Default: '${POWERTOOLS}' } }`;
    expect(layersOf('[!Ref Layer]', '', start)).toEqual([{ name: POWERTOOLS }]);
    const list = `Parameters: { All: { Type: CommaDelimitedList, Default: 'arn:a, arn:b' } }`;
    expect(layersOf('!Ref All', '', list)).toEqual([{ name: 'arn:a' }, { name: 'arn:b' }]);
    const sub = '[!Sub "arn:aws:lambda:${AWS::Region}:1:layer:a:1"]';
    expect(layersOf(sub)).toEqual([{ name: 'arn:aws:lambda:us-east-1:1:layer:a:1' }]);
  });

  test('whose ARN only a deployed stack has are named by what they refer to', () => {
    expect(layersOf('[!Ref Elsewhere]')).toEqual([{ name: 'Elsewhere' }]);
    expect(layersOf('[!GetAtt Stack.Outputs.Layer]')).toEqual([{ name: 'Stack' }]);
    expect(layersOf('[!ImportValue shared-layer]')).toEqual([{ name: 'shared-layer' }]);
    expect(layersOf("['{{resolve:ssm:/layer}}']")).toEqual([{ name: '{{resolve:ssm:/layer}}' }]);
  });

  test('in a bucket, and without content, have no folder', () => {
    const inBucket = COMMON.replace('layers/common', 's3://bucket/key');
    expect(layersOf('[!Ref Common]', inBucket)).toEqual([{ name: 'Common' }]);
    const empty = COMMON.replace('ContentUri: layers/common', 'LayerName: x');
    expect(layersOf('[!Ref Common]', empty)).toEqual([{ name: 'Common' }]);
  });

  test.each(['', '[]', '{}', '5', '[[], {}, null]'])('that are invalid (%s) are ignored', (layers) => {
    expect(layersOf(layers)).toBeUndefined();
  });

  test('are limited in number', () => {
    expect(layersOf(`[${Array.from({ length: 100 }, () => POWERTOOLS).join(', ')}]`)).toHaveLength(20);
  });
});

test('layers of the CDK are found by their asset', () => {
  const hash = 'a'.repeat(64);
  const text = JSON.stringify({
    Resources: {
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Handler: 'a.b', Runtime: 'nodejs22.x', Layers: [{ Ref: 'ByPath' }, { Ref: 'ByHash' }] },
        Metadata: { 'aws:asset:path': 'asset.code' },
      },
      ByPath: {
        Type: 'AWS::Lambda::LayerVersion',
        Properties: { Content: { S3Bucket: 'b', S3Key: 'x.zip' } },
        Metadata: { 'aws:asset:path': 'asset.layer' },
      },
      ByHash: {
        Type: 'AWS::Lambda::LayerVersion',
        Properties: { Content: { S3Bucket: 'b', S3Key: `${hash}.zip` } },
      },
    },
  });
  const { functions } = readTemplateFiles(text, {}, { file: 'cdk.out/App.template.json' });
  expect(functions[0]?.fn.layers).toEqual([
    { name: 'ByPath', contentUri: 'asset.layer' },
    { name: 'ByHash', contentUri: `asset.${hash}` },
  ]);
});
