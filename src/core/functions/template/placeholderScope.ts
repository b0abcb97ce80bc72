import { LOCAL_ACCOUNT, LOCAL_REGION, localArn } from '../localArn.ts';
import { resolve, resourceName, type Scope } from './intrinsics.ts';
import { plainText, propertyOf, UNRESOLVED } from './intrinsicValues.ts';
import { PlaceholderParameter } from './placeholderParameter.ts';
import { nameProperty } from './resourceNames.ts';

const STACK_NAME = 'local';

/** The SAM CLI's values. */
const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::NotificationARNs': UNRESOLVED,
  'AWS::StackId': `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT}:stack/${STACK_NAME}/51af3dc0-da77-11e4-872e-1234567db123`,
  'AWS::StackName': STACK_NAME,
};

const ZONES = ['a', 'b', 'c', 'd', 'e', 'f'].map((zone) => `${LOCAL_REGION}${zone}`);

function typeOf(logicalId: string, { resources }: Scope): unknown {
  return propertyOf(propertyOf(resources, logicalId), 'Type');
}

/** A logical ID and an attribute, written as a list or as `Id.Attribute`. */
function attributeParts(argument: unknown): readonly [string, string] | undefined {
  if (Array.isArray(argument) && argument.length === 2) {
    const [id, attribute] = argument.map(plainText);
    return id === undefined || attribute === undefined ? undefined : [id, attribute];
  }
  const dot = typeof argument === 'string' ? argument.indexOf('.') : -1;
  return typeof argument === 'string' && dot > 0 ? [argument.slice(0, dot), argument.slice(dot + 1)] : undefined;
}

function attributeValue(argument: unknown, base: Scope): unknown {
  const [logicalId, attribute] = attributeParts(argument) ?? [];
  if (logicalId === undefined) return UNRESOLVED;
  const type = typeOf(logicalId, base);
  if (attribute === 'RootResourceId' && type === 'AWS::ApiGateway::RestApi') return '/';
  if (attribute !== 'Arn') return UNRESOLVED;
  const name = nameProperty(type) === 'FunctionName' ? resourceName(base, logicalId) : UNRESOLVED;
  return localArn(typeof name === 'string' ? name : logicalId);
}

function refValue(name: string, { passed, declared }: Scope): unknown {
  if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name];
  const parameter = propertyOf(passed, name);
  if (parameter !== undefined) return parameter instanceof PlaceholderParameter ? parameter.placeholder : UNRESOLVED;
  return plainText(propertyOf(propertyOf(declared, name), 'Default')) ?? name;
}

/**
 * A scope in which expressions have the placeholders of `sam local`: the logical ID for Ref of a resource, the name for Ref
 * of a parameter without a value, and an ARN with the logical ID for `Arn`. Others stay UNRESOLVED.
 * Source: AWS SAM CLI, samcli/lib/intrinsic_resolver.
 */
export function placeholderScope(base: Scope): Scope {
  return {
    ...base,
    values: new Map(),
    truths: new Map(),
    openConditions: new Set(),
    placeholders: {
      base,
      ref: (name) => refValue(name, base),
      call(name, argument) {
        if (name === 'Fn::GetAtt') return attributeValue(argument, base);
        return name === 'Fn::GetAZs' ? ZONES : UNRESOLVED;
      },
    },
  };
}

/** The placeholder for a value that only a deployed stack has. Empty if `sam local` has none, either. */
export function placeholderText(value: unknown, scope: Scope): string {
  return plainText(resolve(value, scope)) ?? '';
}
