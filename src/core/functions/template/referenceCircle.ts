const MAX_NAMES = 6;
const MAX_NAME_LENGTH = 60;

/** Thrown for values that reference each other in a cycle. */
export class ReferenceCircle extends Error {
  /** The names in the cycle, with the first repeated at the end. Shortened for display. */
  readonly names: readonly string[];

  constructor(path: readonly string[], name: string) {
    super('Values refer to each other in a circle.');
    const circle = [...path.slice(path.indexOf(name)), name].map((one) =>
      one.length > MAX_NAME_LENGTH ? `${one.slice(0, MAX_NAME_LENGTH)}…` : one,
    );
    this.names = circle.length > MAX_NAMES ? [...circle.slice(0, MAX_NAMES - 2), '…', ...circle.slice(-1)] : circle;
  }
}
