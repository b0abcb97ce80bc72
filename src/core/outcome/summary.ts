import { message, type Message } from '../messages/messages.ts';
import type { Outcome } from './outcome.ts';

/**
 * Summarizes an outcome in one line for notifications and the output channel: `succeeded (200) in 23 ms`. Contains the
 * state, the status code if there is one, and the total time. Never contains a payload.
 */
export function summarize(outcome: Outcome): Message {
  const time = formatMs(outcome.clientMs);
  switch (outcome.state) {
    case 'succeeded':
      return message('summarySucceeded', String(outcome.StatusCode), time);
    case 'accepted':
      return message('summaryAccepted', String(outcome.StatusCode), time);
    case 'dryRun':
      return message('summaryDryRun', String(outcome.StatusCode), time);
    case 'functionError':
      return message('summaryFunctionError', String(outcome.StatusCode), outcome.FunctionError ?? '', time);
    case 'failed':
    case 'cancelled':
      return outcome.reason;
  }
}

/** Formats milliseconds: `0.8 ms`, `23 ms`, `1.50 s`, `2 min 5 s`. */
export function formatMs(ms: number): string {
  if (ms < 10) return `${Number(ms.toFixed(1))} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(2)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Formats bytes, exact below 1 kB: `17 bytes`, `1.2 kB`, `6.3 MB` (powers of 1,000). */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return bytes === 1 ? '1 byte' : `${bytes} bytes`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
