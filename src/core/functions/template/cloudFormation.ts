import { publishedVersions } from './publishedVersions.ts';
import { isRecord } from '../../json/isRecord.ts';
import { LOCAL_DEFAULTS, type LocalFunction } from '../localFunctions.ts';
import { loggingSettings } from '../logLevels.ts';
import { message, type Message } from '../../messages/messages.ts';
import { createScope, resolve } from './intrinsics.ts';
import type { TemplateEvent } from '../localFunctionView.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import {
  environmentOf,
  MAX_EVENTS,
  notesOf,
  numberOf,
  record,
  runtimeObstacle,
  textOf,
  type TemplateFunction,
  type Values,
} from './templateFunction.ts';
import type { TemplateTree } from './yamlTree.ts';

const TYPES = ['AWS::Serverless::Function', 'AWS::Lambda::Function'];

function withoutKeysOf(globals: Values, ownProperties: Values): Values {
  return Object.fromEntries(Object.entries(ownProperties).filter(([name]) => !(name in globals)));
}

/**
 * Merges SAM globals with a function's properties, which override them. Environment variables are merged one by one.
 */
function withGlobals(globals: Values, ownProperties: Values, budget: WorkBudget): Values {
  const variables = {
    ...record(record(globals['Environment'])['Variables']),
    ...record(record(ownProperties['Environment'])['Variables']),
  };
  budget.step(Object.keys(variables).length); // copied for each function
  const merged = Object.entries(globals).map(([name, value]): [string, unknown] => {
    const other = ownProperties[name];
    return [name, isRecord(value) && isRecord(other) ? { ...value, ...other } : (other ?? value)];
  });
  return {
    ...Object.fromEntries(merged),
    ...withoutKeysOf(globals, ownProperties),
    Environment: { Variables: variables },
  };
}

/** The code folder, or why the code isn't available locally. */
function codeFolder(properties: Values, metadata: Values): string | Message {
  if (properties['PackageType'] === 'Image' || properties['ImageUri'] !== undefined) return message('imageNotHere');
  const asset = textOf(metadata['aws:asset:path']);
  if (asset !== undefined) return asset;
  const code = properties['CodeUri'] ?? properties['Code'];
  if (properties['InlineCode'] !== undefined || textOf(record(code)['ZipFile']) !== undefined)
    return message('inlineCodeNotHere');
  if (record(code)['ImageUri'] !== undefined) return message('imageNotHere');
  if (typeof code === 'string' && !code.startsWith('s3:')) return code;
  return code === undefined ? '' : message('codeNotHere');
}

function toFunction(
  properties: Values,
  rest: Pick<LocalFunction, 'codeUri' | 'environment' | 'aliases' | 'versions'>,
): LocalFunction {
  const logging = record(properties['LoggingConfig']);
  const reserved = numberOf(properties['ReservedConcurrentExecutions']);
  const architectures = properties['Architectures'];
  const architecture = Array.isArray(architectures) ? textOf(architectures[0]) : undefined;
  const retries = numberOf(record(properties['EventInvokeConfig'])['MaximumRetryAttempts']);
  return {
    ...LOCAL_DEFAULTS,
    ...rest,
    handler: textOf(properties['Handler']) ?? LOCAL_DEFAULTS.handler,
    runtime: textOf(properties['Runtime']) ?? LOCAL_DEFAULTS.runtime,
    timeout: numberOf(properties['Timeout']) ?? LOCAL_DEFAULTS.timeout,
    memorySize: numberOf(properties['MemorySize']) ?? LOCAL_DEFAULTS.memorySize,
    ...loggingSettings(logging['LogFormat'], logging['ApplicationLogLevel'], logging['SystemLogLevel']),
    ...(architecture !== undefined && { architecture }),
    ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
    ...(retries !== undefined && { maximumRetryAttempts: retries }),
    isTenantIsolated: isRecord(properties['TenancyConfig']),
    isDurable: isRecord(properties['DurableConfig']),
  };
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

/**
 * Reads the functions of a SAM or CloudFormation template (also cdk.out). A function that can't run locally has an
 * obstacle. Throws WorkBudgetExceeded and ReferenceCircle. Source: SAM and CloudFormation template references.
 */
export function cloudFormationFunctions({ root, lineOf }: TemplateTree, budget: WorkBudget): TemplateFunction[] {
  const template = record(root);
  const resources = record(template['Resources']);
  const scope = createScope(template, budget);
  const publishedOf = publishedVersions(resources);
  const globals = record(record(template['Globals'])['Function']);
  return Object.entries(resources).flatMap(([logicalId, resource]): TemplateFunction[] => {
    const { Type, Properties: ownProperties, Metadata: metadata } = record(resource);
    if (typeof Type !== 'string' || !TYPES.includes(Type)) return [];
    const isServerless = Type === TYPES[0];
    const properties = record(resolve(withGlobals(isServerless ? globals : {}, record(ownProperties), budget), scope));
    const name = textOf(properties['FunctionName']) ?? logicalId;
    const code = codeFolder(properties, record(metadata));
    const { environment, missing } = environmentOf(record(properties['Environment'])['Variables']);
    const alias = textOf(properties['AutoPublishAlias']);
    const published = publishedOf(logicalId);
    const fn = toFunction(properties, {
      codeUri: typeof code === 'string' ? code : '',
      environment,
      aliases: { ...(alias !== undefined && { [alias]: '1' }), ...published.aliases },
      versions: published.versions,
    });
    const runtime = textOf(properties['Runtime']);
    const runtimeProblem = runtime === undefined ? message('runtimeUnknown') : runtimeObstacle(runtime);
    const events = eventsOf(record(ownProperties)['Events'], budget);
    const obstacle = typeof code === 'string' ? runtimeProblem : code;
    return [
      {
        name,
        logicalId,
        otherNames: name === logicalId ? [] : [logicalId],
        line: lineOf('Resources', logicalId),
        fn,
        ...(isServerless && { builtUri: `.aws-sam/build/${logicalId}` }),
        ...(obstacle !== undefined && { obstacle }),
        notes: notesOf(missing, properties['Layers']),
        ...(events.length > 0 && { events }),
      },
    ];
  });
}
