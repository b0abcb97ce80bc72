/** A function with the names by which it can be invoked. */
export interface NamedFunction {
  /** Unique. */
  readonly name: string;
  /** The name in its file, which other functions may have too. */
  readonly plainName: string;
  readonly otherNames: readonly string[];
}

export interface NameIndex<T extends NamedFunction> {
  /** The function with a name. Undefined if there is none, or more than one. */
  readonly find: (name: string) => T | undefined;
  /** The names of the functions that share a name. Empty if at most one has it. */
  readonly choices: (name: string) => readonly string[];
}

/**
 * Indexes functions by their names. A unique name precedes plain names, which precede other names: the logical ID of one
 * function can be the name of another. Functions that share a name are found only by their unique names.
 */
export function indexNames<T extends NamedFunction>(functions: readonly T[]): NameIndex<T> {
  const byName = new Map<string, readonly T[]>();

  function addAll(namesOf: (each: T) => readonly string[]): void {
    const added = new Map<string, T[]>();
    for (const each of functions) {
      for (const name of new Set(namesOf(each))) {
        const sharing = added.get(name);
        if (sharing === undefined) added.set(name, [each]);
        else sharing.push(each);
      }
    }
    for (const [name, sharing] of added) if (!byName.has(name)) byName.set(name, sharing);
  }

  addAll(({ name }) => [name]);
  addAll(({ plainName }) => [plainName]);
  addAll(({ otherNames }) => otherNames);
  return {
    find(name) {
      const sharing = byName.get(name);
      return sharing?.length === 1 ? sharing[0] : undefined;
    },
    choices(name) {
      const sharing = byName.get(name) ?? [];
      return sharing.length > 1 ? sharing.map((each) => each.name) : [];
    },
  };
}
