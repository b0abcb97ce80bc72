import { localPath } from './functionCode.ts';
import { message, type Message } from '../../messages/messages.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { STACK_TEMPLATES } from './resourceTypes.ts';
import { record, textOf, type NestedStack } from './templateFunction.ts';

/** A nested stack, or why its functions aren't listed. Undefined for other resources. */
export function nestedStack(
  file: string,
  logicalId: string,
  resource: unknown,
  scope: Scope,
): NestedStack | Message | undefined {
  const { Type: type, Properties: properties, Metadata: metadata } = record(resource);
  if (typeof type !== 'string' || !Object.hasOwn(STACK_TEMPLATES, type)) return undefined;
  const asset = textOf(record(metadata)['aws:asset:path']); // a nested stack of the CDK
  const location = asset ?? textOf(resolve(record(properties)[STACK_TEMPLATES[type] ?? ''], scope));
  if (location === undefined || /^(s3|https?):/i.test(location)) return message('nestedStackNotHere', file, logicalId);
  const parameters = Object.entries(record(record(properties)['Parameters'])).map(
    ([name, value]) => [name, resolve(value, scope)] as const,
  );
  return { logicalId, path: localPath(location), parameters: Object.fromEntries(parameters) };
}
