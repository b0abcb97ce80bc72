/** A name that no other has: itself, else with ` 2`, ` 3` … behind it. */
export function uniqueName(name: string, others: ReadonlySet<string | undefined>): string {
  if (!others.has(name)) return name;
  for (let number = 2; ; number++) {
    const numbered = `${name} ${number}`;
    if (!others.has(numbered)) return numbered;
  }
}
