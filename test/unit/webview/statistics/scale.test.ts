import { describe, expect, test } from 'vitest';
import { scaleOf, spread } from '../../../../webview/statistics/scale.ts';

describe('the scale of durations', () => {
  test('starts at zero and ends at a round number', () => {
    const { isLogarithmic, ticks, of } = scaleOf([12, 30, 34, 180]);
    expect({ isLogarithmic, ticks }).toEqual({ isLogarithmic: false, ticks: [0, 100, 200] });
    expect([0, 50, 180].map(of)).toEqual([0, 0.25, 0.9]);
  });

  test('is logarithmic if some durations are much longer than the others', () => {
    const { isLogarithmic, ticks, of } = scaleOf([12, 14, 15, 900_000]);
    expect(isLogarithmic).toBe(true);
    expect(ticks).toEqual([10, 100, 1000, 10_000, 100_000, 1_000_000]);
    expect(of(10)).toBeCloseTo(0);
    expect(of(1_000_000)).toBeCloseTo(1);
    expect(of(14)).toBeGreaterThan(of(12));
  });

  test.each([[[0]], [[0, 0, 0, 900]], [[0.02, 0.03, 900]], [[5]], [[]]])('fits the durations %j', (durations) => {
    const { ticks, of } = scaleOf(durations);
    expect(ticks.length).toBeGreaterThan(1);
    for (const height of durations.map(of)) {
      expect(height).toBeGreaterThanOrEqual(0);
      expect(height).toBeLessThanOrEqual(1);
    }
  });
});

describe('labels', () => {
  test('stay where they are if they are far enough apart', () => {
    expect(spread([10, 50, 90], 14, 200)).toEqual([10, 50, 90]);
  });

  test('are moved apart, and up if they would be below the end', () => {
    expect(spread([10, 12, 14], 14, 200)).toEqual([10, 24, 38]);
    expect(spread([196, 198, 200], 14, 200)).toEqual([172, 186, 200]);
  });
});
