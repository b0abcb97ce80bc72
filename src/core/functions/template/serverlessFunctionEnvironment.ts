import { isRecord } from '../../json/isRecord.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { createScope, resolve, type Scope } from './intrinsics.ts';
import { UNRESOLVED } from './intrinsicValues.ts';
import type { Provider } from './serverlessProvider.ts';
import type { Located, Variables } from './serverlessVariables.ts';
import { shellVariable } from './functionEnvironment.ts';
import { placeholderScope, placeholderText } from './placeholderScope.ts';
import type { Shell } from './serverlessEnvironment.ts';
import { environmentOf, record, type Values } from './templateFunction.ts';

interface EnvironmentContext {
  readonly root: Values;
  readonly provider: Provider;
  readonly variables: Variables;
  /** Variables that a plugin adds to all functions. */
  readonly pluginVariables: Values;
  /** CloudFormation resources that the framework creates for the functions. */
  readonly functionResources: Values;
  /** Whether `#{…}` is short for Fn::Sub, as with the plugin serverless-pseudo-parameters. */
  readonly hasPseudoParameters: boolean;
  readonly shell: Shell;
  readonly budget: WorkBudget;
}

interface FunctionEnvironment {
  readonly environment: Readonly<Record<string, string>>;
  /** See TemplateFunction. */
  readonly placeholders: readonly string[];
  readonly notes: readonly Message[];
}

const SECTIONS = ['Parameters', 'Mappings', 'Conditions', 'Resources'] as const;

/** Merges the parts of `resources`, which is a template or a list of templates. */
function mergedTemplate(resources: unknown, functionResources: Values, budget: WorkBudget): Values {
  const parts = (Array.isArray(resources) ? (resources as unknown[]) : [resources]).map(record);
  for (const part of parts) budget.step(1 + Object.keys(record(part['Resources'])).length);
  const sections = SECTIONS.map((section): [string, Values] => [
    section,
    Object.assign({}, ...parts.map((part) => record(part[section]))) as Values,
  ]);
  const template: Values = Object.fromEntries(sections);
  return { ...template, Resources: { ...functionResources, ...record(template['Resources']) } };
}

/** Notes about variables that aren't set, grouped by reason. Those without a reason have placeholders. */
function missingNotes(missing: readonly string[], reasonOf: (name: string) => Located['reason']): Message[] {
  const inShell = new Map<string, Message>();
  const inFiles: string[] = [];
  for (const name of missing) {
    const reason = reasonOf(name);
    if (reason === undefined) continue;
    if (reason === 'needed' || reason.code !== 'shellVariableMissing') inFiles.push(name);
    else inShell.set(name, reason);
  }
  const shellNames = [...new Set([...inShell.values()].flatMap(({ args }) => args))].join(', ');
  return [
    ...(inFiles.length > 0 ? [message('variablesNotRead', inFiles.join(', '))] : []),
    ...(inShell.size > 0 ? [message('variablesNotInShell', [...inShell.keys()].join(', '), shellNames)] : []),
  ];
}

/**
 * Returns a function that resolves a function's `environment`: the provider's variables, overridden one by one.
 * CloudFormation's intrinsic functions refer to the file's `resources`. Source: Serverless Framework, "Environment
 * Variables". A value that only a deployed stack has is replaced by the shell variable with the same name, or else by a
 * placeholder.
 */
export function createFunctionEnvironment(context: EnvironmentContext): (written: unknown) => FunctionEnvironment {
  const { root, provider, variables, pluginVariables, functionResources, hasPseudoParameters, budget, shell } = context;
  let scope: Scope | undefined;
  let placeholders: Scope | undefined;

  function templateScope(): Scope {
    scope ??= createScope(mergedTemplate(variables.fill(root['resources']), functionResources, budget), budget);
    return scope;
  }

  /** A value for CloudFormation. */
  function deployed(value: unknown): unknown {
    const isShort = hasPseudoParameters && typeof value === 'string' && value.includes('#{');
    return isShort ? { 'Fn::Sub': value.replaceAll('#{', '${') } : value;
  }

  function resolved(written: unknown): unknown {
    const value = deployed(written);
    return isRecord(value) ? resolve(value, templateScope()) : value;
  }

  function placeholder(written: unknown): string {
    const value = deployed(written);
    if (!isRecord(value)) return '';
    placeholders ??= placeholderScope(templateScope());
    return placeholderText(value, placeholders);
  }

  /** The variables as written, and a note if they can't be read. */
  function writtenVariables(written: unknown): { readonly values: Values; readonly notes: readonly Message[] } {
    const { value } = variables.follow({ value: written, path: [] });
    const isUnread = value === UNRESOLVED && typeof written === 'string';
    return { values: record(value), notes: isUnread ? [message('environmentUnresolved', written)] : [] };
  }

  return (written) => {
    const shared = writtenVariables(provider.written('environment'));
    const own = writtenVariables(written);
    const merged = { ...shared.values, ...pluginVariables, ...own.values };
    budget.step(Object.keys(merged).length); // copied for each function
    const filled = new Map(Object.entries(merged).map(([name, value]) => [name, variables.fill(value)]));
    const values = [...filled].map(([name, value]) => [name, resolved(value)] as const);
    const { environment, missing } = environmentOf(Object.fromEntries(values));
    const reasonOf = (name: string) => variables.follow({ value: merged[name], path: [] }).reason;
    const replaced: string[] = [];
    const unset: string[] = [];
    for (const name of missing) {
      const shellText = shellVariable(name, shell);
      if (shellText !== undefined) environment[name] = shellText;
      else if (reasonOf(name) !== undefined) unset.push(name);
      else {
        environment[name] = placeholder(filled.get(name));
        replaced.push(name);
      }
    }
    const notes = [...shared.notes, ...own.notes, ...missingNotes(unset, reasonOf)];
    return { environment, placeholders: replaced, notes };
  };
}
