const MAX_NAMES = 6;
const MAX_NAME_LENGTH = 60;

/** Thrown for values that reference each other in a cycle. */
export class ReferenceCycle extends Error {
  /** The names in the cycle, with the first repeated at the end. Shortened for display. */
  readonly names: readonly string[];

  constructor(path: readonly string[], name: string) {
    super('Values have circular references.');
    const cycle = [...path.slice(path.indexOf(name)), name].map((label) =>
      label.length > MAX_NAME_LENGTH ? `${label.slice(0, MAX_NAME_LENGTH)}…` : label,
    );
    this.names = cycle.length > MAX_NAMES ? [...cycle.slice(0, MAX_NAMES - 2), '…', ...cycle.slice(-1)] : cycle;
  }
}
