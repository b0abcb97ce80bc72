import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection.ts';
import type { EventFunction } from '../invoking/fileCommand.ts';
import type { FunctionBrowser } from './functionBrowser.ts';
import { inRegion } from './inRegion.ts';

/** Rows are not waited for longer than this: the others are there at once. */
const MAX_WAIT_MS = 1500;

interface ForEventDependencies {
  /** Whether the workspace describes any function; answered without starting anything. */
  readonly hasFunctions: () => Promise<boolean>;
  readonly loadFunctionBrowser: () => Promise<FunctionBrowser>;
}

/** Makes the rows of the workspace's functions for an event's file. What cannot be listed is left out. */
export function createForEvent({ hasFunctions, loadFunctionBrowser }: ForEventDependencies) {
  async function find(path: string): Promise<EventFunction[]> {
    if (!vscode.workspace.isTrusted || !(await hasFunctions())) return [];
    const finding = await loadFunctionBrowser();
    const found = await finding.forEvent(path);
    return found.map(({ fn, isLikely }) => ({
      label: fn.name,
      description: `${fn.runtime} · ${fn.fileName}`,
      isLikely,
      async order(uri: string, connection: Connection) {
        const deployed = await finding.deployed(fn, connection);
        if (deployed === undefined) return undefined;
        const payload = { kind: 'file', uri } as const;
        const { FunctionName } = deployed;
        const invocation = { FunctionName, InvocationType: 'RequestResponse', LogType: 'Tail', payload } as const;
        return { invocation, connection: inRegion(connection, deployed) };
      },
    }));
  }

  return async (path: string): Promise<readonly EventFunction[]> => {
    const late = new Promise<EventFunction[]>((resolve) => setTimeout(() => resolve([]), MAX_WAIT_MS).unref());
    return Promise.race([find(path).catch(() => []), late]);
  };
}
