import { isRecord } from '../isRecord.ts';
import { cloudFormationFunctions } from './cloudFormation.ts';
import { serverlessFunctions } from './serverless.ts';
import type { TemplateFunctions } from './templateFunction.ts';
import { parseTemplateTree } from './yamlTree.ts';

const NONE: TemplateFunctions = { functions: [], problems: [] };

/** Whether a file of this name may be a template: SAM, CloudFormation, cdk.out or Serverless Framework. */
export function isTemplateName(name: string): boolean {
  return /^(.+\.)?template\.(ya?ml|json)$|^(sam|serverless)\.(ya?ml|json)$/.test(name);
}

/**
 * The functions a template file describes, whichever kind it is (SAM, CloudFormation, cdk.out, serverless.yml), in its
 * order. A file that cannot be read is told in `problems`, with line and column; one without functions has none.
 */
export function readTemplate(file: string, text: string): TemplateFunctions {
  const tree = parseTemplateTree(file, text);
  if ('code' in tree) return { functions: [], problems: [tree] };
  if (!isRecord(tree.root)) return NONE;
  if (/(^|[/\\])serverless\.\w+$/.test(file)) return serverlessFunctions(tree, file);
  return { functions: cloudFormationFunctions(tree), problems: [] };
}
