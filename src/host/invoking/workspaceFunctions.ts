import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Connection } from '../../core/connection/connection.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { rankByEvents } from '../../core/samples/eventMatch.ts';
import { inRegion } from '../functionBrowser/inRegion.ts';
import type { Services } from '../wiring/services.ts';

interface WorkspaceFunction {
  readonly fn: LocalFunctionView;
  /** The payload file's name or folder suggests this function, or its template does. */
  readonly isLikely: boolean;
}

/** The candidate of a function. Paths are compared as paths of URIs. */
function candidateOf(fn: LocalFunctionView) {
  const { plainName, otherNames, source, file, events } = fn;
  return {
    fn,
    name: plainName,
    otherNames,
    definition: vscode.Uri.file(file).path,
    ...(source !== undefined && { source: vscode.Uri.file(source).path }),
    ...(events !== undefined && { events }),
  };
}

/** The workspace functions, with matches for payload files first. */
export async function rankFunctions(
  uris: readonly string[],
  localFunctions: Pick<Services['localFunctions'], 'list'>,
): Promise<WorkspaceFunction[]> {
  const { functions } = await localFunctions.list();
  const paths = uris.map((uri) => vscode.Uri.parse(uri).path);
  const ranked = rankByEvents(paths, functions.map(candidateOf));
  return ranked.map(({ candidate: { fn }, isLikely }) => ({ fn, isLikely }));
}

/**
 * Creates the order for a workspace function with a payload file. Only deployed functions need the function browser,
 * for their names. Resolves to undefined if canceled. Rejects with InvokeError.
 */
export async function functionOrder(
  fn: LocalFunctionView,
  uri: string,
  { connection, functionBrowser }: Pick<Services, 'functionBrowser'> & { readonly connection: Connection },
): Promise<InvocationOrder | undefined> {
  const payload = { kind: 'file', uri } as const;
  const common = { InvocationType: 'RequestResponse', LogType: 'Tail', payload } as const;
  if (connection.kind === 'local') return { invocation: { FunctionName: fn.name, ...common }, connection };
  const deployed = await (await functionBrowser()).deployed(fn, connection);
  if (deployed === undefined) return undefined;
  const { FunctionName } = deployed;
  return { invocation: { FunctionName, ...common }, connection: inRegion(connection, deployed) };
}
