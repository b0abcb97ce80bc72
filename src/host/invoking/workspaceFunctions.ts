import * as vscode from 'vscode';
import type { InvocationOrder } from '../../app/runInvocation.ts';
import type { Connection } from '../../core/connection/connection.ts';
import type { LocalFunctionView } from '../../core/functions/localFunctionView.ts';
import { eventMatch } from '../../core/samples/eventMatch.ts';
import { inRegion } from '../functionBrowser/inRegion.ts';
import type { Services } from '../wiring/services.ts';

interface WorkspaceFunction {
  readonly fn: LocalFunctionView;
  /** The payload file's name or folder suggests this function. */
  readonly isLikely: boolean;
}

/** `eventMatch` compares paths of URIs. */
function withUriPath({ name, otherNames, source }: LocalFunctionView) {
  return { name, otherNames, ...(source !== undefined && { source: vscode.Uri.file(source).path }) };
}

/** The workspace functions, with matches for a payload file first. */
export async function rankFunctions(
  uri: vscode.Uri,
  localFunctions: Pick<Services['localFunctions'], 'list'>,
): Promise<WorkspaceFunction[]> {
  const { functions } = await localFunctions.list();
  const ranked = functions.map((fn) => ({ fn, rank: eventMatch(uri.path, withUriPath(fn)) }));
  ranked.sort((one, other) => other.rank - one.rank);
  return ranked.map(({ fn, rank }) => ({ fn, isLikely: rank > 0 }));
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
