import { isRecord } from '../../json/isRecord.ts';
import { readCloudFormation } from './cloudFormation.ts';
import type { TemplateSource } from './readTemplate.ts';
import { FUNCTION_TYPES } from './resourceTypes.ts';
import type { Variables } from './serverlessVariables.ts';
import { record, type TemplateFunctions, type Values } from './templateFunction.ts';
import type { TemplateTree } from './yamlTree.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

interface ResourceContext {
  readonly tree: TemplateTree;
  readonly source: TemplateSource;
  readonly variables: Variables;
  readonly budget: WorkBudget;
}

/** A CloudFormation template in the file, and where it is. */
interface Part {
  readonly template: Values;
  readonly path: readonly string[];
}

/** The parts of `resources` that aren't in other files: those rarely have functions, and can be many. */
function partsOf(resources: unknown): Part[] {
  const items = Array.isArray(resources)
    ? resources.map((item: unknown, index) => ({ item, path: ['resources', String(index)] }))
    : [{ item: resources, path: ['resources'] }];
  return items.flatMap(({ item, path }) => (isRecord(item) ? [{ template: item, path }] : []));
}

function hasFunctions({ template }: Part): boolean {
  return Object.values(record(template['Resources'])).some((resource) => {
    const type = record(resource)['Type'];
    return typeof type === 'string' && FUNCTION_TYPES.includes(type);
  });
}

/** Reads the functions that a Serverless Framework file defines as CloudFormation resources. Throws WorkBudgetExceeded. */
export function resourceFunctions(
  root: Values,
  { tree, source, variables, budget }: ResourceContext,
): Pick<TemplateFunctions, 'functions' | 'problems'> {
  const read = partsOf(root['resources'])
    .filter(hasFunctions)
    .map(({ template, path }) => {
      const lineOf = (...keys: readonly string[]) => tree.lineOf(...path, ...keys);
      const filled = variables.fill(template);
      return readCloudFormation({ root: filled, javaScriptRoot: () => filled, lineOf }, source, budget);
    });
  return { functions: read.flatMap((each) => each.functions), problems: read.flatMap((each) => each.problems) };
}
