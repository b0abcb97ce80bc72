import type { ProfileView } from './profile.ts';
import type { CallerIdentity } from './callerIdentity.ts';
import type { ConnectionView } from './connection.ts';
import type { FunctionFacts, FunctionSummary, Qualifiers } from '../functions/functionFacts.ts';
import type { Invoke, InvokeTarget } from '../invocation/invokeRequest.ts';
import type { Message } from '../messages/messages.ts';
import type { OnPrompt } from '../async/promptTimer.ts';

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
  readonly warmUpSdk: () => Promise<void>;
  /** All profiles in the order of the files, the broken ones too, and what is wrong with a file as a whole. Never rejects. */
  listProfiles(): Promise<{ readonly profiles: readonly ProfileView[]; readonly problems: readonly Message[] }>;
  /** The account and the role of a connection, from STS; kept as long as its credentials' sources stay the same. */
  readIdentity(target: AwsTarget, signal: AbortSignal, onPrompt?: OnPrompt): Promise<CallerIdentity>;
  /** Signs a profile in through SSO; undefined means the one of the default chain. Takes as long as the person does. */
  logIn(profile: string | undefined, options: LoginOptions): Promise<void>;
  /** The functions of the account in the region, page by page as they arrive (50 at a time). */
  listFunctions(
    target: AwsTarget,
    onPage: (functions: readonly FunctionSummary[]) => void,
    signal: AbortSignal,
  ): Promise<void>;
  /** What Lambda knows of a function, and its URL's mode where that may be read. */
  readFunction(target: AwsTarget, named: NamedFunction, signal: AbortSignal): Promise<FunctionFacts>;
  /** All aliases and versions of a function; of what may not be read, the reason. */
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
