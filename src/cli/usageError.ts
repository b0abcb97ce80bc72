/** Wrong use of the command line, or a reason why nothing could run. Exits with code 2. */
export class UsageError extends Error {
  /** The command whose help has the details. */
  readonly command: 'test' | 'invoke' | undefined;

  constructor(message: string, command?: 'test' | 'invoke') {
    super(message);
    this.command = command;
  }
}
