import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocate } from './index.ts';

describe('allocate', () => {
  it.each([
    { name: 'E3: equal lines tie by number', total: 100, weights: [1, 1, 1], parts: [34, 33, 33] },
    {
      name: 'E3: the larger weight gets the odd kopeck',
      total: 10_000,
      weights: [33_333, 33_333, 33_334],
      parts: [3_333, 3_333, 3_334],
    },
    {
      name: 'E2: half of a receipt by points',
      total: 330_600,
      weights: [499_000, 129_000, 33_300],
      parts: [249_462, 64_490, 16_648],
    },
    { name: 'equal remainders go to the larger weight', total: 5, weights: [3, 7], parts: [1, 4] },
    { name: 'no weight, no part', total: 5, weights: [0, 0, 1], parts: [0, 0, 5] },
    { name: 'nothing to give to', total: 5, weights: [0, 0], parts: [0, 0] },
    { name: 'no lines', total: 5, weights: [], parts: [] },
  ])('$name', ({ total, weights, parts }) => expect(allocate(total, weights)).toEqual(parts));

  it.each([
    {
      name: 'E4: a full line leaves its rest to the others',
      total: 625_000,
      weights: [1_200_000, 50_000],
      caps: [1_199_900, 5_000],
      parts: [620_000, 5_000],
    },
    {
      name: 'one full line makes another full',
      total: 90,
      weights: [10, 10, 80],
      caps: [1, 80, 60],
      parts: [1, 29, 60],
    },
    { name: 'caps below the total', total: 100, weights: [1, 1], caps: [10, 20], parts: [10, 20] },
  ])('$name', ({ total, weights, caps, parts }) => expect(allocate(total, weights, caps)).toEqual(parts));

  it('is exact beyond floating point', () => {
    const huge = 9_007_199_254_740_990;
    expect(allocate(huge, [huge, huge, huge])).toEqual([huge / 3, huge / 3, huge / 3]);
  });

  it('gives the same whether its products fit into a number or not', () => {
    const lines = fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)), { maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(5_000_000), lines, fc.boolean(), (total, pairs, capped) => {
        const weights = pairs.map(([weight]) => weight);
        const caps = capped ? pairs.map(([, cap]) => cap) : undefined;
        const huge = weights.map((weight) => BigInt(weight) * 2n ** 60n);
        expect(allocate(total, huge, caps)).toEqual(allocate(total, weights, caps));
      }),
    );
  });

  it('refuses negative numbers and caps of another length', () => {
    expect(() => allocate(-1, [1])).toThrow(RangeError);
    expect(() => allocate(1, [-1])).toThrow(RangeError);
    expect(() => allocate(1, [1], [])).toThrow(RangeError);
  });

  it('gives all there is room for, within caps, each within a unit of its share when there are none', () => {
    const lines = fc.array(fc.tuple(fc.nat(1_000_000), fc.nat(1_000_000)), { maxLength: 30 });
    fc.assert(
      fc.property(fc.nat(5_000_000), lines, (total, pairs) => {
        const weights = pairs.map(([weight]) => weight);
        const caps = pairs.map(([, cap]) => cap);
        const room = sum(pairs.map(([weight, cap]) => (weight > 0 ? cap : 0)));
        const capped = allocate(total, weights, caps);
        expect(sum(capped)).toBe(Math.min(total, room));
        expect(capped.every((part, index) => part >= 0 && part <= (caps[index] ?? 0))).toBe(true);
        const weight = sum(weights);
        allocate(total, weights).forEach((part, index) => {
          const off = BigInt(part) * BigInt(weight) - BigInt(total) * BigInt(weights[index] ?? 0);
          expect(weight === 0 || (off < BigInt(weight) && off > -BigInt(weight))).toBe(true);
        });
      }),
    );
  });
});

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
