import { message, type Message } from '../messages/messages.ts';
import { parseFunctionName } from './functionName.ts';
import { indexNames, type NamedFunction } from './nameIndex.ts';
import { nearestFunctions } from './nearestFunctions.ts';

/** The function of a request that was rejected with ResourceNotFoundException. */
interface Requested {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

const MAX_LISTED = 5;

/** The request's name without account and region, and its qualifier. */
function partsOf({ FunctionName, Qualifier }: Requested): { readonly name: string; readonly qualifier?: string } {
  const { name = FunctionName, qualifier = Qualifier } = parseFunctionName(FunctionName) ?? {};
  return { name, ...(qualifier !== undefined && { qualifier }) };
}

/** Names the functions that share a name, by which one of them can be selected. */
export function sharedName(name: string, choices: readonly string[]): Message {
  const listed = choices.slice(0, MAX_LISTED).join(', ');
  return choices.length > MAX_LISTED
    ? message('localFunctionSharedByMany', name, choices.length, listed)
    : message('localFunctionShared', name, listed);
}

/** The file of the first problem that kept a file's functions from being listed. */
function unreadFile(problems: readonly Message[]): string | undefined {
  const problem = problems.find(({ code }) => code.startsWith('template') || code.startsWith('file'));
  const [file] = problem?.args ?? [];
  return typeof file === 'string' ? file : undefined;
}

/**
 * Why the local endpoint has no such function or version: with the nearest names, the names of the functions that share
 * it, or a file that couldn't be read.
 */
export function unknownLocalFunction(
  requested: Requested,
  functions: readonly NamedFunction[],
  problems: readonly Message[],
): Message {
  const { name, qualifier } = partsOf(requested);
  const { find, choices } = indexNames(functions);
  const fn = find(name);
  if (fn !== undefined && qualifier !== undefined) return message('localQualifierUnknown', fn.name, qualifier);
  const sharing = choices(name);
  if (sharing.length > 0) return sharedName(name, sharing);
  const names = functions.map((one) => one.name);
  const near = nearestFunctions(name, names);
  const [first] = near;
  if (first !== undefined) {
    return message(near.length === 1 ? 'localFunctionNear' : 'localFunctionNearSeveral', name, near.join(', '));
  }
  const file = unreadFile(problems);
  if (file !== undefined) return message('localFunctionUnread', name, file);
  if (names.length === 0) return message('localFunctionNone', name);
  return names.length > MAX_LISTED
    ? message('localFunctionUnknown', name)
    : message('localFunctionOthers', name, names.join(', '));
}

/**
 * Why Lambda has no such function, with the nearest of the names that were listed before. Undefined if there is nothing
 * to suggest. A name with an account or region isn't compared, because the list is that of another place.
 */
export function unknownFunction(requested: Requested, listed: readonly string[]): Message | undefined {
  const { name, accountId, region } = parseFunctionName(requested.FunctionName) ?? {};
  if (name === undefined || accountId !== undefined || region !== undefined || listed.includes(name)) return undefined;
  const near = nearestFunctions(name, listed);
  if (near.length === 0) return undefined;
  return message(near.length === 1 ? 'functionNotFoundNear' : 'functionNotFoundNearSeveral', name, near.join(', '));
}
