/** How a process waits for a debugger. */
export interface ProcessDebugger {
  /** The arguments of the program, from those without a debugger. */
  argumentsFrom(args: readonly string[]): string[];
  /** Additional environment variables, which the function doesn't see. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where to attach, once the process waits. Rejects if the process ends first. */
  readonly address: Promise<string>;
  /** The output without lines of the debugger. */
  filter(bytes: Buffer): Buffer;
  /** Sets the function that kills the process when the debugger disconnects, so that it doesn't continue at a breakpoint. */
  onDisconnect(kill: () => void): void;
  /** Call when the process has ended, with the reason. */
  end(reason: string): void;
}
