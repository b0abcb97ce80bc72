import { isRecord } from '../json/isRecord.ts';
import { parseLayers, type FunctionLayer } from './functionLayers.ts';
import { defaultVersion, LATEST_PUBLISHED } from './managedInstances.ts';
import { loggingSettings, type LoggingSettings } from './logLevels.ts';

/** The settings of durable executions: their timeout in seconds, and how long they're kept. */
export interface DurableConfig {
  readonly executionTimeout?: number;
  readonly retentionPeriodInDays?: number;
}

/**
 * A workspace function that the local endpoint can run. Timeout in seconds, memory in MB, like in Lambda's
 * configuration.
 */
export interface LocalFunction extends LoggingSettings {
  /** `path/file.export`, relative to `codeUri`. Not used by `provided` runtimes. */
  readonly handler: string;
  readonly runtime: string;
  readonly timeout: number;
  readonly memorySize: number;
  /** `arm64` or `x86_64`. Absent if the template doesn't set it. */
  readonly architecture?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The code folder (LAMBDA_TASK_ROOT), relative to the workspace folder. Empty for the workspace folder itself. */
  readonly codeUri: string;
  /** In the order in which Lambda merges them into `/opt`. Absent without layers. */
  readonly layers?: readonly FunctionLayer[];
  /** The maximum number of concurrent invocations. Without it, only the endpoint's own limit applies. */
  readonly reservedConcurrentExecutions?: number;
  /** The number of retries for a failed Event: 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** Published versions. All of them run the current code. */
  readonly versions: readonly string[];
  /** Alias → version. */
  readonly aliases: Readonly<Record<string, string>>;
  /** Whether TenantId is required (true), rejected (false) or optional (absent). */
  readonly isTenantIsolated?: boolean;
  readonly isDurable: boolean;
  /** Whether it runs on managed instances when it's deployed. */
  readonly isManaged?: boolean;
  readonly durableConfig?: DurableConfig;
  /** The AWS profile in the project's configuration of `sam local invoke`. */
  readonly profile?: string;
}

/** Lambda's defaults: 3 s, 128 MB, two retries for an Event. Source: Lambda API reference, CreateFunction. */
export const LOCAL_DEFAULTS = {
  handler: '',
  runtime: 'nodejs22.x',
  timeout: 3,
  memorySize: 128,
  environment: {},
  codeUri: '',
  logFormat: 'Text',
  maximumRetryAttempts: 2,
  versions: [],
  aliases: {},
  isDurable: false,
} as const satisfies LocalFunction;

/** What differs for functions on managed instances, which need 2 GB and log as JSON. Source: Lambda developer guide. */
export const MANAGED_DEFAULTS = { isManaged: true, memorySize: 2048, logFormat: 'JSON' } as const;

const LATEST = '$LATEST';

function positiveNumber(value: unknown, fallback: number): number {
  return typeof value === 'number' && value > 0 ? value : fallback;
}

function nonNegativeInteger(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function stringValues(value: unknown): Record<string, string> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)])) : {};
}

function environmentOf(functions: unknown, name: string): Record<string, string> {
  const entry = isRecord(functions) ? functions[name] : undefined;
  return isRecord(entry) ? stringValues(entry['environment']) : {};
}

/**
 * The `environment` of entries without a handler, which applies to template functions with the same name. For `exact`, see
 * parseLocalFunctions.
 */
export function parseEnvironments(exact: unknown): Readonly<Record<string, Readonly<Record<string, string>>>> {
  if (!isRecord(exact)) return {};
  const entries = Object.entries(exact).filter(([, entry]) => {
    return (
      isRecord(entry) && isRecord(entry['environment']) && Object.keys(entry).every((key) => key === 'environment')
    );
  });
  return Object.fromEntries(entries.map(([name]) => [name, environmentOf(exact, name)]));
}

/**
 * Parses the `localFunctions` of a presets file: name → handler and configuration. Skips entries without a handler. The
 * environment variables are read from `exact`, in which numbers keep their digits (see parseExactJson).
 */
export function parseLocalFunctions(value: unknown, exact: unknown = value): Record<string, LocalFunction> {
  if (!isRecord(value)) return {};
  const functions: Record<string, LocalFunction> = {};
  for (const [name, entry] of Object.entries(value)) {
    if (!isRecord(entry)) continue;
    const environment = environmentOf(exact, name);
    const runtime = typeof entry['runtime'] === 'string' ? entry['runtime'] : LOCAL_DEFAULTS.runtime;
    const handler = typeof entry['handler'] === 'string' ? entry['handler'] : undefined;
    if (handler === undefined && !runtime.startsWith('provided')) continue;
    const reserved = nonNegativeInteger(entry['reservedConcurrentExecutions']);
    const layers = parseLayers(entry['layers']);
    const tenancy = entry['tenancy'];
    const isManaged = entry['managedInstances'] === true;
    const logFormat = isManaged ? MANAGED_DEFAULTS.logFormat : entry['logFormat'];
    const { memorySize } = isManaged ? MANAGED_DEFAULTS : LOCAL_DEFAULTS;
    functions[name] = {
      handler: handler ?? LOCAL_DEFAULTS.handler,
      runtime,
      timeout: positiveNumber(entry['timeout'], LOCAL_DEFAULTS.timeout),
      memorySize: positiveNumber(entry['memorySize'], memorySize),
      environment,
      codeUri: typeof entry['codeUri'] === 'string' ? entry['codeUri'] : LOCAL_DEFAULTS.codeUri,
      ...loggingSettings(logFormat, entry['applicationLogLevel'], entry['systemLogLevel']),
      ...(layers.length > 0 && { layers }),
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      maximumRetryAttempts: Math.min(
        2,
        nonNegativeInteger(entry['maximumRetryAttempts']) ?? LOCAL_DEFAULTS.maximumRetryAttempts,
      ),
      versions: Array.isArray(entry['versions']) ? entry['versions'].map(String) : LOCAL_DEFAULTS.versions,
      aliases: stringValues(entry['aliases']),
      ...(typeof tenancy === 'boolean' && { isTenantIsolated: tenancy }),
      isDurable: entry['durable'] === true || isRecord(entry['durable']),
      ...(isRecord(entry['durable']) && {
        durableConfig: toDurableConfig(entry['durable']['executionTimeout'], entry['durable']['retentionPeriodInDays']),
      }),
      ...(isManaged && { isManaged }),
    };
  }
  return functions;
}

/** The settings of a durable function. A value that isn't a number has no effect. */
export function toDurableConfig(executionTimeout: unknown, retentionPeriodInDays: unknown): DurableConfig {
  return {
    ...(typeof executionTimeout === 'number' && executionTimeout > 0 && { executionTimeout }),
    ...(typeof retentionPeriodInDays === 'number' && retentionPeriodInDays > 0 && { retentionPeriodInDays }),
  };
}

/**
 * The version of a qualifier: the version itself, or the alias's target. Without one, the function's default. Undefined for
 * an unknown qualifier.
 */
export function versionOf(fn: LocalFunction, requested: string | undefined): string | undefined {
  const qualifier = requested ?? defaultVersion(fn.isManaged);
  if (qualifier === LATEST) return LATEST;
  if (qualifier === LATEST_PUBLISHED && fn.isManaged === true) return LATEST_PUBLISHED;
  const version = Object.hasOwn(fn.aliases, qualifier) ? fn.aliases[qualifier] : qualifier;
  if (version === LATEST) return LATEST;
  const isKnown =
    version !== undefined && (fn.versions.includes(version) || Object.values(fn.aliases).includes(version));
  return isKnown ? version : undefined;
}
