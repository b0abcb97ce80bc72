import { expect, test } from 'vitest';
import { isDeployed, recentsOnConnection } from '../../../../src/core/functions/connectionFunctions.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:shared';

test('recent functions are limited to those of the connection once all are listed', () => {
  const recents = ['orders', 'orders-elsewhere', 'payments:live', ARN];
  expect(recentsOnConnection(recents, { names: ['orders', 'payments'], isComplete: true })).toEqual([
    'orders',
    'payments:live',
    ARN,
  ]);
  expect(recentsOnConnection(recents, { names: ['orders'], isComplete: false })).toEqual(recents);
  expect(recentsOnConnection(recents, { names: [], isComplete: undefined })).toEqual(recents);
});

test.each([
  ['Orders', ['Orders'], true],
  ['Orders', ['shop-Orders-AB12CD'], true],
  ['Orders', ['shop-dev-orders'], true],
  ['Orders', ['shop-OrdersArchive-AB12CD', 'payments'], false],
  ['Orders', [], false],
])('the workspace function %s is deployed among %j: %s', (name, names, expected) => {
  expect(isDeployed({ plainName: name, otherNames: ['shop-dev-orders'] }, names)).toBe(expected);
});
