/** With a larger ratio of the maximum to the median, most marks would lie on the bottom line. */
const MAX_LINEAR_RATIO = 30;

/** Shorter durations are drawn like this one, because a logarithmic scale has no zero. In milliseconds. */
const MIN_LOGARITHMIC = 0.1;

/** The vertical scale of durations. */
export interface Scale {
  readonly isLogarithmic: boolean;
  /** The values of the lines, from the bottom. */
  readonly ticks: readonly number[];
  /** The height of a value, from 0 to 1. */
  readonly of: (value: number) => number;
}

/** The next of 1, 2, 5, 10, 20, … */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}

/** A scale for durations in milliseconds, in ascending order. Logarithmic if some are much longer than the others. */
export function scaleOf(sorted: readonly number[]): Scale {
  const max = Math.max(sorted.at(-1) ?? 0, MIN_LOGARITHMIC);
  const median = Math.max(sorted[Math.floor((sorted.length - 1) / 2)] ?? 0, MIN_LOGARITHMIC);
  const top = roundUp(max);
  if (max / median <= MAX_LINEAR_RATIO) {
    return { isLogarithmic: false, ticks: [0, top / 2, top], of: (value) => value / top };
  }
  const lowest = Math.max(sorted[0] ?? 0, MIN_LOGARITHMIC);
  const [from, to] = [Math.floor(Math.log10(lowest)), Math.ceil(Math.log10(max))];
  const ticks = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at));
  return {
    isLogarithmic: true,
    ticks,
    of: (value) => (Math.log10(Math.max(value, 10 ** from)) - from) / (to - from),
  };
}

/** Moves the positions of labels, in ascending order, apart, so that they don't overlap. They stay above `end`. */
export function spread(positions: readonly number[], gap: number, end: number): number[] {
  const placed: number[] = [];
  for (const position of positions) placed.push(Math.max(position, (placed.at(-1) ?? -Infinity) + gap));
  for (let at = placed.length - 1, limit = end; at >= 0; at--, limit -= gap) {
    placed[at] = Math.min(placed[at] ?? limit, limit);
  }
  return placed;
}
