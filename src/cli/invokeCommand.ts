import { randomUUID } from 'node:crypto';
import type { StreamSink } from '../app/responseStream.ts';
import type { InvocationOrder } from '../app/runInvocation.ts';
import { describeConnection } from '../core/connection/connection.ts';
import { onlyApplicable } from '../core/invocation/applicableFields.ts';
import { describeFunction } from '../core/invocation/invocation.ts';
import { visibleLine, visibleText } from '../core/messages/visibleText.ts';
import { hasResponse, type InvocationResult, type Outcome } from '../core/outcome/outcome.ts';
import { summarize } from '../core/outcome/summary.ts';
import type { InvokeOptions } from './invokeArguments.ts';
import type { Interrupt } from './interrupt.ts';
import { presetNamed } from './presetNamed.ts';
import { presetOrder, selectedConnection, valuesFor, type OrderContext } from './presetOrder.ts';
import { createOutput } from './output.ts';
import type { ProcessIo } from './processIo.ts';
import { sentenceOf } from './sentenceOf.ts';
import { createSession, environmentPatterns, loadAws } from './session.ts';
import { readPresets, workspaceFolder, type WorkspacePresets } from './workspaceFiles.ts';

async function orderOf(
  { invoked, ...options }: InvokeOptions,
  presets: WorkspacePresets,
  context: OrderContext,
): Promise<InvocationOrder> {
  if ('preset' in invoked) {
    const { preset } = presetNamed(invoked.preset, presets, 'invoke');
    return presetOrder(preset, context, valuesFor(context));
  }
  return { invocation: onlyApplicable(invoked.invocation), connection: selectedConnection(options) };
}

function logLines(outcome: Outcome): string[] {
  if (!hasResponse(outcome) || outcome.logTail === undefined) return [];
  const { text, isTruncated } = outcome.logTail;
  // Lines of one log entry are separated by \r.
  const lines = text.trimEnd().split(/\r\n|\r|\n/);
  return [...(isTruncated ? ['Truncated by Lambda to 4 KB:'] : []), ...lines].map(visibleText);
}

function errorLines(outcome: Outcome): string[] {
  if (outcome.state === 'functionError') {
    const { functionError, diagnosis } = outcome;
    const error = [functionError.type, functionError.message].filter((part) => part !== undefined).join(': ');
    return [...(error === '' ? [] : [error]), ...(diagnosis.advice ? [sentenceOf(diagnosis.advice)] : [])];
  }
  if (!('exception' in outcome) || outcome.exception === undefined) return [];
  const { name, message, StatusCode } = outcome.exception;
  return [`${[StatusCode, name].filter((part) => part !== undefined).join(' ')}: ${message}`];
}

/** What stderr shows after an invocation: the log, what happened, and what to do. */
function resultLines({ invocation, connection }: InvocationOrder, { outcome }: InvocationResult): string[] {
  const place = describeConnection(hasResponse(outcome) ? outcome.connection : connection);
  const summary = `${describeFunction(invocation)} (${place}): ${sentenceOf(summarize(outcome))}`;
  const lines = [summary, ...errorLines(outcome), ...outcome.notes.map((note) => sentenceOf(note))];
  return [...logLines(outcome), ...lines.map(visibleLine)];
}

/** 1 for a function error, and 2 without a response. */
function exitCode(outcome: Outcome): number {
  if (outcome.state === 'functionError') return 1;
  return hasResponse(outcome) ? 0 : 2;
}

/**
 * Invokes a function once. Resolves to the exit code. Rejects with UsageError or InvokeError before it is sent, and with
 * UsageError if the response can't be written.
 */
export async function runInvoke(options: InvokeOptions, io: ProcessIo, interrupt: Interrupt): Promise<number> {
  const folder = workspaceFolder(options.workspace);
  const aws = loadAws(io);
  const presets = await readPresets(folder);
  const patterns = [...presets.confirm, ...options.confirm, ...environmentPatterns(io.environment)];
  const session = createSession({ aws, options, folder, patterns, io });
  try {
    const order = await orderOf(options, presets, { options, folder, io, newId: randomUUID });
    const done = interrupt.begin(`${describeFunction(order.invocation)} (${describeConnection(order.connection)})`);
    const output = createOutput(io.stdout, 'stdout');
    let written = Promise.resolve();
    const sink: StreamSink = {
      label: 'stdout',
      // Doesn't wait: a slow reader of stdout isn't a problem of the invocation.
      write(bytes) {
        written = output.write(bytes);
        return Promise.resolve();
      },
      end: () => Promise.resolve(),
    };
    const running = session.invocations.start(randomUUID(), order, { sink });
    if (running === undefined) throw new Error('The invocation ID is not unique');
    interrupt.signal.addEventListener('abort', () => running.stopWaiting(), { once: true });
    if (interrupt.signal.aborted) running.stopWaiting();
    const result = await running.result;
    const { outcome, Payload } = result;
    done();
    await written;
    const isStreamed = running.stream !== undefined && running.stream.stats.bytes > 0;
    if (Payload !== undefined && hasResponse(outcome) && !isStreamed) await output.write(Payload);
    if (!interrupt.signal.aborted)
      await createOutput(io.stderr, 'stderr').write(`${resultLines(order, result).join('\n')}\n`);
    output.check();
    await session.finishEvents(interrupt);
    return exitCode(outcome);
  } finally {
    await session.close();
  }
}
