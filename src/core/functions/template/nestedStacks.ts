import { localPath } from './functionCode.ts';
import { message, type Message } from '../../messages/messages.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { plainText, UNRESOLVED } from './intrinsicValues.ts';
import { PlaceholderParameter } from './placeholderParameter.ts';
import { placeholderScope } from './placeholderScope.ts';
import type { TemplateSource } from './readTemplate.ts';
import { STACK_TEMPLATES } from './resourceTypes.ts';
import { referredLayer } from './templateLayers.ts';
import { record, textOf, type NestedStack } from './templateFunction.ts';

/** The value of a parameter. UNRESOLVED or a placeholder if only a deployed stack has it. */
function passedValue(written: unknown, { scope, source, placeholders }: PassContext): unknown {
  const value = resolve(written, scope);
  if (value !== UNRESOLVED) return value;
  const placeholder = plainText(resolve(written, placeholders));
  const layer = referredLayer(written, { scope, source })?.layer;
  if (placeholder === undefined && layer === undefined) return value;
  return new PlaceholderParameter(placeholder ?? '', layer);
}

interface PassContext {
  readonly scope: Scope;
  readonly source: TemplateSource;
  /** The scope with placeholders for unresolved values. */
  readonly placeholders: Scope;
}

/** A nested stack, or why its functions aren't listed. Undefined for other resources. */
export function nestedStack(
  source: TemplateSource,
  logicalId: string,
  resource: unknown,
  scope: Scope,
): NestedStack | Message | undefined {
  const { Type: type, Properties: properties, Metadata: metadata } = record(resource);
  if (typeof type !== 'string' || !Object.hasOwn(STACK_TEMPLATES, type)) return undefined;
  const asset = textOf(record(metadata)['aws:asset:path']); // a nested stack of the CDK
  const location = asset ?? textOf(resolve(record(properties)[STACK_TEMPLATES[type] ?? ''], scope));
  if (location === undefined || /^(s3|https?):/i.test(location))
    return message('nestedStackNotHere', source.file, logicalId);
  const placeholders = placeholderScope(scope);
  const parameters = Object.entries(record(record(properties)['Parameters'])).map(
    ([name, value]) => [name, passedValue(value, { scope, source, placeholders })] as const,
  );
  return { logicalId, path: localPath(location), parameters: Object.fromEntries(parameters) };
}
