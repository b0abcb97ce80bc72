import { ReferenceCycle } from './referenceCycle.ts';
import { isRecord } from '../../json/isRecord.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../localArn.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

/** The value of an expression that only a deployed stack can resolve. */
export const UNRESOLVED = Symbol('unresolved');

/** The value of a condition, or UNRESOLVED if only a deployed stack can tell. */
type Truth = boolean | typeof UNRESOLVED;

/** The context for resolving a template's intrinsic functions. */
export interface Scope {
  /** Parameter defaults by name. Parameters without a default are absent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly mappings: unknown;
  readonly conditions: unknown;
  readonly resources: unknown;
  readonly budget: WorkBudget;
  /** Caches, so that an object with many references is resolved once. */
  readonly values: Map<object, unknown>;
  readonly truths: Map<unknown, Truth>;
  /** The named conditions being evaluated, outermost first. Detects cycles. */
  readonly openConditions: Set<string>;
}

const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::NoValue': undefined,
  'AWS::Partition': 'aws',
  'AWS::Region': LOCAL_REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** A scalar as text. Undefined for objects and lists. */
function plainText(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function propertyOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The default values of a template's parameters. */
function defaultsOf(parameters: unknown): Record<string, unknown> {
  if (!isRecord(parameters)) return {};
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, parameter]) =>
      isRecord(parameter) && parameter['Default'] !== undefined ? [[name, parameter['Default']]] : [],
    ),
  );
}

/** Creates the scope of a template. */
export function createScope(template: Readonly<Record<string, unknown>>, budget: WorkBudget): Scope {
  return {
    parameters: defaultsOf(template['Parameters']),
    mappings: template['Mappings'],
    conditions: template['Conditions'],
    resources: template['Resources'],
    budget,
    values: new Map(),
    truths: new Map(),
    openConditions: new Set(),
  };
}

/** The name of a resource if the template sets it (`TableName`, `QueueName`, `FunctionName` …). */
function resourceName(scope: Scope, logicalId: string): unknown {
  const resource = propertyOf(scope.resources, logicalId);
  const properties = propertyOf(resource, 'Properties');
  const type = propertyOf(resource, 'Type');
  const kind = typeof type === 'string' ? (type.split('::').at(-1) ?? '') : '';
  const name = propertyOf(properties, `${kind}Name`);
  return typeof name === 'string' ? name : UNRESOLVED;
}

function ref(name: string, scope: Scope): unknown {
  if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name];
  if (Object.hasOwn(scope.parameters, name)) return scope.parameters[name];
  return resourceName(scope, name);
}

function subName(name: string, names: unknown, scope: Scope): unknown {
  const localValue = propertyOf(names, name);
  if (localValue !== undefined) return resolve(localValue, scope);
  return name.includes('.') ? UNRESOLVED : ref(name, scope);
}

function sub(value: unknown, scope: Scope): unknown {
  const [template, names] = Array.isArray(value) ? (value as unknown[]) : [value, {}];
  if (typeof template !== 'string') return UNRESOLVED;
  let isComplete = true;
  scope.budget.addOutput(template.length);
  const text = template.replaceAll(/\$\{(!?)([^{}]*)\}/g, (match, literal: string, name: string) => {
    scope.budget.step();
    if (literal === '!') return `\${${name}}`;
    const replacement = subName(name.trim(), names, scope);
    if (typeof replacement !== 'string' && typeof replacement !== 'number') {
      isComplete = false;
      return match;
    }
    const replacementText = String(replacement);
    scope.budget.addOutput(replacementText.length);
    return replacementText;
  });
  return isComplete ? text : UNRESOLVED;
}

function equals([left, right]: readonly unknown[], scope: Scope): Truth {
  const [leftText, rightText] = [plainText(resolve(left, scope)), plainText(resolve(right, scope))];
  return leftText === undefined || rightText === undefined ? UNRESOLVED : leftText === rightText;
}

function combineConditions(parts: readonly unknown[], decisive: boolean, scope: Scope): Truth {
  const all = parts.map((part) => evaluateCondition(part, scope));
  if (all.includes(decisive)) return decisive;
  return all.includes(UNRESOLVED) ? UNRESOLVED : !decisive;
}

function namedCondition(name: string, scope: Scope): Truth {
  const { openConditions, conditions } = scope;
  if (openConditions.has(name)) throw new ReferenceCycle([...openConditions], name);
  openConditions.add(name);
  const truth = evaluateCondition(propertyOf(conditions, name), scope);
  openConditions.delete(name);
  return truth;
}

