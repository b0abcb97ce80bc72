import { ReferenceCycle } from './referenceCycle.ts';
import { isRecord } from '../../json/isRecord.ts';
import { LOCAL_ACCOUNT, LOCAL_REGION } from '../localArn.ts';
import { expandLoops, hasLoops, type ExpandedObject } from './loops.ts';
import { nameProperty } from './resourceNames.ts';
import { parameterValues } from './parameterValues.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { isKnown, mappingValue, plainText, propertyOf, UNRESOLVED } from './intrinsicValues.ts';

/** The value of a condition, or UNRESOLVED if it's known only after deployment. */
type Truth = boolean | typeof UNRESOLVED;

/** Replaces values that only a deployed stack has. */
interface Placeholders {
  /** The scope without placeholders. */
  readonly base: Scope;
  readonly ref: (name: string) => unknown;
  /** The value of a function other than Ref. `argument` is resolved. */
  readonly call: (name: string, argument: unknown) => unknown;
}

/** The context for resolving a template's intrinsic functions. */
export interface Scope {
  /** Parameter values by name. Parameters without a value are absent. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** The template's parameters as declared, and the values that the including template passes. */
  readonly declared: unknown;
  readonly passed: Readonly<Record<string, unknown>>;
  readonly mappings: unknown;
  readonly conditions: unknown;
  readonly resources: unknown;
  readonly budget: WorkBudget;
  /** Caches, so that an object with many references is resolved once. */
  readonly values: Map<object, unknown>;
  readonly truths: Map<unknown, Truth>;
  /** The named conditions being evaluated, outermost first. Detects cycles. */
  readonly openConditions: Set<string>;
  /** The resources whose names are being resolved. Detects cycles. */
  readonly openNames: Set<string>;
  /** Values instead of UNRESOLVED. */
  readonly placeholders?: Placeholders;
}

/** Creates the scope of a template. `passed` are parameter values that override the defaults. */
export function createScope(
  template: Readonly<Record<string, unknown>>,
  budget: WorkBudget,
  passed: Readonly<Record<string, unknown>> = {},
): Scope {
  return {
    parameters: parameterValues(template['Parameters'], passed),
    declared: template['Parameters'],
    passed,
    mappings: template['Mappings'],
    conditions: template['Conditions'],
    resources: template['Resources'],
    budget,
    values: new Map(),
    truths: new Map(),
    openConditions: new Set(),
    openNames: new Set(),
  };
}

const PSEUDO: Readonly<Record<string, unknown>> = {
  'AWS::AccountId': LOCAL_ACCOUNT,
  'AWS::NoValue': undefined,
  'AWS::Partition': 'aws',
  'AWS::Region': LOCAL_REGION,
  'AWS::URLSuffix': 'amazonaws.com',
};

/** The name of a resource if the template sets it and Ref returns it, or else UNRESOLVED. */
export function resourceName(scope: Scope, logicalId: string): unknown {
  const resource = propertyOf(scope.resources, logicalId);
  const property = nameProperty(propertyOf(resource, 'Type'));
  const name = property === undefined ? undefined : propertyOf(propertyOf(resource, 'Properties'), property);
  if (name === undefined || scope.openNames.has(logicalId)) return UNRESOLVED;
  scope.openNames.add(logicalId);
  const resolved = resolve(name, scope);
  scope.openNames.delete(logicalId);
  return typeof resolved === 'string' && resolved !== '' ? resolved : UNRESOLVED;
}

function ref(name: string, scope: Scope): unknown {
  if (Object.hasOwn(PSEUDO, name)) return PSEUDO[name];
  const { parameters, placeholders } = scope;
  const isParameter = Object.hasOwn(parameters, name);
  const value = isParameter ? parameters[name] : resourceName(placeholders?.base ?? scope, name);
  return value === UNRESOLVED && placeholders !== undefined ? placeholders.ref(name) : value;
}

function subName(name: string, names: unknown, scope: Scope): unknown {
  const localValue = propertyOf(names, name);
  if (localValue !== undefined) return resolve(localValue, scope);
  if (!name.includes('.')) return ref(name, scope);
  if (scope.placeholders === undefined) return UNRESOLVED;
  const value = scope.placeholders.call('Fn::GetAtt', name);
  return value === UNRESOLVED ? `$${name}` : value; // as in SAM
}

