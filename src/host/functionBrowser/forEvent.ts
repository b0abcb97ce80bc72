import * as vscode from 'vscode';
import { eventMatch } from '../../core/samples/eventMatch.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import type { Connection } from '../../core/connection/connection.ts';
import type { EventFunction } from '../invoking/fileCommand.ts';
import type { Services } from '../services.ts';
import { inRegion } from './inRegion.ts';

/** Rows are not waited for longer than this: the others are there at once. */
const MAX_WAIT_MS = 1500;

function withPath({ name, otherNames, source }: LocalFunctionView) {
  return { name, otherNames, ...(source !== undefined && { source: vscode.Uri.file(source).path }) };
}

/** Makes the rows of the workspace's functions for an event's file. What cannot be listed is left out. */
export function createForEvent({
  localFunctions,
  functionBrowser,
}: Pick<Services, 'localFunctions' | 'functionBrowser'>) {
  async function find(path: string): Promise<EventFunction[]> {
    const { functions } = await localFunctions.list();
    const ranked = functions.map((fn) => ({ fn, rank: eventMatch(path, withPath(fn)) }));
    ranked.sort((one, other) => other.rank - one.rank);
    const found = ranked.map(({ fn, rank }) => ({ fn, isLikely: rank > 0 }));
    return found.map(({ fn, isLikely }) => ({
      label: fn.name,
      description: `${fn.runtime} · ${fn.fileName}`,
      isLikely,
      async order(uri: string, connection: Connection) {
        const deployed = await (await functionBrowser()).deployed(fn, connection);
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
