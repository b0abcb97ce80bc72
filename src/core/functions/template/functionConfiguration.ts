import { DURABLE_LIMITS } from '../../durable/durableLimits.ts';
import { isRecord } from '../../json/isRecord.ts';
import { LOCAL_DEFAULTS, MANAGED_DEFAULTS, toDurableConfig, type LocalFunction } from '../localFunctions.ts';
import { loggingSettings } from '../logLevels.ts';
import { message, type Message } from '../../messages/messages.ts';
import { UNRESOLVED } from './intrinsicValues.ts';
import { numberOf, record, runtimeObstacle, textOf, type Values } from './templateFunction.ts';

/** A function's configuration, and notes about defaults that replace values of the deployed stack. */
export interface FunctionConfiguration {
  readonly fields: Omit<LocalFunction, 'codeUri' | 'environment' | 'aliases' | 'versions'>;
  readonly notes: readonly Message[];
}

/** Reads a function's configuration from its resolved properties. Source: SAM and CloudFormation template references. */
export function functionConfiguration(properties: Values): FunctionConfiguration {
  const notes: Message[] = [];
  /** The number, if it's resolved. Otherwise adds a note about the default. */
  const number = (field: string, value: unknown, fallback: string) => {
    if (value === UNRESOLVED) notes.push(message('defaultUsed', field, fallback));
    return numberOf(value);
  };
  const isManaged = isRecord(properties['CapacityProviderConfig']);
  const { timeout, maximumRetryAttempts } = LOCAL_DEFAULTS;
  const { memorySize } = isManaged ? MANAGED_DEFAULTS : LOCAL_DEFAULTS;
  const { LogFormat, ApplicationLogLevel, SystemLogLevel } = record(properties['LoggingConfig']);
  const logFormat = isManaged ? MANAGED_DEFAULTS.logFormat : LogFormat;
  const { Architectures: architectures, FileSystemConfigs: fileSystems, DurableConfig: durable } = properties;
  const architecture = Array.isArray(architectures) ? textOf(architectures[0]) : undefined;
  if (Array.isArray(fileSystems) && fileSystems.length > 0) notes.push(message('fileSystemNotHere'));
  if (logFormat === UNRESOLVED) notes.push(message('defaultUsed', 'LogFormat', LOCAL_DEFAULTS.logFormat));
  const reserved = number('ReservedConcurrentExecutions', properties['ReservedConcurrentExecutions'], 'unlimited');
  const fields = {
    ...LOCAL_DEFAULTS,
    handler: textOf(properties['Handler']) ?? LOCAL_DEFAULTS.handler,
    runtime: textOf(properties['Runtime']) ?? LOCAL_DEFAULTS.runtime,
    timeout: number('Timeout', properties['Timeout'], `${timeout} s`) ?? timeout,
    memorySize: number('MemorySize', properties['MemorySize'], `${memorySize} MB`) ?? memorySize,
    ...loggingSettings(logFormat, ApplicationLogLevel, SystemLogLevel),
    ...(architecture !== undefined && { architecture }),
    ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
    maximumRetryAttempts:
      number(
        'MaximumRetryAttempts',
        record(properties['EventInvokeConfig'])['MaximumRetryAttempts'],
        String(maximumRetryAttempts),
      ) ?? maximumRetryAttempts,
    isTenantIsolated: isRecord(properties['TenancyConfig']),
    isDurable: isRecord(durable),
    ...(isRecord(durable) && {
      durableConfig: toDurableConfig(
        number('ExecutionTimeout', durable['ExecutionTimeout'], 'unlimited'),
        number('RetentionPeriodInDays', durable['RetentionPeriodInDays'], `${DURABLE_LIMITS.retentionDays} days`),
      ),
    }),
    ...(isManaged && { isManaged }),
  } as const;
  return { fields, notes };
}

/** Why a function can't run with its Runtime and Handler. Undefined if it can, judging by the template. */
export function configurationObstacle(properties: Values): Message | undefined {
  const runtime = textOf(properties['Runtime']);
  if (runtime === undefined)
    return properties['Runtime'] === UNRESOLVED ? message('valueUnresolved', 'Runtime') : message('runtimeUnknown');
  const needsHandler = !runtime.startsWith('provided');
  if (needsHandler && properties['Handler'] === UNRESOLVED) return message('valueUnresolved', 'Handler');
  const isMissing = needsHandler && textOf(properties['Handler']) === undefined;
  return runtimeObstacle(runtime) ?? (isMissing ? message('handlerUnknown') : undefined);
}
