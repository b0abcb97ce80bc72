import { isRecord } from '../../json/isRecord.ts';
import { budgetProblem, TEMPLATE_LIMITS } from './budgetProblem.ts';
import { createWorkBudget, type WorkBudget, type WorkDeadline } from '../../async/workBudget.ts';
import { cloudFormationFunctions } from './cloudFormation.ts';
import { serverlessFunctions } from './serverless.ts';
import type { TemplateFunctions } from './templateFunction.ts';
import { parseTemplateTree } from './yamlTree.ts';

/** A template file and what its functions depend on. */
export interface TemplateSource {
  /** The path for messages, relative to the workspace folder. Its name decides between the formats. */
  readonly file: string;
  readonly text: string;
  /** Other files, by path relative to the template's folder. Null for one that doesn't exist or can't be read. */
  readonly files?: ReadonlyMap<string, string | null>;
  /** Values of parameters, which override their defaults. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Environment variables of this process that a template may refer to. */
  readonly shell?: Readonly<Record<string, string | undefined>>;
  /** A fallback for the limit of steps. */
  readonly deadline?: WorkDeadline;
}

const NO_FUNCTIONS: TemplateFunctions = { functions: [], problems: [], nestedStacks: [], neededFiles: [] };

/** Whether a file name may be a template's: SAM, CloudFormation, cdk.out or Serverless Framework. */
export function isTemplateName(name: string): boolean {
  return /^(.+\.)?template\.(ya?ml|json)$|^(sam|serverless)\.(ya?ml|json)$/.test(name);
}

function readWithBudget(source: TemplateSource, budget: WorkBudget): TemplateFunctions {
  const { file, text } = source;
  const tree = parseTemplateTree(file, text.replace(/^\ufeff/, ''), budget);
  if ('code' in tree) return { ...NO_FUNCTIONS, problems: [tree] };
  if (!isRecord(tree.root)) return NO_FUNCTIONS;
  if (/(^|[/\\])serverless\.\w+$/.test(file)) return { ...NO_FUNCTIONS, ...serverlessFunctions(tree, source, budget) };
  return { ...NO_FUNCTIONS, functions: cloudFormationFunctions(tree, budget) };
}

/**
 * Reads the functions of a template file (SAM, CloudFormation, cdk.out, Serverless Framework), in file order.
 * Unreadable files are reported in `problems` with line and column. The number of steps is limited, with the deadline
 * as a fallback. Never throws.
 */
export function readTemplate(source: TemplateSource): TemplateFunctions {
  try {
    return readWithBudget(source, createWorkBudget(TEMPLATE_LIMITS, source.deadline));
  } catch (error) {
    return { ...NO_FUNCTIONS, problems: [budgetProblem(source.file, error)] };
  }
}
