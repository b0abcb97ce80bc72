/** Numbers names that occur more than once, so that all results differ. `numbered` adds the number to a name. */
export function createUniqueNames(numbered: (name: string, count: number) => string): (name: string) => string {
  const used = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    let unique = name;
    let count = counts.get(name) ?? 1;
    while (used.has(unique)) unique = numbered(name, ++count);
    counts.set(name, count);
    used.add(unique);
    return unique;
  };
}
