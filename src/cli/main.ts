// The command line: lambda-invoke test, lambda-invoke invoke, lambda-invoke logs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorText } from '../core/messages/errorText.ts';
import { visibleLine, visibleText } from '../core/messages/visibleText.ts';
import { isInvokeError } from '../core/outcome/invokeError.ts';
import { parseArguments, type CliCommand } from './arguments.ts';
import { HELP } from './help.ts';
import { interruptText, listenToInterrupts, type Interrupt } from './interrupt.ts';
import { runInvoke } from './invokeCommand.ts';
import { createOutput } from './output.ts';
import type { ProcessIo } from './processIo.ts';
import { sentenceOf } from './sentenceOf.ts';
import { UsageError } from './usageError.ts';

function version(): string {
  const { version: text } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { version: string };
  return text;
}

async function print(text: string, { stdout }: ProcessIo): Promise<number> {
  const output = createOutput(stdout, 'stdout');
  await output.write(`${text}\n`);
  output.check();
  return 0;
}

async function run(command: CliCommand, io: ProcessIo, interrupt: Interrupt): Promise<number> {
  switch (command.kind) {
    case 'help':
      return print(HELP[command.topic], io);
    case 'version':
      return print(version(), io);
    case 'invoke':
      return runInvoke(command.options, io, interrupt);
    case 'test': {
      const { runTests } = await import('./testCommand.ts');
      return runTests(command.options, io, interrupt);
    }
    case 'logs': {
      const { runLogs } = await import('./logsCommand.ts');
      return runLogs(command.options, io, interrupt);
    }
  }
}

/** What to print for an error before anything was invoked. */
function problemText(error: unknown): string {
  if (error instanceof UsageError) {
    const text = visibleText(error.message);
    return error.help === undefined ? text : `${text}\nRun ${error.help} for help.`;
  }
  return visibleLine(isInvokeError(error) ? sentenceOf(error.reason) : `Unexpected error: ${errorText(error)}`);
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
    stderr.write(`\n${visibleLine(interruptText(running))}\n`);
  });
  let exitCode = 2;
  try {
    exitCode = await run(parseArguments(process.argv.slice(2)), io, interrupt);
  } catch (error) {
    await createOutput(stderr, 'stderr').write(`${problemText(error)}\n`);
  }
  process.exit(interrupt.exitCode() ?? exitCode);
}

void main();
