/** How a process waits for a debugger. */
export interface ProcessDebugger {
  /** Arguments before those of the runtime. */
  readonly args: readonly string[];
  /** Additional environment variables, which the function doesn't see. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where to attach, once the process waits. Rejects if the process ends before. */
  readonly address: Promise<string>;
  /** The output without lines of the debugger. */
  filter(bytes: Buffer): Buffer;
  /** Sets what ends the process when the debugger disconnects, before it could continue at a breakpoint. */
  onDisconnect(kill: () => void): void;
  /** Call when the process has ended, with the reason. */
  end(reason: string): void;
}
