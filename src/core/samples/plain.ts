import type { Sample } from './sample.ts';

/** An event without a service's structure, for functions that are invoked directly. */
export const hello: Sample = {
  name: 'Hello',
  group: 'Plain',
  description: 'Three keys and values for a direct invocation.',
  event: {
    key1: 'value1',
    key2: 'value2',
    key3: 'value3',
  } satisfies Record<string, string>,
};

/** A command with nested values, a list and a flag. */
export const directCall: Sample = {
  name: 'Direct Invocation',
  group: 'Plain',
  description: 'Nested values, a list, and a flag from another function.',
  event: {
    action: 'priceOrder',
    orderId: 'A-1001',
    customer: { id: 'C-77', country: 'IE' },
    items: [
      { sku: 'LAMP-21', quantity: 2 },
      { sku: 'BULB-07', quantity: 4 },
    ],
    dryRun: true,
  },
};
