import { isRecord } from '../../json/isRecord.ts';
import { LOCAL_DEFAULTS, MANAGED_DEFAULTS, toDurableConfig } from '../localFunctions.ts';
import { loggingSettings } from '../logLevels.ts';
import { message, type Message } from '../../messages/messages.ts';
import type { TemplateEvent } from '../localFunctionView.ts';
import type { WorkBudget } from '../../async/workBudget.ts';
import { serverlessBuild } from './functionBuild.ts';
import { UNRESOLVED } from './intrinsicValues.ts';
import type { createFunctionEnvironment } from './serverlessFunctionEnvironment.ts';
import type { FunctionEntry } from './serverlessFunctionList.ts';
import { createLayerReader, REQUIREMENTS_FOLDER } from './serverlessLayers.ts';
import type { Provider } from './serverlessProvider.ts';
import type { Variables } from './serverlessVariables.ts';
import {
  MAX_EVENTS,
  numberOf,
  record,
  runtimeObstacle,
  textOf,
  type TemplateFunction,
  type Values,
} from './templateFunction.ts';

/** The framework's defaults, which differ from Lambda's. */
const DEFAULTS = { runtime: 'nodejs20.x', timeout: 6, memorySize: 1024 } as const;

interface FunctionContext {
  readonly root: Values;
  readonly provider: Provider;
  readonly variables: Variables;
  readonly environmentOf: ReturnType<typeof createFunctionEnvironment>;
  readonly isBundled: boolean;
  readonly budget: WorkBudget;
}

/** The framework replaces an empty value, including 0, with the provider's. */
function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && value !== 0 && value !== false;
}

/** The framework's name for a function without `name`. Undefined if the service's name is unknown. */
function defaultName({ key }: FunctionEntry, root: Values, { fill, stage }: Variables): string | undefined {
  const service = textOf(fill(root['service']));
  return service === undefined ? undefined : `${service}-${stage}-${key}`;
}

/** The name of the deployed function: `name`, or else `service-stage-key`. Undefined if it's unknown. */
export function deployedName(entry: FunctionEntry, root: Values, variables: Variables): string | undefined {
  const written = entry.fields['name'];
  return isSet(written) ? textOf(variables.fill(written)) : defaultName(entry, root, variables);
}

/** Aliases that the framework creates. Source: Serverless Framework, "AWS Lambda Functions". */
function aliasesOf(field: (name: string) => unknown): Record<string, string> {
  const concurrency = field('provisionedConcurrency');
  if (isSet(concurrency)) return { [textOf(record(concurrency)['alias']) ?? 'provisioned']: '1' };
  if (field('snapStart') === true) return { snapstart: '1' };
  return isRecord(field('durableConfig')) ? { durable: '1' } : {};
}