function sub(value: unknown, scope: Scope): unknown {
  const [template, names] = Array.isArray(value) ? (value as unknown[]) : [value, {}];
  if (typeof template !== 'string') return UNRESOLVED;
  let isComplete = true;
  scope.budget.addOutput(template.length);
  const text = template.replaceAll(/\$\{(!?)([^{}]*)\}/g, (match, literal: string, name: string) => {
    scope.budget.step();
    if (literal === '!') return `\${${name}}`;
    const replacementText = plainText(subName(name.trim(), names, scope));
    if (replacementText === undefined) {
      isComplete = false;
      return match;
    }
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
export function evaluateCondition(condition: unknown, scope: Scope): Truth {
  scope.budget.step();
  const known = scope.truths.get(condition);
  if (known !== undefined) return known;
  const truth = scope.budget.nest(() => conditionValue(condition, scope));
  scope.truths.set(condition, truth);
  return truth;
}

function listOf(value: unknown, scope: Scope): unknown[] | undefined {
  const list = resolve(value, scope);
  if (typeof list === 'string') return split(list, ',', scope).map((part) => part.trim()); // a list parameter
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

function findInMap([map, first, second, options]: readonly unknown[], scope: Scope): unknown {
  const names = [map, first, second].map((key) => plainText(resolve(key, scope)));
  if (names.includes(undefined)) return UNRESOLVED;
  const value = names.reduce<unknown>((part, key) => mappingValue(part, key ?? ''), scope.mappings);
  return value ?? (isRecord(options) ? resolve(options['DefaultValue'], scope) : undefined) ?? UNRESOLVED;
}

function toJsonString(argument: unknown, scope: Scope): unknown {
  const value = resolve(argument, scope);
  if (!isKnown(value, scope.budget)) return UNRESOLVED;
  const json = JSON.stringify(value) ?? UNRESOLVED;
  if (typeof json === 'string') scope.budget.addOutput(json.length);
  return json;
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
    case 'Fn::Length':
      return listOf(argument, scope)?.length ?? UNRESOLVED;
    case 'Fn::ToJsonString':
      return toJsonString(argument, scope);
    case 'Fn::If': {
      const truth = evaluateCondition(parts[0], scope);
      return truth === UNRESOLVED ? UNRESOLVED : resolve(truth ? parts[1] : parts[2], scope);
    }
    default:
      return scope.placeholders?.call(name, resolve(argument, scope)) ?? UNRESOLVED;
  }
}

/** Expands the loops of an object. A collection is a list, or refers to a list parameter. */
export function expandScopedLoops(value: Readonly<Record<string, unknown>>, scope: Scope): ExpandedObject {
  const itemsOf = (collection: unknown) => {
    const parts: unknown[] = Array.isArray(collection) ? collection : [collection];
    const known = scope.placeholders?.base ?? scope; // names need real values
    const items = parts.flatMap((part) => (isRecord(part) ? (listOf(part, known) ?? [UNRESOLVED]) : [part]));
    const texts = items.map(plainText);
    return texts.every((text) => text !== undefined) ? texts : undefined;
  };
  return expandLoops(value, { budget: scope.budget, itemsOf });
}

/** An object with its loops expanded. A loop that can't be expanded is an UNRESOLVED entry. */
function withoutLoops(value: Readonly<Record<string, unknown>>, scope: Scope): Readonly<Record<string, unknown>> {
  if (!hasLoops(value)) return value;
  const { entries, unexpanded } = expandScopedLoops(value, scope);
  return Object.fromEntries([
    ...entries.map((entry) => [entry.key, entry.value] as const),
    ...unexpanded.map((key) => [key, UNRESOLVED] as const),
  ]);
}

function resolveObject(value: object, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map((part) => resolve(part, scope)).filter((part) => part !== undefined);
  const fields = withoutLoops(value as Readonly<Record<string, unknown>>, scope);
  const [[name, argument] = ['', undefined], ...others] = Object.entries(fields);
  const isCall = others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
  if (isCall && argument !== UNRESOLVED) return call(name, argument, scope);
  return Object.fromEntries(Object.entries(fields).map(([key, part]) => [key, resolve(part, scope)]));
}

/** A text with a dynamic reference, such as `{{resolve:ssm:/name}}`, is known only after deployment. */
function known(value: unknown, { placeholders }: Scope): unknown {
  const isDynamic = typeof value === 'string' && value.includes('{{resolve:');
  return isDynamic && placeholders === undefined ? UNRESOLVED : value;
}

/**
 * Resolves a template value using only the template: parameter values, mappings, conditions, pseudo parameters of the
 * local endpoint, and explicit resource names. Anything else is UNRESOLVED. Throws WorkBudgetExceeded, and
 * ReferenceCycle for conditions. Source: CloudFormation template reference, "Intrinsic functions".
 */
export function resolve(value: unknown, scope: Scope): unknown {
  scope.budget.step();
  if (typeof value !== 'object' || value === null) return known(value, scope);
  if (scope.values.has(value)) return scope.values.get(value);
  const resolved = known(
    scope.budget.nest(() => resolveObject(value, scope)),
    scope,
  );
  scope.values.set(value, resolved);
  return resolved;
}
