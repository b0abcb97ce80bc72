import type { OutcomeView } from '../core/outcome/outcome.ts';
import type { RunningInvocation } from './invocations.ts';

/** A running invocation as the form shows it. */
export function runningView(running: RunningInvocation, isStopping: boolean): OutcomeView {
  const { stream } = running;
  const waitingFor = running.wait();
  if (waitingFor?.kind === 'retry') {
    const { until, ...retry } = waitingFor;
    return { state: 'waiting', waitingFor: { ...retry, remainingMs: Math.max(0, until - Date.now()) }, isStopping };
  }
  if (waitingFor !== undefined) return { state: 'waiting', waitingFor, isStopping };
  const streamed = stream === undefined ? {} : { stream: stream.stats };
  return { state: 'running', elapsedMs: running.elapsedMs(), isStopping, ...streamed };
}
