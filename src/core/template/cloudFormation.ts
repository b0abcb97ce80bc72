import { isRecord } from '../isRecord.ts';
import { LOCAL_DEFAULTS, type LocalFunction } from '../localFunctions.ts';
import { message, type Message } from '../messages.ts';
import { defaultsOf, resolve, type Scope } from './intrinsics.ts';
import {
  environmentOf,
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

function withoutKeysOf(globals: Values, own: Values): Values {
  return Object.fromEntries(Object.entries(own).filter(([name]) => !(name in globals)));
}

/** Globals under a function's own properties; environment variables of both. */
function withGlobals(globals: Values, own: Values): Values {
  const variables = {
    ...record(record(globals['Environment'])['Variables']),
    ...record(record(own['Environment'])['Variables']),
  };
  const merged = Object.entries(globals).map(([name, value]): [string, unknown] => {
    const other = own[name];
    return [name, isRecord(value) && isRecord(other) ? { ...value, ...other } : (other ?? value)];
  });
  return { ...Object.fromEntries(merged), ...withoutKeysOf(globals, own), Environment: { Variables: variables } };
}

/** The folder of the code, or why there is none here. */
function codeOf(properties: Values, metadata: Values): string | Message {
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

function aliasesOf(tree: Values, logicalId: string, properties: Values): Record<string, string> {
  const published = textOf(properties['AutoPublishAlias']);
  const aliases: Record<string, string> = published === undefined ? {} : { [published]: '1' };
  for (const resource of Object.values(tree)) {
    const { Type, Properties: given } = record(resource);
    const { FunctionName, Name, FunctionVersion } = record(given);
    if (Type !== 'AWS::Lambda::Alias' || textOf(Name) === undefined) continue;
    const isOurs = FunctionName === logicalId || record(FunctionName)['Ref'] === logicalId;
    if (isOurs) aliases[String(Name)] = textOf(FunctionVersion) ?? '1';
  }
  return aliases;
}

function versionsOf(tree: Values, logicalId: string): string[] {
  const versions = Object.values(tree).filter((resource) => {
    const { Type, Properties: given } = record(resource);
    return Type === 'AWS::Lambda::Version' && record(record(given)['FunctionName'])['Ref'] === logicalId;
  });
  return versions.map((_, index) => String(index + 1));
}

function toFunction(
  properties: Values,
  rest: Pick<LocalFunction, 'codeUri' | 'environment' | 'aliases' | 'versions'>,
): LocalFunction {
  const logging = record(properties['LoggingConfig']);
  const reserved = numberOf(properties['ReservedConcurrentExecutions']);
  const retries = numberOf(record(properties['EventInvokeConfig'])['MaximumRetryAttempts']);
  return {
    ...LOCAL_DEFAULTS,
    ...rest,
    handler: textOf(properties['Handler']) ?? LOCAL_DEFAULTS.handler,
    runtime: textOf(properties['Runtime']) ?? LOCAL_DEFAULTS.runtime,
    timeout: numberOf(properties['Timeout']) ?? LOCAL_DEFAULTS.timeout,
    memorySize: numberOf(properties['MemorySize']) ?? LOCAL_DEFAULTS.memorySize,
    logFormat: logging['LogFormat'] === 'JSON' ? 'JSON' : 'Text',
    ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
    ...(retries !== undefined && { maximumRetryAttempts: retries }),
    isTenantIsolated: isRecord(properties['TenancyConfig']),
    isDurable: isRecord(properties['DurableConfig']),
  };
}

/**
 * The functions of a SAM or CloudFormation template (also of cdk.out): AWS::Serverless::Function and
 * AWS::Lambda::Function. What cannot run here has its obstacle. Source: SAM and CloudFormation template references.
 */
export function cloudFormationFunctions({ root, lineOf }: TemplateTree): TemplateFunction[] {
  const template = record(root);
  const resources = record(template['Resources']);
  const scope: Scope = {
    parameters: defaultsOf(template['Parameters']),
    mappings: template['Mappings'],
    conditions: template['Conditions'],
    resources,
  };
  const globals = record(record(template['Globals'])['Function']);
  return Object.entries(resources).flatMap(([logicalId, resource]): TemplateFunction[] => {
    const { Type, Properties: own, Metadata: metadata } = record(resource);
    if (typeof Type !== 'string' || !TYPES.includes(Type)) return [];
    const isServerless = Type === TYPES[0];
    const properties = record(resolve(withGlobals(isServerless ? globals : {}, record(own)), scope));
    const name = textOf(properties['FunctionName']) ?? logicalId;
    const code = codeOf(properties, record(metadata));
    const { environment, missing } = environmentOf(record(properties['Environment'])['Variables']);
    const fn = toFunction(properties, {
      codeUri: typeof code === 'string' ? code : '',
      environment,
      aliases: aliasesOf(resources, logicalId, properties),
      versions: versionsOf(resources, logicalId),
    });
    const runtime = textOf(properties['Runtime']);
    const noRuntime = runtime === undefined ? message('runtimeUnknown') : runtimeObstacle(runtime);
    const obstacle = typeof code === 'string' ? noRuntime : code;
    return [
      {
        name,
        logicalId,
        otherNames: name === logicalId ? [] : [logicalId],
        line: lineOf(['Resources', logicalId]),
        fn,
        ...(isServerless && { builtUri: `.aws-sam/build/${logicalId}` }),
        ...(obstacle !== undefined && { obstacle }),
        notes: notesOf(missing, properties['Layers']),
      },
    ];
  });
}
