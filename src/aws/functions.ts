import {
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListVersionsByFunctionCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import { parseFunctionName } from '../core/functions/functionName.ts';
import { LATEST_PUBLISHED } from '../core/functions/managedInstances.ts';
import {
  newestFirst,
  type AliasSummary,
  type FunctionFacts,
  type FunctionSummary,
  type Qualifiers,
  type VersionSummary,
} from '../core/functions/functionFacts.ts';
import type { Message } from '../core/messages/messages.ts';
import { read, type ReadContext } from './read.ts';

/** The object without undefined, null and empty string values. */
function definedFields<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined | null> } {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as { [K in keyof T]?: Exclude<T[K], undefined | null> };
}

/** Fetches all pages of a list, passing each page's marker to the next request. */
async function eachPage<Page extends { readonly NextMarker?: string | undefined }>(
  fetchPage: (marker: { readonly Marker?: string }) => Promise<Page>,
  onPage: (page: Page) => void,
): Promise<void> {
  let marker: { readonly Marker?: string } = {};
  for (;;) {
    const page = await fetchPage(marker);
    onPage(page);
    if (page.NextMarker === undefined || page.NextMarker === '') return;
    marker = { Marker: page.NextMarker };
  }
}

/** The service may return null, despite the SDK's types. */
function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function toSummary(configuration: FunctionConfiguration): FunctionSummary {
  const { FunctionName = '', FunctionArn, Runtime, Description, MemorySize, Timeout } = configuration;
  const { LastModified, PackageType, DurableConfig, CapacityProviderConfig } = configuration;
  return {
    FunctionName,
    // ListFunctions may omit parts of the configuration, so a missing value doesn't mean false.
    ...(isPresent(DurableConfig) && { isDurable: true }),
    ...(isPresent(CapacityProviderConfig) && { isManaged: true }),
    ...definedFields({ FunctionArn, Runtime, Description, MemorySize, Timeout, LastModified, PackageType }),
  };
}

/**
 * Lists the functions of an account and region; `onPage` receives each page of up to 50. Rejects with InvokeError.
 * Source: Lambda API reference, ListFunctions.
 */
export async function listFunctions(
  context: ReadContext,
  onPage: (functions: readonly FunctionSummary[]) => void,
): Promise<void> {
  const { clients, connection, config, signal } = context;
  const client = clients.lambda(connection, config, 'read');
  await eachPage(
    (marker) =>
      read('the list of functions', context, (track) =>
        client.send(track(new ListFunctionsCommand(marker)), { abortSignal: signal }),
      ),
    ({ Functions = [] }) => onPage(Functions.map(toSummary)),
  );
}

function toFacts(
  configuration: FunctionConfiguration,
  url: { readonly mode?: string; readonly notes: readonly Message[] },
): FunctionFacts {
  const { Version, Handler, Architectures, State, StateReason, StateReasonCode, LastUpdateStatus } = configuration;
  const { LastUpdateStatusReason, LastUpdateStatusReasonCode, TracingConfig, LoggingConfig } = configuration;
  const { TenancyConfig, DurableConfig, CapacityProviderConfig } = configuration;
  const provider = CapacityProviderConfig?.LambdaManagedInstancesCapacityProviderConfig;
  return {
    ...toSummary(configuration),
    ...definedFields({
      Version,
      Handler,
      Architectures,
      State,
      StateReason,
      StateReasonCode,
      LastUpdateStatus,
      LastUpdateStatusReason,
      LastUpdateStatusReasonCode,
      CapacityProviderArn: provider?.CapacityProviderArn,
      PerExecutionEnvironmentMaxConcurrency: provider?.PerExecutionEnvironmentMaxConcurrency,
      ExecutionEnvironmentMemoryGiBPerVCpu: provider?.ExecutionEnvironmentMemoryGiBPerVCpu,
      Tracing: TracingConfig?.Mode,
      LogGroup: LoggingConfig?.LogGroup,
      LogFormat: LoggingConfig?.LogFormat,
      SystemLogLevel: LoggingConfig?.SystemLogLevel,
      TenantIsolationMode: TenancyConfig?.TenantIsolationMode,
      UrlInvokeMode: url.mode,
    }),
    isDurable: isPresent(DurableConfig),
    isManaged: isPresent(CapacityProviderConfig),
    notes: url.notes,
  };
}

type FunctionUrl = Parameters<typeof toFacts>[1];

/** The invoke mode of the function URL. A missing permission becomes a note. Never rejects. */
async function readUrl(context: ReadContext, input: { readonly FunctionName: string }): Promise<FunctionUrl> {
  const { clients, connection, config, signal } = context;
  const client = clients.lambda(connection, config, 'read');
  return read('the function URL', context, (track) =>
    client.send(track(new GetFunctionUrlConfigCommand(input)), { abortSignal: signal }),
  ).then(
    ({ InvokeMode }) => ({ notes: [], ...(InvokeMode !== undefined && { mode: InvokeMode }) }),
    // A 404 means there is no function URL; other errors become notes.
    (error: unknown) => ({ notes: isInvokeError(error) && !isMissing(error) ? [error.reason] : [] }),
  );
}

