import { isRecord } from '../../json/isRecord.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import type { IncludedFiles } from './includedFiles.ts';
import type { Located, Variables } from './serverlessVariables.ts';
import { record, type TemplateFunction, type Values } from './templateFunction.ts';
import type { TemplateTree } from './yamlTree.ts';

/** A function as configured: its key, and its fields as written. */
export interface FunctionEntry extends Pick<TemplateFunction, 'line' | 'includedFrom'> {
  readonly key: string;
  readonly fields: Values;
  /** Why its fields are unknown. */
  readonly obstacle?: Message;
}

/** The functions that the constructs of the plugin serverless-lift create: the field, and the end of the key. */
const CONSTRUCT_FUNCTIONS = [
  ['worker', 'Worker'],
  ['authorizer', 'Authorizer'],
] as const;

interface FunctionSources {
  readonly root: Values;
  readonly tree: TemplateTree;
  /** For messages. */
  readonly file: string;
  readonly files: IncludedFiles;
  readonly variables: Variables;
  readonly budget: WorkBudget;
}

export interface FunctionList {
  readonly entries: readonly FunctionEntry[];
  readonly problems: readonly Message[];
}

/**
 * Lists the functions of a Serverless Framework file: an object, or a list of objects, each possibly in another file, and
 * the functions of Lift's queues and webhooks. Functions whose definition can't be read have an obstacle.
 */
export function listFunctions({ root, tree, file, files, variables, budget }: FunctionSources): FunctionList {
  const entries = new Map<string, FunctionEntry>();
  const problems: Message[] = [];

  const lineInTemplate = ({ file: includedFile, path }: Located) =>
    includedFile === undefined && path.length > 0 ? tree.lineOf(...path) : undefined;

  function placeInFile({ file: includedFile, path }: Located): TemplateFunction['includedFrom'] {
    const included = includedFile === undefined ? undefined : files.read(includedFile);
    if (includedFile === undefined || included?.kind !== 'values') return undefined;
    return { file: includedFile, line: included.tree.lineOf(...path) };
  }

  function addFunction(key: string, located: Located, line: number): void {
    budget.step(); // a file can be included many times
    const { value, reason } = located;
    const includedFrom = placeInFile(located);
    const entry = { key, line: lineInTemplate(located) ?? line, ...(includedFrom !== undefined && { includedFrom }) };
    if (isRecord(value)) entries.set(key, { ...entry, fields: { ...entries.get(key)?.fields, ...value } });
    else if (reason !== 'needed' && value !== null && value !== undefined)
      entries.set(key, { ...entry, fields: {}, obstacle: reason ?? message('functionNotRead') });
  }

  /** `line`: where the template includes it. */
  function collect(raw: Located, line: number): void {
    const located = variables.follow(raw);
    const { value, path, reason, ...place } = located;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) {
        const child = { ...place, value: item as unknown, path: [...path, String(index)] };
        collect(child, lineInTemplate(child) ?? line);
      }
    } else if (isRecord(value)) {
      for (const [key, field] of Object.entries(value)) {
        const child = { ...place, value: field, path: [...path, key] };
        addFunction(key, variables.follow(child), lineInTemplate(child) ?? line);
      }
    } else if (value !== null && value !== undefined && reason === undefined) {
      problems.push(message('functionsNotRead', file, line));
    }
  }

  function collectConstructs(): void {
    const constructs = variables.follow({ value: root['constructs'], path: ['constructs'] });
    for (const [id, value] of Object.entries(record(constructs.value))) {
      const construct = variables.follow({ ...constructs, value, path: [...constructs.path, id] });
      for (const [field, suffix] of CONSTRUCT_FUNCTIONS) {
        const child = { ...construct, value: record(construct.value)[field], path: [...construct.path, field] };
        addFunction(`${id}${suffix}`, variables.follow(child), tree.lineOf('constructs', id));
      }
    }
  }

  collect({ value: root['functions'], path: ['functions'] }, tree.lineOf('functions'));
  collectConstructs();
  if (isRecord(root['mcp'])) problems.push(message('functionsNotRead', file, tree.lineOf('mcp')));
  return { entries: [...entries.values()], problems };
}
