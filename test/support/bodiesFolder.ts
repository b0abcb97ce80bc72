import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { EndedInvocation } from '../../src/app/invocations.ts';
import { openHistory, type HistoryOptions } from './openHistory.ts';

/** A new folder for each test, with a history that stores payloads and responses. */
export function useBodiesFolder() {
  let root: string;
  const opened: ReturnType<typeof openHistory>[] = [];
  const at = (...names: readonly string[]) => join(root, 'history', ...names);

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'li-bodies-'));
  });

  afterEach(async () => {
    for (const { storage } of opened.splice(0)) storage.dispose();
    await rm(root, { recursive: true, force: true });
  });

  /** Opens the history, as another window does. */
  function open(options?: HistoryOptions) {
    const history = openHistory(at(), options);
    opened.push(history);
    return history;
  }

  return {
    /** The parent of the history's folder. */
    get root() {
      return root;
    },
    get folder() {
      return at();
    },
    get bodies() {
      return at('bodies');
    },
    open,
    /** The names of the files with payloads and responses. */
    files: () => readdir(at('bodies')).catch(() => []),
    /** An invocation as a later window reads it. */
    async recalled(invocationId: string): Promise<EndedInvocation | undefined> {
      const { reader, storage } = open();
      const entry = reader.entries.find((one) => one.invocationId === invocationId);
      return entry && (await storage.ended(entry));
    },
  };
}
