import { nearestWords } from '../messages/nearestWord.ts';
import { normalizedName } from './normalizedName.ts';

const MAX_SUGGESTIONS = 3;

/** Shorter names are part of too many others. */
const MIN_PART = 4;

/**
 * The known functions that a name without a function probably means, best first and at most three: the same name in
 * another spelling (`hello-world`, `HelloWorldFunction`), a typo, or a part of a deployed name (`shop-Orders-AB12`).
 */
export function nearestFunctions(name: string, known: readonly string[]): string[] {
  const names = [...new Set(known)];
  const wanted = normalizedName(name);
  const same = names.filter((other) => normalizedName(other) === wanted);
  const near = same.length > 0 ? same : nearestWords(name, names);
  const related = near.length > 0 ? near : names.filter((other) => contains(normalizedName(other), wanted));
  return related.slice(0, MAX_SUGGESTIONS);
}

function contains(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short.length >= MIN_PART && long.includes(short);
}