function isMissing(error: unknown): boolean {
  return isInvokeError(error) && error.exception?.StatusCode === 404;
}

/**
 * Reads the configuration of a function, version or alias, and the invoke mode of its function URL. Without a qualifier,
 * it is that of the version that is invoked: $LATEST.PUBLISHED on managed instances. A missing permission for one of
 * the later reads becomes a note. Rejects with InvokeError.
 * Source: Lambda API reference, GetFunctionConfiguration, GetFunctionUrlConfig.
 */
export async function readFunction(
  context: ReadContext,
  FunctionName: string,
  Qualifier?: string,
): Promise<FunctionFacts> {
  const { clients, connection, config, signal } = context;
  const client = clients.lambda(connection, config, 'read');
  const input = { FunctionName, ...(Qualifier !== undefined && { Qualifier }) };
  // Function URLs belong to a function or an alias, never to a version.
  const isVersion = Qualifier !== undefined && /^(\d+|\$LATEST.*)$/.test(Qualifier);
  const url = readUrl(context, isVersion ? { FunctionName } : input);
  const readConfiguration = (fields: typeof input) =>
    read('the function', context, (track) =>
      client.send(track(new GetFunctionConfigurationCommand(fields)), { abortSignal: signal }),
    );
  const configuration = await readConfiguration(input);
  const isQualified = Qualifier !== undefined || parseFunctionName(FunctionName)?.qualifier !== undefined;
  if (isQualified || !isPresent(configuration.CapacityProviderConfig)) return toFacts(configuration, await url);
  try {
    const published = await readConfiguration({ FunctionName, Qualifier: LATEST_PUBLISHED });
    return toFacts(published, await url);
  } catch (error) {
    if (signal.aborted || !isInvokeError(error)) throw error;
    const facts = toFacts(configuration, await url);
    if (isMissing(error)) return { ...facts, isUnpublished: true };
    // Its state is that of $LATEST, which is never invocable.
    const { State: _, ...others } = facts;
    return { ...others, notes: [...facts.notes, error.reason] };
  }
}

async function listAliases(context: ReadContext, FunctionName: string): Promise<AliasSummary[]> {
  const { clients, connection, config, signal } = context;
  const client = clients.lambda(connection, config, 'read');
  const aliases: AliasSummary[] = [];
  await eachPage(
    (marker) =>
      read('the aliases', context, (track) =>
        client.send(track(new ListAliasesCommand({ FunctionName, ...marker })), { abortSignal: signal }),
      ),
    ({ Aliases = [] }) => {
      for (const { Name = '', FunctionVersion = '', Description, RoutingConfig } of Aliases) {
        const weights = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {});
        aliases.push({
          Name,
          FunctionVersion,
          ...definedFields({ Description }),
          weights: weights.map(([version, weight]) => ({ version, weight })),
        });
      }
    },
  );
  return aliases;
}

async function listVersions(context: ReadContext, FunctionName: string): Promise<VersionSummary[]> {
  const { clients, connection, config, signal } = context;
  const client = clients.lambda(connection, config, 'read');
  const versions: VersionSummary[] = [];
  await eachPage(
    (marker) =>
      read('the versions', context, (track) =>
        client.send(track(new ListVersionsByFunctionCommand({ FunctionName, ...marker })), { abortSignal: signal }),
      ),
    ({ Versions = [] }) => {
      for (const { Version = '', Description, LastModified, Runtime, CapacityProviderConfig } of Versions) {
        const managed = isPresent(CapacityProviderConfig) ? { isManaged: true } : {};
        versions.push({ Version, ...definedFields({ Description, LastModified, Runtime }), ...managed });
      }
    },
  );
  return newestFirst(versions);
}

/**
 * Lists all aliases and versions of a function. If one of the lists fails, it is empty and `problems` has the reason;
 * if both fail, or the user needs to sign in, rejects with InvokeError. Source: Lambda API reference, ListAliases,
 * ListVersionsByFunction.
 */
export async function listQualifiers(context: ReadContext, FunctionName: string): Promise<Qualifiers> {
  const problems: Message[] = [];
  let failed: unknown;
  const collectProblem = async <T>(listing: Promise<T[]>): Promise<T[]> =>
    listing.catch((error: unknown) => {
      failed = error;
      if (isInvokeError(error)) problems.push(error.reason);
      return [];
    });
  const [aliases, versions] = await Promise.all([
    collectProblem(listAliases(context, FunctionName)),
    collectProblem(listVersions(context, FunctionName)),
  ]);
  // Fail as a whole when the credentials are the cause or both lists failed.
  const needsLogin = isInvokeError(failed) && failed.loginProfile !== undefined;
  if (failed !== undefined && (needsLogin || problems.length !== 1)) throw failed;
  return { aliases, versions, problems };
}
