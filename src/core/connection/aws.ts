import type { ProfileView } from './profile.ts';
import type { CallerIdentity } from './callerIdentity.ts';
import type { ConnectionView } from './connection.ts';
import type { FunctionFacts, FunctionSummary, Qualifiers } from '../functions/functionFacts.ts';
import type { Invoke, InvokeTarget } from '../invocation/invokeRequest.ts';
import type { LogReader } from '../logs/logReader.ts';
import type { Message } from '../messages/messages.ts';
import type { OnPrompt } from '../async/promptTimer.ts';

/** The code to compare and the address to open in the browser. */
export interface SsoPrompt {
  readonly userCode: string;
  readonly address: string;
}

/** An AWS connection, as opposed to the local endpoint. */
export type AwsTarget = Extract<InvokeTarget, { kind: 'aws' }>;

/**
 * The AWS services of the extension. The implementation's bundle is loaded on first use. All methods reject with
 * InvokeError.
 */
export interface Aws {
  readonly invoke: Invoke;
  /** Describes a connection with its effective region and endpoint, and the account if known. Sends no request. */
  readonly describe: (target: AwsTarget) => Promise<ConnectionView>;
  /** Loads the SDK ahead of the first invocation. Sends no request and resolves no credentials. */
  readonly warmUpSdk: () => Promise<void>;
  /** All profiles in file order, including invalid ones, and problems of the files themselves. Never rejects. */
  listProfiles(): Promise<{ readonly profiles: readonly ProfileView[]; readonly problems: readonly Message[] }>;
  /** The account and role of a connection, from STS GetCallerIdentity. Cached until its credential sources change. */
  readIdentity(target: AwsTarget, signal: AbortSignal, onPrompt?: OnPrompt): Promise<CallerIdentity>;
  /** Signs in through SSO. Undefined means the profile of the default chain. Has no timeout, because the user acts. */
  logIn(profile: string | undefined, options: LoginOptions): Promise<void>;
  /** Lists the functions of the account and region. Calls `onPage` for each page of up to 50. */
  listFunctions(
    target: AwsTarget,
    onPage: (functions: readonly FunctionSummary[]) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** A function's configuration, and the mode of its function URL if it may be read. */
  readFunction(target: AwsTarget, named: NamedFunction, signal: AbortSignal): Promise<FunctionFacts>;
  /** All aliases and versions of a function. Missing permissions are reported in `problems`. */
  listQualifiers(target: AwsTarget, named: NamedFunction, signal: AbortSignal): Promise<Qualifiers>;
  /** The functions of a stack: logical ID → physical name. */
  listStackFunctions(target: AwsTarget, stackName: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** CloudWatch Logs. Its bundle is loaded on first use. */
  readonly logs: LogReader;
}

interface NamedFunction {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

interface LoginOptions {
  readonly signal: AbortSignal;
  readonly onPrompt: (prompt: SsoPrompt) => void;
}
