/** The commands of the program. */
export const COMMANDS = ['test', 'invoke', 'logs'] as const;

export type CommandName = (typeof COMMANDS)[number];

/** Wrong use of the command line, or a reason why nothing could run. Exits with code 2. */
export class UsageError extends Error {
  /** The command that prints the help. Undefined if the help doesn't help. */
  readonly help: string | undefined;

  constructor(message: string, command?: 'general' | CommandName) {
    super(message);
    if (command !== undefined)
      this.help = command === 'general' ? 'lambda-invoke --help' : `lambda-invoke ${command} --help`;
  }
}
