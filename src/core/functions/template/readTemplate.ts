import { isRecord } from '../../json/isRecord.ts';
import { budgetProblem, TEMPLATE_LIMITS } from './budgetProblem.ts';
import { createWorkBudget, type WorkBudget, type WorkDeadline } from '../../async/workBudget.ts';
import { cloudFormationFunctions } from './cloudFormation.ts';
import { serverlessFunctions } from './serverless.ts';
import type { TemplateFunctions } from './templateFunction.ts';
import { parseTemplateTree } from './yamlTree.ts';

const NO_FUNCTIONS: TemplateFunctions = { functions: [], problems: [] };

/** Whether a file name may be a template's: SAM, CloudFormation, cdk.out or Serverless Framework. */
export function isTemplateName(name: string): boolean {
  return /^(.+\.)?template\.(ya?ml|json)$|^(sam|serverless)\.(ya?ml|json)$/.test(name);
}

function readWithBudget(file: string, text: string, budget: WorkBudget): TemplateFunctions {
  const tree = parseTemplateTree(file, text, budget);
  if ('code' in tree) return { functions: [], problems: [tree] };
  if (!isRecord(tree.root)) return NO_FUNCTIONS;
  if (/(^|[/\\])serverless\.\w+$/.test(file)) return serverlessFunctions(tree, file, budget);
  return { functions: cloudFormationFunctions(tree, budget), problems: [] };
}

/**
 * Reads the functions of a template file (SAM, CloudFormation, cdk.out, Serverless Framework), in file order.
 * Unreadable files are reported in `problems` with line and column. The number of steps is limited, with the deadline
 * as a fallback. Never throws.
 */
export function readTemplate(file: string, text: string, deadline?: WorkDeadline): TemplateFunctions {
  try {
    return readWithBudget(file, text.replace(/^\ufeff/, ''), createWorkBudget(TEMPLATE_LIMITS, deadline));
  } catch (error) {
    return { functions: [], problems: [budgetProblem(file, error)] };
  }
}
