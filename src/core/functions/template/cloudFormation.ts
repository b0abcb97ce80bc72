import { createScope, expandScopedLoops, resolve, type Scope } from './intrinsics.ts';
import type { ExpandedObject } from './loops.ts';
import { FUNCTION_TYPES } from './resourceTypes.ts';
import { withIncludedResources } from './includedResources.ts';
import { message, type Message } from '../../messages/messages.ts';
import { nestedStack } from './nestedStacks.ts';
import { publishedVersions } from './publishedVersions.ts';
import { readFunction, type FunctionContext } from './cloudFormationFunction.ts';
import { readSamLocalOptions } from './samLocalOptions.ts';
import { record, type NestedStack, type TemplateFunction, type TemplateFunctions } from './templateFunction.ts';
import type { TemplateSource } from './readTemplate.ts';
import type { TemplateTree } from './yamlTree.ts';
import { transformProblems } from './transforms.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

function toObject({ entries }: ExpandedObject): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

/**
 * Reads the functions and nested stacks of a SAM or CloudFormation template (also cdk.out). A function that can't run
 * locally has an obstacle. Throws WorkBudgetExceeded and ReferenceCycle. Source: SAM and CloudFormation template
 * references.
 */
export function readCloudFormation(
  { root, lineOf }: TemplateTree,
  source: TemplateSource,
  budget: WorkBudget,
): TemplateFunctions {
  const { file } = source;
  const template = record(root);
  const options = readSamLocalOptions(source);
  const unexpanded = createScope(template, budget, source.parameters ?? options.parameters);
  const including = withIncludedResources(record(template['Resources']), source, budget);
  const expanded = expandScopedLoops(including.resources, unexpanded);
  const resources = toObject(expanded);
  const conditions = toObject(expandScopedLoops(record(template['Conditions']), unexpanded));
  const scope: Scope = { ...unexpanded, conditions, resources };
  const context: FunctionContext = {
    source,
    scope,
    globals: record(record(template['Globals'])['Function']),
    publishedOf: publishedVersions(resources, (value) => resolve(value, scope)),
    options,
  };
  const templateKeys = new Map(
    expanded.entries.map(({ key, source: own }) => [key, including.included.has(own) ? 'Fn::Transform' : own]),
  );
  const functions: TemplateFunction[] = [];
  const nestedStacks: NestedStack[] = [];
  const problems: Message[] = [
    ...options.problems,
    ...including.problems,
    ...transformProblems(file, template, resources),
    ...expanded.unexpanded.map((loop) => message('loopNotExpanded', file, loop)),
  ];
  const neededFiles = new Set([...options.neededFiles, ...including.neededFiles]);
  for (const [logicalId, value] of Object.entries(resources)) {
    const resource = record(value);
    const type = resource['Type'];
    if (typeof type === 'string' && FUNCTION_TYPES.includes(type)) {
      const line = lineOf('Resources', templateKeys.get(logicalId) ?? logicalId);
      const { fn, neededFiles: files } = readFunction({ logicalId, resource, line }, context);
      functions.push(fn);
      for (const name of files) neededFiles.add(name);
    }
    const stack = nestedStack(source, logicalId, resource, scope);
    if (stack !== undefined && 'code' in stack) problems.push(stack);
    else if (stack !== undefined) nestedStacks.push(stack);
  }
  return { functions, problems, nestedStacks, neededFiles: [...neededFiles] };
}
