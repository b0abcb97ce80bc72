/** An event for a runtime. */
export interface RuntimeEvent {
  readonly requestId: string;
  readonly body: Uint8Array;
  /** The Runtime API's headers, without `Lambda-Runtime-Aws-Request-Id`, which is set from `requestId`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** A response or error of a runtime. `requestId` is undefined for an init error. */
export interface RuntimeReply {
  readonly kind: 'response' | 'error';
  readonly requestId: string | undefined;
  readonly body: Buffer;
  readonly errorType: string | undefined;
}

/** Receives a part of a streamed response; resolves when the receiver is ready for more. */
export type OnChunk = (bytes: Uint8Array) => Promise<void>;

/** How a runtime receives events and sends replies: a pair of pipes, or the Runtime API over HTTP. */
export interface RuntimeChannel {
  /** Delivers an event. `onChunk` receives a streamed response. */
  send(event: RuntimeEvent, onChunk?: OnChunk): void;
  /** Whether a part of a streamed response waits for its receiver. */
  readonly isDelivering: boolean;
  /** How many bytes have arrived through the pipe. 0 with HTTP, where `isDelivering` lasts until the request has ended. */
  readonly receivedBytes: number;
  /** Whether the runtime can't receive another event. */
  readonly isBroken: boolean;
  /** Whether the runtime has certainly ended without passing the last event to the handler. */
  readonly hasUnreadEvent: boolean;
  close(): void;
}

export interface ChannelListeners {
  /** The runtime has finished init. */
  readonly onReady: () => void;
  readonly onReply: (reply: RuntimeReply) => void;
  /** The runtime has loaded files outside the code folder. */
  readonly onLoaded: (files: readonly string[]) => void;
  /** The runtime has closed the channel, or sent something that isn't a reply. It can't handle another event. */
  readonly onBroken: () => void;
}
