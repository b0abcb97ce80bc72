import type { Connection } from './connection.ts';
import type { Invocation } from './invocation.ts';
import type { InvokeAnswer } from './outcome.ts';

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
      /** From the settings; counts before all others. */ readonly endpoint?: string;
    })
  | { readonly kind: 'local'; readonly address: LocalAddress };

/** Sends one request, once. Rejects with InvokeError only. */
export type Invoke = (
  request: InvokeRequest,
  options: { readonly target: InvokeTarget; readonly signal: AbortSignal },
) => Promise<InvokeAnswer>;
