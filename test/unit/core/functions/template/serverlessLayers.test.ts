import { describe, expect, test } from 'vitest';
import { readService } from '../../../../support/readService.ts';

/** The function `f` of a service with these fields. */
function functionWith(fields: string, provider = '', rest = '') {
  const text = `service: shop
provider: { name: aws, runtime: python3.12${provider === '' ? '' : `, ${provider}`} }
functions: { f: { ${fields} } }
${rest}`;
  const fn = readService(text).functions[0];
  if (fn === undefined) throw new Error('no function');
  return fn;
}

describe('layers of the Serverless Framework', () => {
  const LAYERS = 'layers: { common-code: { path: layers/common }, packed: { package: { artifact: out/packed.zip } } }';

  test('are found by the logical ID of their resource', () => {
    const { fn } = functionWith(
      'handler: a.b, layers: [{ Ref: CommonDashcodeLambdaLayer }, { Ref: PackedLambdaLayer }]',
      '',
      LAYERS,
    );
    expect(fn.layers).toEqual([
      { name: 'common-code', contentUri: 'layers/common' },
      { name: 'packed', contentUri: 'out/packed.zip' },
    ]);
  });

  test('with an ARN or a variable have no folder', () => {
    const { fn } = functionWith(
      "handler: a.b, layers: [arn:aws:lambda:x:1:layer:y:1, '${ssm:/layer}', { Ref: Other }]",
    );
    expect(fn.layers).toEqual([{ name: 'arn:aws:lambda:x:1:layer:y:1' }, { name: '${ssm:/layer}' }, { name: 'Other' }]);
  });

  test('of the provider apply unless the function has its own', () => {
    const provider = 'layers: [{ Ref: CommonDashcodeLambdaLayer }]';
    expect(functionWith('handler: a.b', provider, LAYERS).fn.layers).toHaveLength(1);
    expect(functionWith('handler: a.b, layers: [arn:a]', provider, LAYERS).fn.layers).toEqual([{ name: 'arn:a' }]);
    expect(functionWith('handler: a.b').fn.layers).toBeUndefined();
  });

  test('that serverless-python-requirements creates have its folder', () => {
    const { fn } = functionWith('handler: a.b, layers: [{ Ref: PythonRequirementsLambdaLayer }]');
    expect(fn.layers).toMatchObject([{ contentUri: '.serverless/requirements', builtFolder: 'python' }]);
  });
});

describe('packages of serverless-python-requirements', () => {
  test('are in one folder for all functions', () => {
    expect(functionWith('handler: a.b')).toMatchObject({
      fn: { codeUri: '' },
      packageUris: ['.serverless/requirements', '.requirements'],
    });
  });

  test.each(['package: { individually: true }, ', ''])('are in a folder for each module (%s)', (own) => {
    const rest = own === '' ? 'package: { individually: true }' : '';
    expect(functionWith(`handler: a.b, ${own}module: functions/one`, '', rest)).toMatchObject({
      fn: { codeUri: 'functions/one' },
      packageUris: ['.serverless/functions/one/requirements', '.requirements'],
    });
  });

  test('are not used by Node.js functions', () => {
    expect(functionWith('handler: a.b, runtime: nodejs22.x').packageUris).toBeUndefined();
  });
});
