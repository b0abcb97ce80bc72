import { message, type Message } from '../messages/messages.ts';
import { parseFunctionName } from './functionName.ts';
import { nearestFunctions } from './nearestFunctions.ts';

/** The function of a request that was rejected with ResourceNotFoundException. */
interface Requested {
  readonly FunctionName: string;
  readonly Qualifier?: string;
}

interface LocalName {
  readonly name: string;
  readonly otherNames: readonly string[];
}

const MAX_LISTED = 5;

/** The request's name without account and region, and its qualifier. */
function partsOf({ FunctionName, Qualifier }: Requested): { readonly name: string; readonly qualifier?: string } {
  const { name = FunctionName, qualifier = Qualifier } = parseFunctionName(FunctionName) ?? {};
  return { name, ...(qualifier !== undefined && { qualifier }) };
}

/** Why the local endpoint has no such function or version, with the nearest names. */
export function unknownLocalFunction(requested: Requested, functions: readonly LocalName[]): Message {
  const { name, qualifier } = partsOf(requested);
  const fn = functions.find((one) => one.name === name || one.otherNames.includes(name));
  if (fn !== undefined && qualifier !== undefined) return message('localQualifierUnknown', fn.name, qualifier);
  const names = functions.map((one) => one.name);
  const near = nearestFunctions(name, names);
  const [first] = near;
  if (first !== undefined) {
    return message(near.length === 1 ? 'localFunctionNear' : 'localFunctionNearSeveral', name, near.join(', '));
  }
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
