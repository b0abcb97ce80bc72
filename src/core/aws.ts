import type { ProfileView } from './awsConfig/profile.ts';
import type { CallerIdentity } from './callerIdentity.ts';
import type { ConnectionView } from './connection.ts';
import type { FunctionFacts, FunctionSummary, Qualifiers } from './functionFacts.ts';
import type { Invoke, InvokeTarget } from './invokeRequest.ts';

/** What the person does in the browser: the code they compare, and the address to open. */
export interface SsoPrompt {
  readonly userCode: string;
  readonly address: string;
}

/** A connection of AWS, not of the local endpoint. */
export type AwsTarget = Extract<InvokeTarget, { kind: 'aws' }>;

/** Everything of AWS that the rest of the extension uses. Its bundle is loaded when it is first needed. Rejects with InvokeError. */
export interface Aws {
  readonly invoke: Invoke;
  /** A connection with the region and endpoint that count for it now, and the account where it is known. Asks nobody. */
  readonly describe: (target: AwsTarget) => Promise<ConnectionView>;
  /** Makes the first invocation as quick as the next ones; sends nothing, and looks for no credentials. */
  readonly rehearse: () => Promise<void>;
  /** All profiles in the order of the files, the broken ones too. Never rejects. */
  listProfiles(): Promise<ProfileView[]>;
  /** The files whose change may change a connection. */
  configPaths(): string[];
  /** The account and the role of a connection, from STS; kept as long as its credentials' sources stay the same. */
  readIdentity(target: AwsTarget, signal: AbortSignal): Promise<CallerIdentity>;
  /** Signs a profile in through SSO; undefined means the one of the default chain. Takes as long as the person does. */
  logIn(profile: string | undefined, options: LoginOptions): Promise<void>;
  listFunctions(
    target: AwsTarget,
    onPage: (functions: readonly FunctionSummary[]) => void,
    signal: AbortSignal,
  ): Promise<void>;
  readFunction(target: AwsTarget, named: NamedFunction, signal: AbortSignal): Promise<FunctionFacts>;
  listQualifiers(target: AwsTarget, named: NamedFunction, signal: AbortSignal): Promise<Qualifiers>;
  /** The functions of a stack: logical ids and deployed names. */
  listStackFunctions(target: AwsTarget, stackName: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

interface NamedFunction {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

interface LoginOptions {
  readonly signal: AbortSignal;
  readonly onPrompt: (prompt: SsoPrompt) => void;
}
