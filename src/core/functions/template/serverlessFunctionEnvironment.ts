import { isRecord } from '../../json/isRecord.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { createScope, resolve, UNRESOLVED, type Scope } from './intrinsics.ts';
import type { Provider } from './serverlessProvider.ts';
import type { Variables } from './serverlessVariables.ts';
import { environmentOf, record, type Values } from './templateFunction.ts';

interface EnvironmentContext {
  readonly root: Values;
  readonly provider: Provider;
  readonly variables: Variables;
  /** Variables that a plugin adds to all functions. */
  readonly pluginVariables: Values;
  /** CloudFormation resources that the framework creates for the functions. */
  readonly functionResources: Values;
  readonly budget: WorkBudget;
}

interface FunctionEnvironment extends ReturnType<typeof environmentOf> {
  readonly notes: readonly Message[];
}

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources'] as const;

/** Merges the parts of `resources`, which is a template or a list of templates. */
function mergedTemplate(resources: unknown, functionResources: Values): Values {
  const parts = (Array.isArray(resources) ? (resources as unknown[]) : [resources]).map(record);
  const sections = SECTIONS.map((section): [string, Values] => [
    section,
    Object.assign({}, ...parts.map((part) => record(part[section]))) as Values,
  ]);
  const template: Values = Object.fromEntries(sections);
  return { ...template, Resources: { ...functionResources, ...record(template['Resources']) } };
}

/**
 * Returns the environment variables of a function, given its `environment` as written: the provider's, overridden one by
 * one. CloudFormation functions refer to the file's `resources`. Source: Serverless Framework, "Environment Variables".
 */
export function createFunctionEnvironment(context: EnvironmentContext): (written: unknown) => FunctionEnvironment {
  const { root, provider, variables, pluginVariables, functionResources, budget } = context;
  let scope: Scope | undefined;

  function resolved(value: unknown): unknown {
    if (!isRecord(value)) return value;
    scope ??= createScope(mergedTemplate(variables.fill(root['resources']), functionResources), budget);
    return resolve(value, scope);
  }

  function notesOf(value: unknown, written: unknown): Message[] {
    const isUnread = value === UNRESOLVED && typeof written === 'string';
    return isUnread ? [message('environmentUnresolved', written)] : [];
  }

  return (written) => {
    const shared = provider.field('environment');
    const own = variables.fill(written);
    const merged = { ...record(shared), ...pluginVariables, ...record(own) };
    budget.step(Object.keys(merged).length); // copied for each function
    const values = Object.fromEntries(Object.entries(merged).map(([name, value]) => [name, resolved(value)]));
    const notes = [...notesOf(shared, provider.written('environment')), ...notesOf(own, written)];
    return { ...environmentOf(values), notes };
  };
}