/** Returns a function that reads one function of a Serverless Framework file. It throws WorkBudgetExceeded. */
export function createFunctionReader(context: FunctionContext): (entry: FunctionEntry) => TemplateFunction {
  const { root, provider, variables, environmentOf, isBundled, budget } = context;
  const isAws = provider.name === 'aws';
  const layersOf = createLayerReader({ root, variables, budget });

  function eventsOf(written: unknown): TemplateEvent[] {
    const events = variables.follow({ value: written, path: [] }).value;
    if (!Array.isArray(events)) return [];
    budget.step(events.length); // an alias can repeat them for each function
    return events.slice(0, MAX_EVENTS).flatMap((item: unknown) => {
      const event = variables.follow({ value: item, path: [] }).value;
      const [type = textOf(event)] = Object.keys(record(event));
      return type === undefined ? [] : [{ type }];
    });
  }

  function isPackagedIndividually(field: (name: string) => unknown): boolean {
    return [field('package'), variables.fill(root['package'])].some((part) => record(part)['individually'] === true);
  }

  /** The code folder and the folders with packages: those of serverless-python-requirements for a function or for all. */
  function codeOf(field: (name: string) => unknown, runtime: string) {
    if (!runtime.startsWith('python')) return { codeUri: LOCAL_DEFAULTS.codeUri };
    const module = isPackagedIndividually(field) ? (textOf(field('module')) ?? '.') : undefined;
    const requirements = module === undefined ? REQUIREMENTS_FOLDER : `.serverless/${module}/requirements`;
    const codeUri = module === undefined || module === '.' ? LOCAL_DEFAULTS.codeUri : module;
    return { codeUri, packageUris: [requirements, '.requirements'] };
  }

  /** Why a field is unknown although it's written. */
  function unreadReason(name: string, written: unknown): Message {
    const { reason } = variables.follow({ value: written, path: [] });
    return reason === undefined || reason === 'needed' ? message('fieldNotRead', name) : reason;
  }

  function obstacleOf({ obstacle, fields: written }: FunctionEntry, fields: Values): Message | undefined {
    const { image, runtime, handler } = fields;
    if (obstacle !== undefined) return obstacle;
    if (!isAws) return message('providerNotHere', provider.name);
    if (isSet(image)) return message('imageNotHere');
    if (runtime === UNRESOLVED)
      return unreadReason('runtime', isSet(written['runtime']) ? written['runtime'] : provider.written('runtime'));
    if (typeof runtime !== 'string') return message('runtimeUnknown');
    const needsHandler = !runtime.startsWith('provided');
    if (needsHandler && handler === UNRESOLVED) return unreadReason('handler', written['handler']);
    return (
      runtimeObstacle(runtime) ??
      (needsHandler && textOf(handler) === undefined ? message('handlerUnknown') : undefined)
    );
  }

  return (entry) => {
    const { key, fields, line, includedFrom } = entry;
    const notes: Message[] = [];
    const field = (name: string) => variables.fill(fields[name]);
    const shared = (name: string) => [field(name), provider.field(name)].find(isSet);

    /** Why a default replaces a value. */
    function defaultNote(name: string, value: unknown, fallback: string): Message {
      if (value !== UNRESOLVED) return message('defaultForInvalid', name, fallback);
      const written = isSet(fields[name]) ? fields[name] : provider.written(name);
      const isRead = variables.follow({ value: written, path: [] }).reason === undefined;
      return message(isRead ? 'defaultUsed' : 'defaultForUnread', name, fallback);
    }

    function numberField(name: 'timeout' | 'memorySize', unit: string, fallback: number): number {
      const value = shared(name);
      const number = numberOf(value);
      if (number === undefined && value !== undefined) notes.push(defaultNote(name, value, `${fallback} ${unit}`));
      return number ?? fallback;
    }

    const ownName = field('name');
    const name = textOf(ownName) ?? key;
    if (ownName === UNRESOLVED) notes.push(defaultNote('name', ownName, key));
    const runtime = shared('runtime') ?? DEFAULTS.runtime;
    const obstacle = obstacleOf(entry, { image: field('image'), runtime, handler: field('handler') });
    const isManaged = isSet(field('capacityProvider'));
    const { memorySize } = isManaged ? MANAGED_DEFAULTS : DEFAULTS;
    const reserved = numberOf(field('reservedConcurrency'));
    const retries = numberOf(field('maximumRetryAttempts'));
    const { environment, placeholders, notes: environmentNotes } = environmentOf(fields['environment']);
    const hasSharedLayers = Array.isArray(provider.field('layers'));
    const sharedLayers = hasSharedLayers ? provider.written('layers') : undefined;
    const layers = layersOf(isSet(fields['layers']) ? fields['layers'] : sharedLayers);
    const events = eventsOf(fields['events']);
    const logs = { ...record(record(provider.field('logs'))['lambda']), ...record(field('logs')) };
    const architecture = textOf(shared('architecture'));
    const runtimeText = textOf(runtime) ?? DEFAULTS.runtime;
    const { codeUri, packageUris } = codeOf(field, runtimeText);
    const durable = field('durableConfig');
    const fn = {
      ...LOCAL_DEFAULTS,
      handler: textOf(field('handler')) ?? LOCAL_DEFAULTS.handler,
      runtime: runtimeText,
      timeout: numberField('timeout', 's', DEFAULTS.timeout),
      memorySize: numberField('memorySize', 'MB', memorySize),
      environment,
      codeUri,
      ...loggingSettings(
        isManaged ? MANAGED_DEFAULTS.logFormat : logs['logFormat'],
        logs['applicationLogLevel'],
        logs['systemLogLevel'],
      ),
      ...(architecture !== undefined && { architecture }),
      aliases: aliasesOf(field),
      ...(layers.length > 0 && { layers }),
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      ...(retries !== undefined && { maximumRetryAttempts: retries }),
      isTenantIsolated: isRecord(field('tenancy')),
      isDurable: isRecord(durable),
      ...(isRecord(durable) && {
        durableConfig: toDurableConfig(
          numberOf(durable['executionTimeout']),
          numberOf(durable['retentionPeriodInDays']),
        ),
      }),
      ...(isManaged && { isManaged }),
    };
    notes.push(...environmentNotes);
    return {
      name,
      logicalId: key,
      otherNames: [key, defaultName(entry, root, variables)].filter(
        (other): other is string => other !== undefined && other !== name,
      ),
      line,
      ...(includedFrom !== undefined && { includedFrom }),
      fn,
      ...(isAws && {
        build: serverlessBuild({
          key,
          service: textOf(variables.fill(root['service'])),
          own: record(field('package')),
          shared: record(variables.fill(root['package'])),
          isBundled,
        }),
      }),
      ...(packageUris !== undefined && { packageUris }),
      ...(obstacle !== undefined && { obstacle }),
      placeholders,
      notes: isAws && entry.obstacle === undefined ? notes : [],
      ...(events.length > 0 && { events }),
    };
  };
}
