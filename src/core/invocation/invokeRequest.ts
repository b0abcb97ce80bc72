import type { Connection } from '../connection/connection.ts';
import type { Invocation } from './invocation.ts';
import type { InvokeResponse } from '../outcome/outcome.ts';
import type { OnPrompt } from '../async/promptTimer.ts';

/** An invocation with the payload's bytes. ClientContext is still JSON text. */
export interface InvokeRequest extends Omit<Invocation, 'payload'> {
  readonly Payload: Uint8Array;
}

/** The address of the local endpoint and the key pair it was started with. Kept in memory only. */
export interface LocalAddress {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A connection and what is needed to use it. */
export type InvokeTarget =
  | (Extract<Connection, { kind: 'aws' }> & {
      /** From the settings. Overrides the environment and the profile. */
      readonly endpointSetting?: string;
    })
  | { readonly kind: 'local'; readonly address: LocalAddress };

export interface InvokeOptions {
  readonly target: InvokeTarget;
  readonly signal: AbortSignal;
  /** Environment variables for a local function. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called when this invocation starts and stops waiting for the user, for example for an MFA code. */
  readonly onPrompt?: OnPrompt;
  /** Receives a chunk of a streamed response. The next chunk is read after the promise resolves. */
  readonly onChunk?: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Sends exactly one request. With InvokeMode RESPONSE_STREAM, the response goes to `onChunk` and the returned Payload
 * is empty. Rejects only with InvokeError.
 */
export type Invoke = (request: InvokeRequest, options: InvokeOptions) => Promise<InvokeResponse>;
