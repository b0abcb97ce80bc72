/**
 * Milliseconds since the epoch that never go back. The time continues when the computer's clock is set back, and includes
 * the time when the computer was asleep.
 */
export function createMonotonicClock(): () => number {
  let now = Date.now();
  let wall = now;
  let elapsed = performance.now();
  return () => {
    const [nextWall, nextElapsed] = [Date.now(), performance.now()];
    now += Math.max(nextWall - wall, nextElapsed - elapsed);
    wall = nextWall;
    elapsed = nextElapsed;
    return Math.round(now);
  };
}
