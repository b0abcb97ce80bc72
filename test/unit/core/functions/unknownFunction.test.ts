import { describe, expect, test } from 'vitest';
import { createKnownFunctions } from '../../../../src/core/functions/knownFunctions.ts';
import { unknownFunction, unknownLocalFunction } from '../../../../src/core/functions/unknownFunction.ts';
import { message, toSentence } from '../../../../src/core/messages/messages.ts';

const named = (...names: string[]) => names.map((name) => ({ name, plainName: name, otherNames: [] }));

describe('a name without a local function', () => {
  const text = (FunctionName: string, names: readonly string[], Qualifier?: string) =>
    toSentence(
      unknownLocalFunction({ FunctionName, ...(Qualifier !== undefined && { Qualifier }) }, named(...names), []),
    );

  test.each([
    ['OrdersApii', ['OrdersApi', 'Payments'], 'Did you mean OrdersApi?'],
    ['ordersapi', ['OrdersApi', 'Payments'], 'Did you mean OrdersApi?'],
    ['hello-world', ['HelloWorldFunction', 'OrdersApi'], 'Did you mean HelloWorldFunction?'],
    ['shop-OrdersFunction-AB12CD', ['OrdersFunction', 'Payments'], 'Did you mean OrdersFunction?'],
    ['hello-world', ['hallo-world', 'HelloWorldLambda'], 'Did you mean HelloWorldLambda?'],
    ['put', ['get', 'pot', 'cut'], 'Did you mean one of these: pot, cut?'],
    ['worker', ['get', 'pot'], 'Available functions: get, pot.'],
    ['worker', ['one', 'two', 'three', 'four', 'five', 'six'], 'Select one in the Functions view.'],
    ['worker', [], 'Use New Local Function… to create one.'],
  ])('%s among %j: %s', (name, names, hint) => {
    expect(text(name, names)).toBe(`No function "${name}" in this workspace. ${hint}`);
  });

  test('suggests at most three names, each once', () => {
    expect(text('orders1', ['orders2', 'orders3', 'orders4', 'orders5', 'orders2'])).toContain(
      'one of these: orders2, orders3, orders4?',
    );
  });

  test('that is an ARN is compared by its name', () => {
    expect(text('arn:aws:lambda:us-east-1:000000000000:function:helo', ['hello'])).toContain('"helo"');
  });

  test('that several functions share is answered with their names', () => {
    const shared = (...folders: string[]) =>
      folders.map((folder) => ({ name: `${folder}.F`, plainName: 'F', otherNames: [] }));
    const reason = (functions: ReturnType<typeof shared>) =>
      toSentence(unknownLocalFunction({ FunctionName: 'F' }, functions, []));
    expect(reason(shared('a', 'b'))).toBe(
      '"F" is defined more than once in this workspace. Use one of these: a.F, b.F.',
    );
    expect(reason(shared('a', 'b', 'c', 'd', 'e', 'f'))).toContain('defined 6 times');
  });

  test('may be defined in a file that can’t be read', () => {
    const problems = [message('tooManyTemplates', 1, 'x'), message('templateBroken', 'a/template.yaml', 1, 2, 'x')];
    const reason = (FunctionName: string) =>
      toSentence(unknownLocalFunction({ FunctionName }, named('Orders'), problems));
    expect(reason('Worker')).toBe(
      'No function "Worker" in this workspace, but a/template.yaml can\'t be read. See the Functions view.',
    );
    expect(reason('orders')).toContain('Did you mean Orders?');
  });

  test('is not unknown if it is the logical ID of a function', () => {
    const functions = [{ name: 'shop-orders', plainName: 'shop-orders', otherNames: ['Orders'] }];
    const reason = unknownLocalFunction({ FunctionName: 'Orders', Qualifier: 'live' }, functions, []);
    expect(reason).toEqual({ code: 'localQualifierUnknown', args: ['shop-orders', 'live'] });
  });

  test('has a message about the version or alias if the function exists', () => {
    expect(text('hello', ['hello'], 'prod')).toContain('hello has no version or alias "prod" in this workspace.');
    expect(text('hello:prod', ['hello'])).toContain('hello has no version or alias "prod" in this workspace.');
  });
});

describe('a name without a function in AWS', () => {
  const listed = ['shop-OrdersFunction-AB12', 'payments'];
  const text = (FunctionName: string) => {
    const reason = unknownFunction({ FunctionName }, listed);
    return reason === undefined ? undefined : toSentence(reason);
  };

  test('suggests a listed function', () => {
    expect(text('paymets')).toBe('Lambda can\'t find the function "paymets". Did you mean payments?');
    expect(text('OrdersFunction')).toContain('Did you mean shop-OrdersFunction-AB12?');
  });

  test('suggests nothing for other places, listed names and dissimilar names', () => {
    expect(text('123456789012:function:paymets')).toBeUndefined();
    expect(text('arn:aws:lambda:eu-west-1:123456789012:function:paymets')).toBeUndefined();
    expect(text('payments')).toBeUndefined();
    expect(text('invoices')).toBeUndefined();
  });

  test('is compared with the list of that connection', () => {
    const known = createKnownFunctions();
    const dev = { kind: 'aws', profile: 'dev', region: 'eu-west-1' } as const;
    known.list(dev, ['payments']);
    expect(known.listed(dev)).toEqual(['payments']);
    expect(known.listed({ ...dev, region: 'us-east-1' })).toEqual([]);
    expect(known.listed({ kind: 'local' })).toEqual([]);
    known.forgetLists();
    expect(known.listed(dev)).toEqual([]);
  });
});

test('thousands of dissimilar names suggest nothing', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `${'generated-function-name-'.repeat(2)}${index}`);
  expect(unknownFunction({ FunctionName: 'x'.repeat(50) }, names)).toBeUndefined();
});
