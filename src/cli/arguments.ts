import { nearestWord } from '../core/messages/nearestWord.ts';
import { parseInvokeOptions, type InvokeOptions } from './invokeArguments.ts';
import { parseLogsOptions, type LogsOptions } from './logsArguments.ts';
import { parseTestOptions, type TestOptions } from './testArguments.ts';
import { COMMANDS, UsageError, type CommandName } from './usageError.ts';

export type CliCommand =
  | { readonly kind: 'help'; readonly topic: 'general' | CommandName }
  | { readonly kind: 'version' }
  | { readonly kind: 'test'; readonly options: TestOptions }
  | { readonly kind: 'invoke'; readonly options: InvokeOptions }
  | { readonly kind: 'logs'; readonly options: LogsOptions };

/** Parses the arguments after the program's name. Throws UsageError. */
export function parseArguments(args: readonly string[]): CliCommand {
  const [command, ...rest] = args;
  switch (command) {
    case 'test': {
      const options = parseTestOptions(rest);
      return options === 'help' ? { kind: 'help', topic: 'test' } : { kind: 'test', options };
    }
    case 'invoke': {
      const options = parseInvokeOptions(rest);
      return options === 'help' ? { kind: 'help', topic: 'invoke' } : { kind: 'invoke', options };
    }
    case 'logs': {
      const options = parseLogsOptions(rest, Date.now());
      return options === 'help' ? { kind: 'help', topic: 'logs' } : { kind: 'logs', options };
    }
    case 'help':
      return { kind: 'help', topic: COMMANDS.find((each) => each === rest[0]) ?? 'general' };
    case '--help':
    case '-h':
      return { kind: 'help', topic: 'general' };
    case '--version':
      return { kind: 'version' };
    case undefined:
      throw new UsageError('Specify a command: test, invoke, or logs.', 'general');
    default: {
      if (command.startsWith('-'))
        throw new UsageError(
          `The first argument is ${command}. Put the command, such as invoke, before it.`,
          'general',
        );
      const nearest = nearestWord(command, COMMANDS);
      const hint = nearest === undefined ? 'Use test, invoke, or logs.' : `Did you mean ${nearest}?`;
      throw new UsageError(`Unknown command "${command}". ${hint}`, 'general');
    }
  }
}
