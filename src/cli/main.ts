// The command line: lambda-invoke test, lambda-invoke invoke.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../core/messages/errorText.ts';
import { toSentence } from '../core/messages/messages.ts';
import { visibleLine, visibleText } from '../core/messages/visibleText.ts';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import { parseArguments, type CliCommand } from './arguments.ts';
import { HELP } from './help.ts';
import { listenToInterrupts, type Interrupt } from './interrupt.ts';
import { runInvoke } from './invokeCommand.ts';
import { print, type ProcessIo } from './processIo.ts';
import { UsageError } from './usageError.ts';

function version(): string {
  const { version: text } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { version: string };
  return text;
}

async function run(command: CliCommand, io: ProcessIo, interrupt: Interrupt): Promise<number> {
  switch (command.kind) {
    case 'help':
      await print(io.stdout, `${HELP[command.topic]}\n`);
      return 0;
    case 'version':
      await print(io.stdout, `${version()}\n`);
      return 0;
    case 'invoke':
      return runInvoke(command.options, io, interrupt);
    case 'test': {
      const { runTests } = await import('./testCommand.ts');
      return runTests(command.options, io, interrupt);
    }
  }
}

/** What to print for an error before anything was invoked. */
function problemText(error: unknown): string {
  if (error instanceof UsageError) {
    const help = error.command === undefined ? '--help' : `${error.command} --help`;
    return `${visibleText(error.message)}\nRun lambda-invoke ${help} for help.`;
  }
  return visibleLine(isInvokeError(error) ? toSentence(error.reason) : `Unexpected error: ${errorText(error)}`);
}

async function main(): Promise<void> {
  const { env: environment, stdout, stderr } = process;
  const io: ProcessIo = {
    environment,
    stdout,
    stderr,
    dist: __dirname,
    // Opened only when it is read.
    get stdin() {
      return process.stdin;
    },
  };
  // A reader that is gone, such as head, isn't an error of this program.
  for (const stream of [stdout, stderr]) stream.on('error', () => undefined);
  const interrupt = listenToInterrupts((running) => {
    const what = running.length === 0 ? '' : ` Running: ${running.map(visibleLine).join(', ')}.`;
    const note = running.length === 0 ? '' : " Stopping doesn't cancel the function.";
    stderr.write(`\nInterrupted.${what}${note}\n`);
  });
  let exitCode = 2;
  try {
    exitCode = await run(parseArguments(process.argv.slice(2)), io, interrupt);
  } catch (error) {
    await print(stderr, `${problemText(error)}\n`);
  }
  process.exit(interrupt.exitCode() ?? exitCode);
}

void main();
