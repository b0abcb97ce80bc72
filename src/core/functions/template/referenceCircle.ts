const MAX_NAMES = 6;
const MAX_NAME_LENGTH = 60;

/** Values that refer to each other in a circle: none of them can be known. */
export class ReferenceCircle extends Error {
  /** The names along the circle, the first again at its end; shortened to be shown. */
  readonly names: readonly string[];

  constructor(path: readonly string[], name: string) {
    super('Values refer to each other in a circle.');
    const circle = [...path.slice(path.indexOf(name)), name].map((one) =>
      one.length > MAX_NAME_LENGTH ? `${one.slice(0, MAX_NAME_LENGTH)}…` : one,
    );
    this.names = circle.length > MAX_NAMES ? [...circle.slice(0, MAX_NAMES - 2), '…', ...circle.slice(-1)] : circle;
  }
}
