import { isRecord } from '../../json/isRecord.ts';
import type { Message } from '../../messages/messages.ts';
import { budgetProblem, TEMPLATE_LIMITS } from './budgetProblem.ts';
import { createWorkBudget, type WorkBudget, type WorkDeadline } from '../../async/workBudget.ts';
import { neededConfigFiles } from './samLocalOptions.ts';
import { readCloudFormation } from './cloudFormation.ts';
import { serverlessFunctions } from './serverless.ts';
import { isServerlessFramework, looksLikeTemplate } from './templateContent.ts';
import type { TemplateFunctions } from './templateFunction.ts';
import { parseTemplateTree } from './yamlTree.ts';

/** A template file and what its functions depend on. */
export interface TemplateSource {
  /** The path for messages, relative to the workspace folder. Its name and content decide between the formats. */
  readonly file: string;
  readonly text: string;
  /**
   * Other files, by path relative to the template's folder. Null for one that doesn't exist or can't be read. Without a
   * map, the template is read at once, with what it says itself.
   */
  readonly files?: ReadonlyMap<string, string | null>;
  /** The parameters of a nested stack, which override their defaults. Such a stack has no SAM configuration of its own. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Environment variables of this process that a template may refer to. */
  readonly shell?: Readonly<Record<string, string | undefined>>;
  /** A fallback for the limit of steps. */
  readonly deadline?: WorkDeadline;
}

const NO_FUNCTIONS: TemplateFunctions = { functions: [], problems: [], nestedStacks: [], neededFiles: [] };

/** A file that only has a template's words in it isn't reported. */
function withProblem(problem: Message, { file, text }: TemplateSource): TemplateFunctions {
  return looksLikeTemplate(file, text) ? { ...NO_FUNCTIONS, problems: [problem] } : NO_FUNCTIONS;
}

function readWithBudget(source: TemplateSource, budget: WorkBudget): TemplateFunctions {
  const { file, text, files } = source;
  // Reading a template takes long, so it waits for files that can be named in advance.
  const neededFiles = files === undefined ? [] : neededConfigFiles(source);
  if (neededFiles.length > 0) return { ...NO_FUNCTIONS, neededFiles };
  const tree = parseTemplateTree(file, text.replace(/^\ufeff/, ''), budget);
  if ('code' in tree) return withProblem(tree, source);
  if (!isRecord(tree.root)) return NO_FUNCTIONS;
  if (isServerlessFramework(file, tree.root)) return { ...NO_FUNCTIONS, ...serverlessFunctions(tree, source, budget) };
  return readCloudFormation(tree, source, budget);
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
    return withProblem(budgetProblem(source.file, error), source);
  }
}
