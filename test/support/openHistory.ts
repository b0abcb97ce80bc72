import type { EndedInvocation } from '../../src/app/invocations.ts';
import type { InvocationOrder } from '../../src/app/runInvocation.ts';
import type { HistoryOperation } from '../../src/core/history/historyState.ts';
import type { Outcome } from '../../src/core/outcome/outcome.ts';
import type { BodyLimits } from '../../src/host/history/bodyLimits.ts';
import { HistoryReader } from '../../src/host/history/historyReader.ts';
import { HistoryStorage } from '../../src/host/history/historyStorage.ts';
import { succeeded } from './historyEntry.ts';

export interface HistoryOptions {
  /** Whether payloads and responses are stored. */
  readonly bodies?: ReturnType<ConstructorParameters<typeof HistoryStorage>[0]['bodies']>;
  readonly limits?: BodyLimits;
}

/** The history of a window, without VS Code. */
export function openHistory(folder: string, { bodies = 'kept', limits }: HistoryOptions = {}) {
  const errors: string[] = [];
  const removed: string[] = [];
  let changes = 0;
  let setting = bodies;
  let onAsk = () => undefined as void;
  const reader = new HistoryReader(folder, (ids) => {
    changes++;
    removed.push(...ids);
    void storage.forget(ids);
  });
  const storage: HistoryStorage = new HistoryStorage({
    reader,
    folder,
    bodies() {
      onAsk();
      return setting;
    },
    onSave: (_, error) => void (error === undefined || errors.push(String((error as NodeJS.ErrnoException).code))),
    ...(limits && { limits }),
  });
  return {
    reader,
    storage,
    errors,
    removed,
    get changes() {
      return changes;
    },
    /** The IDs of the entries, newest first. */
    get ids(): string[] {
      return reader.entries.map(({ invocationId }) => invocationId);
    },
    async add(...invocations: readonly EndedInvocation[]): Promise<void> {
      await Promise.all(invocations.map((ended) => storage.add(ended, 1).saved));
    },
    async change(...operations: readonly HistoryOperation[]): Promise<void> {
      reader.change(...operations);
      await storage.save();
    },
    async set(value: typeof bodies): Promise<void> {
      setting = value;
      await storage.applySetting();
    },
    /** Called when the setting is read: after an entry is saved, before its bodies are. */
    onAsk(listener: () => void): void {
      onAsk = listener;
    },
    /** The response of an entry as text, if it's stored. */
    async response(invocationId: string): Promise<string | undefined> {
      const entry = reader.entries.find((one) => one.invocationId === invocationId);
      const ended = entry && (await storage.ended(entry));
      return ended && new TextDecoder().decode(ended.result.Payload);
    },
  };
}

interface InvocationParts {
  readonly response?: string;
  readonly sent?: string;
  readonly outcome?: Outcome;
  readonly order?: Partial<InvocationOrder>;
}

/** A finished invocation with an inline payload. */
export function endedInvocation(
  invocationId: string,
  { response = '', sent = '{}', outcome = succeeded, order = {} }: InvocationParts = {},
): EndedInvocation {
  const payload = { kind: 'typed', text: sent } as const;
  const invocation = { FunctionName: 'hello', InvocationType: 'RequestResponse', payload } as const;
  return {
    invocationId,
    order: { invocation, connection: { kind: 'local' }, ...order },
    result: { outcome, sent: new TextEncoder().encode(sent), Payload: new TextEncoder().encode(response) },
  };
}
