import { configurationObstacle, functionConfiguration } from './functionConfiguration.ts';
import { functionCode } from './functionCode.ts';
import { samBuild } from './functionBuild.ts';
import { functionEnvironment } from './functionEnvironment.ts';
import { isRecord } from '../../json/isRecord.ts';
import { mergeGlobals } from './mergeGlobals.ts';
import { message, type Message } from '../../messages/messages.ts';
import { evaluateCondition, expandScopedLoops, resolve, type Scope } from './intrinsics.ts';
import type { Published } from './publishedVersions.ts';
import type { SamLocalOptions } from './samLocalOptions.ts';
import { SERVERLESS_FUNCTION, WEB_FUNCTION_TYPES } from './resourceTypes.ts';
import type { TemplateEvent } from '../localFunctionView.ts';
import { readLayers } from './templateLayers.ts';
import type { TemplateSource } from './readTemplate.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { MAX_EVENTS, notesOf, record, textOf, type TemplateFunction, type Values } from './templateFunction.ts';

/** The context shared by all functions of a template. */
export interface FunctionContext {
  readonly source: TemplateSource;
  readonly scope: Scope;
  /** The function properties in SAM's Globals section. */
  readonly globals: Values;
  readonly publishedOf: (logicalId: string, name: string) => Published;
  readonly options: SamLocalOptions;
}

interface FunctionResource {
  readonly logicalId: string;
  readonly resource: Values;
  /** The 1-based line of the resource, or of the loop that creates it. */
  readonly line: number;
}

/** A function, and the files that are still needed to complete it. */
interface ReadFunction {
  readonly fn: TemplateFunction;
  readonly neededFiles: readonly string[];
}

/** The events of a SAM function. */
function eventsOf(events: unknown, budget: WorkBudget): TemplateEvent[] {
  const entries = Object.entries(record(events));
  budget.step(entries.length); // an alias can repeat them for each function
  return entries.slice(0, MAX_EVENTS).flatMap(([name, event]) => {
    const type = textOf(record(event)['Type']);
    return type === undefined ? [] : [{ name, type }];
  });
}

/** The properties of a function with loops and Globals applied, and notes about missing properties. */
function mergedProperties(resource: Values, { scope, globals }: FunctionContext) {
  const { entries, unexpanded } = expandScopedLoops(record(resource['Properties']), scope);
  const own = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  const isServerless = resource['Type'] === SERVERLESS_FUNCTION;
  return {
    merged: isServerless ? mergeGlobals(globals, own, scope.budget) : own,
    loopNotes: unexpanded.map((loop) => message('propertiesNotExpanded', loop)),
  };
}

function conditionNotes({ Condition: condition }: Values, scope: Scope): Message[] {
  if (typeof condition !== 'string' || evaluateCondition(condition, scope) !== false) return [];
  return [message('notDeployed', condition)];
}

function resourceObstacle({ Type: type, Properties: properties }: Values): Message | undefined {
  if (typeof type === 'string' && WEB_FUNCTION_TYPES.includes(type)) return message('webFunctionNotInvoked');
  const isValid = properties === undefined || properties === null || isRecord(properties);
  return isValid ? undefined : message('propertiesInvalid');
}

/** Reads a function resource. Throws WorkBudgetExceeded and ReferenceCycle. */
export function readFunction({ logicalId, resource, line }: FunctionResource, context: FunctionContext): ReadFunction {
  const { source, scope, options, publishedOf } = context;
  const { merged, loopNotes } = mergedProperties(resource, context);
  const properties = record(resolve(merged, scope));
  const name = textOf(properties['FunctionName']) ?? logicalId;
  const metadata = record(resource['Metadata']);
  const code = functionCode({ properties, ownProperties: merged, metadata }, source, scope.budget);
  const variables = { written: merged['Environment'], resolved: properties['Environment'], names: [logicalId, name] };
  const sources = { ...options, shell: source.shell ?? {} };
  const { environment, placeholders, missing } = functionEnvironment(variables, scope, sources);
  const { fields, notes } = functionConfiguration(properties);
  const alias = textOf(properties['AutoPublishAlias']);
  const published = publishedOf(logicalId, name);
  const { layers, neededFiles } = readLayers(merged['Layers'], context);
  const events = eventsOf(properties['Events'], scope.budget);
  const obstacle = resourceObstacle(resource) ?? code.obstacle ?? configurationObstacle(properties);
  const fn: TemplateFunction = {
    name,
    logicalId,
    otherNames: name === logicalId ? [] : [logicalId],
    line,
    fn: {
      ...fields,
      codeUri: code.folder ?? '',
      environment,
      aliases: { ...(alias !== undefined && { [alias]: '1' }), ...published.aliases },
      versions: published.versions,
      ...(layers.length > 0 && { layers }),
      ...(options.profile !== undefined && { profile: options.profile }),
    },
    ...(resource['Type'] === SERVERLESS_FUNCTION && {
      builtUri: `.aws-sam/build/${logicalId}`,
      build: samBuild(logicalId, record(resolve(metadata, scope))),
    }),
    ...(obstacle !== undefined && { obstacle }),
    placeholders,
    notes: [...conditionNotes(resource, scope), ...loopNotes, ...notes, ...notesOf(missing)],
    ...(events.length > 0 && { events }),
  };
  return { fn, neededFiles: [...(code.neededFile === undefined ? [] : [code.neededFile]), ...neededFiles] };
}
