/** Makes a name unique by appending ` 2`, ` 3` and so on if needed. */
export function uniqueName(name: string, others: ReadonlySet<string | undefined>): string {
  if (!others.has(name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name} ${number}`;
    if (!others.has(numbered)) return numbered;
  }
}
