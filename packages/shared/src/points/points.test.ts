import { describe, expect, it } from 'vitest';
import { minorToPoints, pointsToMinor, shareFloor, stepPoints } from './index.ts';

describe('points and money', () => {
  it('converts by the value of a point', () => {
    expect(pointsToMinor(3306, 100)).toBe(330_600);
    expect(minorToPoints(64_490, 100)).toBe(644);
    expect(minorToPoints(99, 100)).toBe(0);
  });

  it('takes a share rounded down', () => expect(shareFloor(661_301, 5_000)).toBe(330_650));

  it('counts full steps only', () => {
    expect(stepPoints(199_000, 10_000, 3)).toBe(57);
    expect(stepPoints(9_999, 10_000, 3)).toBe(0);
  });

  it('does not lose digits of large sums', () =>
    expect(shareFloor(9_007_199_254_740_991, 9_999)).toBe(9_006_298_534_815_516));
});
