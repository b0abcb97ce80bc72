import { createIncludedFiles } from './includedFiles.ts';
import { localPath } from './functionCode.ts';
import { message, type Message } from '../../messages/messages.ts';
import { record, textOf, type Values } from './templateFunction.ts';
import type { TemplateSource } from './readTemplate.ts';
import type { WorkBudget } from '../../async/workBudget.ts';

const KEY = 'Fn::Transform';

/** The resources of a template with those that it includes. */
export interface IncludedResources {
  readonly resources: Values;
  /** The keys of included resources, which have no line in the template. */
  readonly included: ReadonlySet<string>;
  readonly problems: readonly Message[];
  readonly neededFiles: readonly string[];
}

/** The local file of an AWS::Include transform. */
function includedPath(transform: unknown): string | undefined {
  const { Name: name, Parameters: parameters } = record(transform);
  const location = textOf(record(parameters)['Location']);
  return name !== 'AWS::Include' || location === undefined || /^(s3|https?):/i.test(location)
    ? undefined
    : localPath(location);
}

/**
 * Adds the resources that AWS::Include takes from files of the workspace, as `aws cloudformation package` does. Other
 * transforms stay. Throws WorkBudgetExceeded. Source: CloudFormation template reference, AWS::Include.
 */
export function withIncludedResources(
  resources: Values,
  source: TemplateSource,
  budget: WorkBudget,
): IncludedResources {
  const path = includedPath(resources[KEY]);
  if (path === undefined) return { resources, included: new Set(), problems: [], neededFiles: [] };
  const files = createIncludedFiles(source, budget);
  const file = files.read(path);
  const others = Object.fromEntries(Object.entries(resources).filter(([key]) => key !== KEY));
  const added = file.kind === 'values' ? record(file.tree.root) : {};
  const isRead = file.kind === 'values' || file.kind === 'needed';
  const unread = file.kind === 'invalid' ? file.problem : message('includeMissing', source.file, files.labelOf(path));
  return {
    resources: { ...others, ...added },
    included: new Set(Object.keys(added)),
    problems: isRead ? [] : [unread],
    neededFiles: files.needed(),
  };
}
