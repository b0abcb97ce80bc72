import { UNRESOLVED } from './intrinsicValues.ts';
import type { Variables } from './serverlessVariables.ts';
import { record, textOf, type Values } from './templateFunction.ts';

/** The settings that all functions of a Serverless Framework file share. */
export interface Provider {
  /** `aws` unless the file specifies another provider. */
  readonly name: string;
  /** A resolved field. UNRESOLVED if the files don't contain its value. */
  readonly field: (name: string) => unknown;
  /** A field as written. If the provider can't be read, the provider itself. */
  readonly written: (name: string) => unknown;
}

/** Reads the `provider` of a file, which can be in another file. */
export function readProvider(root: Values, { follow, fill }: Variables): Provider {
  const { value } = follow({ value: root['provider'], path: ['provider'] });
  const fields = record(value);
  const field = (name: string) => (value === UNRESOLVED ? UNRESOLVED : fill(fields[name]));
  return {
    name: textOf(field('name')) ?? 'aws',
    field,
    written: (name) => (value === UNRESOLVED ? root['provider'] : fields[name]),
  };
}
