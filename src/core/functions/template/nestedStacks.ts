import { localPath } from './functionCode.ts';
import { message, type Message } from '../../messages/messages.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { plainText, UNRESOLVED } from './intrinsicValues.ts';
import { PlaceholderParameter } from './placeholderParameter.ts';
import { placeholderScope } from './placeholderScope.ts';
import { STACK_TEMPLATES } from './resourceTypes.ts';
import { record, textOf, type NestedStack } from './templateFunction.ts';

/** The value of a parameter. UNRESOLVED or a placeholder if only a deployed stack has it. */
function passedValue(written: unknown, scope: Scope, placeholders: Scope): unknown {
  const value = resolve(written, scope);
  const placeholder = value === UNRESOLVED ? plainText(resolve(written, placeholders)) : undefined;
  return placeholder === undefined ? value : new PlaceholderParameter(placeholder);
}

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
  const placeholders = placeholderScope(scope);
  const parameters = Object.entries(record(record(properties)['Parameters'])).map(
    ([name, value]) => [name, passedValue(value, scope, placeholders)] as const,
  );
  return { logicalId, path: localPath(location), parameters: Object.fromEntries(parameters) };
}
