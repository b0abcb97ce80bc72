import type { Connection } from '../connection/connection.ts';
import { parseFunctionName, type FunctionNameParts } from '../functions/functionName.ts';
import type { HistoryEntry } from './historyEntry.ts';

/** A function by one of its names, on a connection. */
export interface FunctionTarget {
  readonly FunctionName: string;
  readonly connection: Connection;
}

const targetOf = ({ invocation: { FunctionName }, connection }: HistoryEntry): FunctionTarget => ({
  FunctionName,
  connection,
});

/** The connection that the request was sent with, which has the region of the profile. */
const usedBy = ({ outcome }: HistoryEntry) =>
  'StatusCode' in outcome && outcome.connection.kind === 'aws' ? outcome.connection : undefined;

const partsOf = ({ FunctionName }: FunctionTarget): Partial<FunctionNameParts> =>
  parseFunctionName(FunctionName) ?? { name: FunctionName };
const selectedRegion = ({ connection }: FunctionTarget) => (connection.kind === 'aws' ? connection.region : undefined);

function isSameProfile(one: Connection, other: Connection): boolean {
  if (one.kind === 'local' || other.kind === 'local') return one.kind === other.kind;
  return one.profile === other.profile && one.endpoint === other.endpoint;
}

/** The region in a function's ARN, or the selected one. */
function explicitRegion(target: FunctionTarget): string | undefined {
  return partsOf(target).region ?? selectedRegion(target);
}

/**
 * The account of a connection: the one that its requests were sent with, or else the only one in the ARNs. Undefined if
 * there are several.
 */
function accountOf(entries: readonly HistoryEntry[]): string | undefined {
  const used = entries.map((entry) => usedBy(entry)?.accountId).find((accountId) => accountId !== undefined);
  const inArns = new Set(entries.flatMap((entry) => partsOf(targetOf(entry)).accountId ?? []));
  return used ?? (inArns.size === 1 ? [...inArns][0] : undefined);
}

/**
 * The entries of a function on a connection, in the order of the history. All its versions and aliases are one function,
 * and so are its plain name and its own ARN. With another region or account, it's another function.
 */
export function entriesOfFunction(entries: readonly HistoryEntry[], target: FunctionTarget): HistoryEntry[] {
  const { name, accountId } = partsOf(target);
  const ofProfile = entries.filter(({ connection }) => isSameProfile(connection, target.connection));
  const profileRegion = ofProfile
    .filter((entry) => explicitRegion(targetOf(entry)) === undefined)
    .map((entry) => usedBy(entry)?.region)
    .find((region) => region !== undefined);
  const regionOf = (one: FunctionTarget) => explicitRegion(one) ?? profileRegion;
  const region = regionOf(target);
  const named = ofProfile.filter((entry) => {
    const other = targetOf(entry);
    return partsOf(other).name === name && regionOf(other) === region;
  });
  const own = accountOf(named);
  return named.filter((entry) => (partsOf(targetOf(entry)).accountId ?? own) === (accountId ?? own));
}

/** The functions in the history, the most recently invoked first. Each has the name of its last invocation. */
export function functionsOfHistory(entries: readonly HistoryEntry[]): FunctionTarget[] {
  const functions: FunctionTarget[] = [];
  let rest = entries;
  for (let [last] = rest; last !== undefined; [last] = rest) {
    const target = targetOf(last);
    const own = new Set([last, ...entriesOfFunction(entries, target)]);
    functions.push(target);
    rest = rest.filter((entry) => !own.has(entry));
  }
  return functions;
}
