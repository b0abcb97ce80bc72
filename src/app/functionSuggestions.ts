import { isSameConnection, type Connection } from '../core/connection/connection.ts';
import type { FunctionSummary } from '../core/functions/functionFacts.ts';
import type { LocalFunctionView } from '../core/functions/localFunctionView.ts';
import type { HistoryEntry } from '../core/history/historyEntry.ts';
import type { FunctionSuggestion } from '../protocol/messages.ts';

const MAX_RECENT = 8;

interface SuggestionSources {
  readonly connection: Connection;
  readonly history: readonly HistoryEntry[];
  readonly workspace: readonly LocalFunctionView[];
  /** The functions of the account, if they were browsed. */
  readonly account: readonly FunctionSummary[];
}

/**
 * The functions that a form suggests, each once: recently used ones, those of the workspace, those of the account. For an
 * AWS connection, functions of the workspace are suggested only if their template sets their deployed name.
 */
export function functionSuggestions({
  connection,
  history,
  workspace,
  account,
}: SuggestionSources): FunctionSuggestion[] {
  const used = history.filter((entry) => isSameConnection(entry.connection, connection));
  const recent = [...new Set(used.map(({ invocation }) => invocation.FunctionName))].slice(0, MAX_RECENT);
  const named = workspace.filter(({ otherNames }) => connection.kind === 'local' || otherNames.length > 0);
  const nameOf = ({ name, plainName }: LocalFunctionView) => (connection.kind === 'local' ? name : plainName);
  const details = new Map([
    ...account.flatMap(({ FunctionName, Runtime }) =>
      Runtime === undefined ? [] : [[FunctionName, Runtime] as const],
    ),
    ...named.map((fn) => [nameOf(fn), `${fn.runtime} · ${fn.fileName}`] as const),
  ]);
  const sources = new Map<string, FunctionSuggestion['source']>();
  const add = (names: readonly string[], source: FunctionSuggestion['source']) => {
    for (const name of names) if (!sources.has(name)) sources.set(name, source);
  };
  add(recent, 'recent');
  add(named.map(nameOf), 'workspace');
  add(
    account.map(({ FunctionName }) => FunctionName),
    'account',
  );
  return [...sources].map(([FunctionName, source]) => {
    const detail = details.get(FunctionName);
    return { FunctionName, source, ...(detail !== undefined && { detail }) };
  });
}