function conditionValue(condition: unknown, scope: Scope): Truth {
  if (typeof condition === 'string') return namedCondition(condition, scope);
  if (!isRecord(condition)) return UNRESOLVED;
  const [[name, argument] = ['', undefined]] = Object.entries(condition);
  const parts: unknown[] = Array.isArray(argument) ? argument : [argument];
  switch (name) {
    case 'Condition':
      return evaluateCondition(argument, scope);
    case 'Fn::Equals':
      return equals(parts, scope);
    case 'Fn::Not': {
      const inner = evaluateCondition(parts[0], scope);
      return inner === UNRESOLVED ? inner : !inner;
    }
    case 'Fn::And':
      return combineConditions(parts, false, scope);
    case 'Fn::Or':
      return combineConditions(parts, true, scope);
    default:
      return UNRESOLVED;
  }
}

/** Evaluates a condition, given by name or as an expression. Results are cached. */
function evaluateCondition(condition: unknown, scope: Scope): Truth {
  scope.budget.step();
  const known = scope.truths.get(condition);
  if (known !== undefined) return known;
  const truth = scope.budget.nest(() => conditionValue(condition, scope));
  scope.truths.set(condition, truth);
  return truth;
}

function listOf(value: unknown, scope: Scope): unknown[] | undefined {
  const list = resolve(value, scope);
  if (typeof list === 'string') return split(list, ',', scope);
  if (!Array.isArray(list)) return undefined;
  scope.budget.addOutput(list.length);
  return list.includes(UNRESOLVED) ? undefined : list.filter((part) => part !== undefined); // AWS::NoValue
}

function split(text: string, separator: string, { budget }: Scope): string[] {
  budget.addOutput(text.length);
  return text.split(separator);
}

function join([separator, argument]: readonly unknown[], scope: Scope): unknown {
  const list = listOf(argument, scope);
  const texts = list?.map(plainText);
  const separatorText = plainText(separator);
  if (texts === undefined || separatorText === undefined || texts.includes(undefined)) return UNRESOLVED;
  scope.budget.addOutput(texts.reduce((sum, text) => sum + (text ?? '').length + separatorText.length, 0));
  return texts.join(separatorText);
}

function findInMap(keys: readonly unknown[], scope: Scope): unknown {
  const names = keys.slice(0, 3).map((key) => plainText(resolve(key, scope)));
  return (
    names.reduce<unknown>((map, key) => (key === undefined ? undefined : propertyOf(map, key)), scope.mappings) ??
    UNRESOLVED
  );
}

function call(name: string, argument: unknown, scope: Scope): unknown {
  const parts: unknown[] = Array.isArray(argument) ? argument : [];
  switch (name) {
    case 'Ref':
      return typeof argument === 'string' ? ref(argument, scope) : UNRESOLVED;
    case 'Fn::Sub':
      return sub(argument, scope);
    case 'Fn::Join':
      return join(parts, scope);
    case 'Fn::Split': {
      const text = resolve(parts[1], scope);
      const separator = plainText(parts[0]);
      return typeof text === 'string' && separator !== undefined ? split(text, separator, scope) : UNRESOLVED;
    }
    case 'Fn::Select': {
      const index = plainText(resolve(parts[0], scope));
      return (index === undefined ? undefined : listOf(parts[1], scope)?.[Number(index)]) ?? UNRESOLVED;
    }
    case 'Fn::FindInMap':
      return findInMap(parts, scope);
    case 'Fn::If': {
      const truth = evaluateCondition(parts[0], scope);
      return truth === UNRESOLVED ? UNRESOLVED : resolve(truth ? parts[1] : parts[2], scope);
    }
    default:
      return UNRESOLVED;
  }
}

function resolveObject(value: object, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((part) => resolve(part, scope));
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return call(name, argument, scope);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part, scope)]));
}

/**
 * Resolves a template value using only the template: parameter defaults, mappings, conditions, pseudo parameters of the
 * local endpoint, and explicit resource names. Anything else is UNRESOLVED. Throws WorkBudgetExceeded, and
 * ReferenceCircle for conditions. Source: CloudFormation template reference, "Intrinsic functions".
 */
export function resolve(value: unknown, scope: Scope): unknown {
  scope.budget.step();
  if (typeof value !== 'object' || value === null) return value;
  if (scope.values.has(value)) return scope.values.get(value);
  const resolved = scope.budget.nest(() => resolveObject(value, scope));
  scope.values.set(value, resolved);
  return resolved;
}
