import type { WorkBudget } from '../../async/workBudget.ts';

/** `$NAME`, `${NAME}`, and `${NAME:-default}`, each possibly behind a backslash. */
const REFERENCE = /(\\?)\$(?:\{(\w+)(?::-([^}]*))?\}?|(\w+))/g;

interface ExpansionContext {
  /** A value of the shell, which precedes the file's. */
  readonly shellValue: (name: string) => string | undefined;
  readonly budget: WorkBudget;
}

/**
 * Fills in the values of other variables: `URL=$HOST/${PATH}`. An unknown one is empty, and so is one that refers to itself.
 * Throws WorkBudgetExceeded. Source: the npm package dotenv-expand.
 */
export function expandDotenv(
  values: ReadonlyMap<string, string>,
  { shellValue, budget }: ExpansionContext,
): ReadonlyMap<string, string> {
  const expanded = new Map<string, string>();

  function valueOf(name: string): string | undefined {
    const known = expanded.get(name);
    if (known !== undefined) return known;
    const value = shellValue(name) ?? values.get(name);
    if (value === undefined || !value.includes('$')) return value;
    expanded.set(name, ''); // so that cycles end
    const text = budget.nest(() => fill(value));
    expanded.set(name, text);
    return text;
  }

  function fill(value: string): string {
    budget.step();
    budget.addOutput(value.length);
    return value.replaceAll(
      REFERENCE,
      (match, escape: string, braced: string | undefined, fallback: string | undefined, plain: string | undefined) => {
        if (escape !== '') return match.slice(1);
        const text = valueOf(braced ?? plain ?? '') || (fallback ?? '');
        budget.addOutput(text.length);
        return text;
      },
    );
  }

  return new Map([...values.keys()].map((name) => [name, valueOf(name) ?? '']));
}
