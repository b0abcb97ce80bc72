import { isRecord } from '../isRecord.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../localArn.ts';

/** Stands for a value that only a deployed stack knows. */
export const UNRESOLVED = Symbol('unresolved');

/** What intrinsic functions of one template refer to. */
export interface Scope {
  /** Parameters: name → default. Those without a default are absent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: unknown;
  readonly conditions: unknown;
  readonly resources: unknown;
}

const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::NoValue': undefined,
  'AWS::Partition': 'aws',
  'AWS::Region': LOCAL_REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

function at(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The parameters' defaults of a template. */
export function defaultsOf(parameters: unknown): Record<string, unknown> {
  if (!isRecord(parameters)) return {};
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) =>
      isRecord(parameter) && parameter['Default'] !== undefined ? [[name, parameter['Default']]] : [],
    ),
  );
}

/** A resource's own name where the template gives it one (`TableName`, `QueueName`, `FunctionName` …). */
function resourceName(scope: Scope, logicalId: string): unknown {
  const resource = at(scope.resources, logicalId);
  const properties = at(resource, 'Properties');
  const type = at(resource, 'Type');
  const kind = typeof type === 'string' ? (type.split('::').at(-1) ?? '') : '';
  const name = at(properties, `${kind}Name`);
  return typeof name === 'string' ? name : UNRESOLVED;
}

function ref(name: string, scope: Scope): unknown {
  if (name in PSEUDO) return PSEUDO[name];
  if (Object.hasOwn(scope.parameters, name)) return scope.parameters[name];
  return resourceName(scope, name);
}

function sub(value: unknown, scope: Scope): unknown {
  const [template, names] = Array.isArray(value) ? (value as unknown[]) : [value, {}];
  if (typeof template !== 'string') return UNRESOLVED;
  let isWhole = true;
  const text = template.replaceAll(/\$\{(!?)([^}]*)\}/g, (whole, literal: string, name: string) => {
    if (literal === '!') return `\${${name}}`;
    const own = at(names, name.trim());
    const found = own === undefined ? (name.includes('.') ? UNRESOLVED : ref(name.trim(), scope)) : resolve(own, scope);
    if (typeof found === 'string' || typeof found === 'number') return String(found);
    isWhole = false;
    return whole;
  });
  return isWhole ? text : UNRESOLVED;
}

function isTrue(condition: unknown, scope: Scope): boolean | typeof UNRESOLVED {
  if (typeof condition === 'string') return isTrue(at(scope.conditions, condition), scope);
  if (!isRecord(condition)) return UNRESOLVED;
  const [[name, given] = ['', undefined]] = Object.entries(condition);
  const parts: unknown[] = Array.isArray(given) ? given : [given];
  switch (name) {
    case 'Condition':
      return isTrue(given, scope);
    case 'Fn::Equals': {
      const [left, right] = parts.map((part) => resolve(part, scope));
      return left === UNRESOLVED || right === UNRESOLVED ? UNRESOLVED : String(left) === String(right);
    }
    case 'Fn::Not': {
      const inner = isTrue(parts[0], scope);
      return inner === UNRESOLVED ? inner : !inner;
    }
    case 'Fn::And':
    case 'Fn::Or': {
      const all = parts.map((part) => isTrue(part, scope));
      const decides = name === 'Fn::Or';
      if (all.includes(decides)) return decides;
      return all.includes(UNRESOLVED) ? UNRESOLVED : !decides;
    }
    default:
      return UNRESOLVED;
  }
}

function listOf(value: unknown, scope: Scope): unknown[] | undefined {
  const list = resolve(value, scope);
  if (typeof list === 'string') return list.split(',');
  return Array.isArray(list) && !list.includes(UNRESOLVED) ? (list as unknown[]) : undefined;
}

function call(name: string, given: unknown, scope: Scope): unknown {
  const parts: unknown[] = Array.isArray(given) ? given : [];
  switch (name) {
    case 'Ref':
      return ref(String(given), scope);
    case 'Fn::Sub':
      return sub(given, scope);
    case 'Fn::Join': {
      const list = listOf(parts[1], scope);
      return list === undefined ? UNRESOLVED : list.join(String(parts[0]));
    }
    case 'Fn::Split': {
      const text = resolve(parts[1], scope);
      return typeof text === 'string' ? text.split(String(parts[0])) : UNRESOLVED;
    }
    case 'Fn::Select':
      return listOf(parts[1], scope)?.[Number(resolve(parts[0], scope))] ?? UNRESOLVED;
    case 'Fn::FindInMap': {
      const keys = parts.slice(0, 3).map((part) => resolve(part, scope));
      return keys.reduce<unknown>((map, key) => at(map, String(key)), scope.mappings) ?? UNRESOLVED;
    }
    case 'Fn::If': {
      const chosen = isTrue(parts[0], scope);
      return chosen === UNRESOLVED ? UNRESOLVED : resolve(chosen ? parts[1] : parts[2], scope);
    }
    default:
      return UNRESOLVED;
  }
}

/**
 * A template's value with its intrinsic functions worked out as far as the template alone tells: parameters' defaults,
 * mappings, conditions, pseudo parameters of the local endpoint, and names given in the template. What a deployed stack
 * decides is UNRESOLVED. Source: CloudFormation template reference, "Intrinsic functions".
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((part) => resolve(part, scope));
  if (!isRecord(value)) return value;
  const [[name, given] = ['', undefined], ...more] = Object.entries(value);
  if (more.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, given, scope);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part, scope)]));
}
