import { Invocations } from '../app/invocations.ts';
import { findProtection } from '../app/protection.ts';
import { untilAborted } from '../core/async/untilAborted.ts';
import { lazy, type Lazy } from '../core/async/lazy.ts';
import type { Aws } from '../core/connection/aws.ts';
import { effectiveProfile } from '../core/connection/confirmPatterns.ts';
import { describeConnection, type Connection, type ConnectionView } from '../core/connection/connection.ts';
import { createKnownFunctions } from '../core/functions/knownFunctions.ts';
import { parseFunctionName } from '../core/functions/functionName.ts';
import type { LocalFunctionsView } from '../core/functions/localFunctionView.ts';
import { unknownLocalFunction } from '../core/functions/unknownFunction.ts';
import { quoteBash } from '../core/importExport/shellQuote.ts';
import { describeFunction, type Invocation } from '../core/invocation/invocation.ts';
import type { Invoke } from '../core/invocation/invokeRequest.ts';
import { errorText } from '../core/messages/errorText.ts';
import { message, type Message } from '../core/messages/messages.ts';
import { InvokeError, isInvokeError } from '../core/outcome/invokeError.ts';
import { askMfaCode } from './askMfaCode.ts';
import type { CommonOptions } from './commonArguments.ts';
import type { Interrupt } from './interrupt.ts';
import { createLocalFunctions, type LocalFunctions } from './localFunctions.ts';
import type { ProcessIo } from './processIo.ts';
import { sentenceOf } from './sentenceOf.ts';
import { readPayload } from './workspaceFiles.ts';

/** What the commands share: the connections, and the invocations on them. */
export interface Session {
  readonly invocations: Invocations;
  readonly local: LocalFunctions;
  /** Why an invocation isn't allowed, or undefined if it is. Sends no invocation. Never rejects. */
  refusal(invocation: Invocation, connection: Connection, signal: AbortSignal): Promise<Message | undefined>;
  /** Waits for asynchronous invocations of local functions, which end with the command line. Never rejects. */
  finishEvents(interrupt: Interrupt): Promise<void>;
  close(): Promise<void>;
}

interface SessionOptions {
  readonly aws: Lazy<Aws>;
  readonly options: Pick<CommonOptions, 'isConfirmed'>;
  /** The absolute path of the workspace folder. */
  readonly folder: string;
  /** The patterns that require `--yes`. */
  readonly patterns: readonly string[];
  readonly io: ProcessIo;
}

/** The patterns in LAMBDA_INVOKE_CONFIRM, separated by commas. */
export function environmentPatterns({ LAMBDA_INVOKE_CONFIRM: text = '' }: NodeJS.ProcessEnv): string[] {
  return text
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

/** Names the nearest local functions if a function doesn't exist. */
function explainUnknown(invoke: Invoke, local: LocalFunctions): Invoke {
  return (request, options) =>
    invoke(request, options).catch(async (error: unknown) => {
      const isUnknown = isInvokeError(error) && error.reason.code === 'functionNotFound';
      if (!isUnknown || options.target.kind !== 'local') throw error;
      const { functions, problems } = (await local.ask({ what: 'functions' })) as LocalFunctionsView;
      throw new InvokeError(unknownLocalFunction(request, functions, problems), { cause: error });
    });
}

/** Starts to load the SDK, which takes longer than reading the presets. */
export function loadAws(io: ProcessIo): Lazy<Aws> {
  // The SDK's notice about its future versions isn't for the users of a bundle.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const aws = lazy(async () => {
    const { createAws } = await import('../aws/index.ts');
    return createAws(io.environment, {
      askMfaCode: (serial, profile, signal) => askMfaCode(io, { serial, profile, signal }),
    });
  });
  aws().catch(() => undefined); // reported when it is used
  return aws;
}

export function createSession({ aws, options, folder, patterns, io }: SessionOptions): Session {
  const { environment, dist, stderr } = io;
  const local = createLocalFunctions(folder, {
    dist,
    environment,
    onProblem: (problem) => void stderr.write(`Unexpected error in the running local endpoint: ${problem}\n`),
  });

  async function describe(connection: Connection): Promise<ConnectionView> {
    if (connection.kind === 'local') return connection;
    return (await aws()).describe(connection).catch((): ConnectionView => connection);
  }

  async function refusal(
    invocation: Invocation,
    connection: Connection,
    signal: AbortSignal,
  ): Promise<Message | undefined> {
    if (options.isConfirmed) return undefined;
    const profile = effectiveProfile(connection, environment);
    const protection = await findProtection(
      { invocation, connection, profile },
      {
        patterns,
        describe,
        identify: async (target, ...rest) => {
          if (target.kind === 'local') throw new Error('Local has no identity');
          return (await aws()).readIdentity(target, ...rest);
        },
        signal,
        reportPrompt: () => undefined,
      },
    );
    if (protection === undefined) return undefined;
    const { pattern, view, account } = protection;
    const place = describeConnection(view, parseFunctionName(invocation.FunctionName)?.region);
    const parts = [pattern, describeFunction(invocation), place] as const;
    if (account?.unknown === undefined) return message('cliConfirm', ...parts);
    const { unknown } = account;
    const reason = isInvokeError(unknown) ? sentenceOf(unknown.reason) : errorText(unknown);
    return message('cliConfirmUnsure', ...parts, sentenceOf(message('confirmUnsure', reason)));
  }

  const invoke: Invoke = async (request, invokeOptions) => (await aws()).invoke(request, invokeOptions);
  const invocations = new Invocations({
    readPayload: (source) => readPayload(source, io),
    async confirm({ invocation, connection }, signal) {
      const reason = await refusal(invocation, connection, signal);
      if (reason !== undefined) throw new InvokeError(reason);
      return true;
    },
    signIn: (profile) => Promise.reject(new InvokeError(message('cliSignIn', profile, quoteBash(profile)))),
    target: async (connection) =>
      connection.kind === 'local' ? { kind: 'local', address: await local.address() } : connection,
    maxRetries: () => 0,
    knownFunctions: createKnownFunctions(),
    invoke: explainUnknown(invoke, local),
  });
  let hasLocalEvents = false;
  invocations.listen({
    onDidEnd({ order: { connection }, result: { outcome } }) {
      if (connection.kind === 'local' && outcome.state === 'accepted') hasLocalEvents = true;
    },
  });

  async function finishEvents(interrupt: Interrupt): Promise<void> {
    const { signal } = interrupt;
    if (!hasLocalEvents || signal.aborted) return;
    const done = interrupt.begin('asynchronous local invocations');
    stderr.write('Waiting for asynchronous local invocations.\n');
    await untilAborted(local.ask({ what: 'eventsEnd' }), signal).catch(() => undefined);
    done();
  }

  return { invocations, local, refusal, finishEvents, close: () => local.close() };
}
