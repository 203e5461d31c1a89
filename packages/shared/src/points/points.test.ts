import { describe, expect, it } from 'vitest';
import { minorToPoints, percentPoints, pointsToMinor, shareFloor, stepPoints } from './index.ts';

describe('points and money', () => {
  it('converts by the value of a point', () => {
    expect(pointsToMinor(3306, 100)).toBe(330_600);
    expect(minorToPoints(64_490, 100)).toBe(644);
    expect(minorToPoints(99, 100)).toBe(0);
  });

  it('takes a share rounded down', () => expect(shareFloor(661_301, 5_000)).toBe(330_650));

  it('reads 3 % in two ways (E1)', () => {
    expect(stepPoints(199_000, 10_000, 3)).toBe(57);
    expect(percentPoints(199_000, 300, 100, 'FLOOR')).toBe(59);
    expect(percentPoints(199_000, 300, 100, 'HALF_UP')).toBe(60);
    expect(percentPoints(199_000, 300, 100, 'CEIL')).toBe(60);
  });

  it('does not lose digits of large sums', () =>
    expect(percentPoints(9_007_199_254_740_991, 10_000, 1, 'FLOOR')).toBe(9_007_199_254_740_991));
});
