import { describe, expect, test } from 'vitest';
import { notesOf, readTemplateFiles } from '../../../../support/readTemplateFiles.ts';

const HASH = '0f'.repeat(32);

const template = (code: unknown, metadata?: unknown) =>
  JSON.stringify({
    Resources: {
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: code, Handler: 'index.handler', Runtime: 'nodejs22.x' },
        ...(metadata !== undefined && { Metadata: metadata }),
      },
    },
  });

const read = (text: string, files: Record<string, string> = {}, file = 'cdk.out/App.template.json') => {
  const [fn] = readTemplateFiles(text, files, { file }).functions;
  return fn === undefined ? undefined : { codeUri: fn.fn.codeUri, notes: notesOf(fn) };
};

const found = (codeUri: string) => ({ codeUri, notes: [] });
const missing = { codeUri: '', notes: ["The template doesn't point to code in this workspace."] };

/** As CDK 2 writes it. */
const second = (key: string) => template({ S3Bucket: { 'Fn::Sub': 'cdk-x-assets-${AWS::AccountId}' }, S3Key: key });

const manifest = (key: string, path: string) =>
  JSON.stringify({
    version: '36.0.0',
    files: {
      other: { source: { path: 'App.template.json' }, destinations: { current: { objectKey: 'other.json' } } },
      [HASH]: { source: { path, packaging: 'zip' }, destinations: { 'current-region': { objectKey: key } } },
    },
  });

describe("the code of a CDK function without the asset's path", () => {
  test('is found in the asset manifest of its stack', () => {
    for (const key of [`${HASH}.zip`, `prefix/${HASH}.zip`])
      expect(read(second(key), { 'App.assets.json': manifest(key, '/project/src') })).toEqual(found('/project/src'));
  });

  test('is beside the template if the manifest lacks it', () => {
    const folder = found(`asset.${HASH}`);
    expect(read(second(`${HASH}.zip`))).toEqual(folder);
    for (const text of ['{', '[]', '{"files":{"a":3,"b":{"source":{}}}}', manifest('other.zip', 'x')])
      expect(read(second(`${HASH}.zip`), { 'App.assets.json': text })).toEqual(folder);
  });

  test('of CDK 1 is found by the name of its parameter', () => {
    const key = (index: number) => ({
      'Fn::Select': [index, { 'Fn::Split': ['||', { Ref: `AssetParameters${HASH}S3VersionKey1A2B3C4D` }] }],
    });
    const code = {
      S3Bucket: { Ref: `AssetParameters${HASH}S3Bucket1A2B3C4D` },
      S3Key: { 'Fn::Join': ['', [key(0), key(1)]] },
    };
    expect(read(template(code))).toEqual(found(`asset.${HASH}`));
  });

  test("isn't in the workspace without a hash or outside of an assembly", () => {
    expect(read(second('code.zip'))).toEqual(missing);
    expect(read(template({ S3Bucket: 'b', S3Key: { 'Fn::Join': ['', [{ Ref: 'Key' }, { Ref: 'x' }]] } }))).toEqual(
      missing,
    );
    expect(read(second(`${HASH}.zip`), {}, 'stack.json')).toEqual(missing);
  });
});

test("the asset's path has priority and can be absolute", () => {
  const code = { S3Bucket: 'b', S3Key: `${HASH}.zip` };
  expect(read(template(code, { 'aws:asset:path': 'asset.1' }))).toEqual(found('asset.1'));
  expect(read(template(code, { 'aws:asset:path': '/project/src' }))).toEqual(found('/project/src'));
});

test('inline code and images are obstacles', () => {
  expect(read(template({ ZipFile: { 'Fn::Sub': '${AWS::StackName}' } }))?.notes).toEqual([
    "Inline code isn't supported locally. Move it to a file.",
  ]);
  expect(read(template({ ImageUri: { 'Fn::Sub': '${X}' } }))?.notes).toEqual([
    "Container images aren't supported locally.",
  ]);
});
