import type { Connection } from '../connection/connection.ts';
import type { Invocation } from './invocation.ts';
import type { InvokeResponse } from '../outcome/outcome.ts';
import type { OnPrompt } from '../async/promptTimer.ts';

/** An invocation with its payload's bytes at hand. ClientContext is still the JSON text. */
export interface InvokeRequest extends Omit<Invocation, 'payload'> {
  readonly Payload: Uint8Array;
}

/** Where the local endpoint listens, and the key pair it was started with. Lives in memory only. */
export interface LocalAddress {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A connection with what is needed to use it. */
export type InvokeTarget =
  | (Extract<Connection, { kind: 'aws' }> & {
      /** From the settings; counts before what environment and profile name. */
      readonly endpointSetting?: string;
    })
  | { readonly kind: 'local'; readonly address: LocalAddress };

export interface InvokeOptions {
  readonly target: InvokeTarget;
  readonly signal: AbortSignal;
  /** Told when this invocation waits for a person's answer (an MFA code), and when no more. */
  readonly onPrompt?: OnPrompt;
  /** Takes a streamed response as it comes; the next chunk is read when the promise has resolved. */
  readonly onChunk?: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Sends one request, once. With InvokeMode RESPONSE_STREAM the response goes to `onChunk`, and the answer's Payload is
 * empty. Rejects with InvokeError only.
 */
export type Invoke = (request: InvokeRequest, options: InvokeOptions) => Promise<InvokeResponse>;
