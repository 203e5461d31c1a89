import type { TierLadder } from '@clientele/shared/receipt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aLadder, aLevel } from '../../testing/tiers.builders.ts';
import { missingTo } from './missing.ts';
import { tierAt, yearAfter, type CountedPurchase, type LadderSince } from './tier-rules.ts';

const at = (iso: string): number => Date.parse(`${iso}T12:00:00Z`);
const bought = (day: string, roubles: number, currency = 'RUB'): CountedPurchase => ({
  at: at(day),
  currency,
  amount: roubles * 100,
  points: Math.floor(roubles / 100) * 3,
});
const since = (day: string, ladder: TierLadder): LadderSince => ({ from: at(day), ladder });
const day = (instant: number | null | undefined): string | null =>
  instant === null || instant === undefined ? null : new Date(instant).toISOString().slice(0, 10);

function tierOn(
  now: string,
  purchases: readonly CountedPurchase[],
  { ladder = aLadder(), ladders = [since('2020-01-01', ladder)], floor = null as string | null } = {},
) {
  const { tier, since: from, next } = tierAt({ purchases, ladders, floor }, at(now));
  return [tier, day(from), next === null ? null : `${day(next.at)} ${next.tier ?? ''}`.trim()];
}

describe('a tier by spending in twelve months', () => {
  const year = [bought('2025-03-01', 10_000), bought('2025-06-01', 20_000)];

  it('is reached by the purchase that carries it', () => {
    expect(tierOn('2025-02-28', year)).toEqual([null, null, '2025-03-01 SILVER']);
    expect(tierOn('2025-03-01', year)[0]).toBe('SILVER');
    expect(tierOn('2025-06-01', year)).toEqual(['GOLD', '2025-06-01', '2026-06-01']);
  });

  it('is kept a year from then on, and lost with the last purchase that carried it', () => {
    expect(tierOn('2026-05-31', year)[0]).toBe('GOLD');
    expect(tierOn('2026-06-01', year)).toEqual([null, null, null]);
  });

  it('falls one step where less is carried, after the days it is kept', () => {
    const ladder = aLadder({ keepDays: 30 });
    expect(tierOn('2026-02-28', year, { ladder })).toEqual(['GOLD', '2025-06-01', '2026-03-01 SILVER']);
    expect(tierOn('2026-03-01', year, { ladder })).toEqual(['SILVER', '2026-03-01', '2026-06-01']);
  });

  it('is kept for ever where no days are named', () => {
    const ladder = aLadder({ keepDays: null });
    expect(tierOn('2035-01-01', year, { ladder })).toEqual(['GOLD', '2025-06-01', null]);
  });

  it('is kept no day where none is given', () => {
    const ladder = aLadder({ keepDays: 0 });
    expect(tierOn('2026-03-01', year, { ladder })[0]).toBe('SILVER');
  });

  it('was never reached where the goods were brought back', () => {
    const [first] = year;
    if (first === undefined) throw new Error('nothing was bought');
    expect(tierOn('2025-06-02', [first, { ...bought('2025-06-01', 0), amount: 0 }])[0]).toBe('SILVER');
  });
});

describe('other ladders', () => {
  it('counts everything where the window is all', () => {
    const ladder = aLadder({ window: 'ALL', keepDays: 0 });
    expect(tierOn('2030-01-01', [bought('2020-03-01', 30_000)], { ladder })).toEqual([
      'GOLD',
      '2020-03-01',
      null,
    ]);
  });

  it('counts only currencies a level names, without exchanging them', () => {
    const levels = [
      aLevel('SILVER', 10_000, { from: { RUB: 1_000_000, KZT: 5_000_000 } }),
      aLevel('GOLD', 30_000),
    ];
    const ladder = aLadder({ levels });
    expect(
      tierOn('2025-01-02', [bought('2025-01-01', 9_000), bought('2025-01-01', 40_000, 'KZT')], { ladder })[0],
    ).toBeNull();
    expect(tierOn('2025-01-02', [bought('2025-01-01', 1_000_000, 'KZT')], { ladder })[0]).toBe('SILVER');
    expect(tierOn('2025-01-02', [bought('2025-01-01', 1_000_000, 'GBP')], { ladder })[0]).toBeNull();
  });

  it('counts points earned by purchases', () => {
    const ladder = aLadder({ basis: 'POINTS', levels: [aLevel('SILVER', 0, { fromPoints: 300 })] });
    expect(tierOn('2025-01-02', [bought('2025-01-01', 9_999)], { ladder })[0]).toBeNull();
    expect(tierOn('2025-01-02', [bought('2025-01-01', 10_000)], { ladder })[0]).toBe('SILVER');
  });

  it('gives everybody a level that asks for nothing', () => {
    const ladder = aLadder({ levels: [aLevel('BASE', 0), aLevel('GOLD', 30_000)] });
    expect(tierOn('2025-01-01', [], { ladder })).toEqual(['BASE', '2020-01-01', null]);
  });

  it('counts what was bought before there were tiers, from the day there are', () => {
    const ladders = [since('2020-01-01', aLadder({ levels: [] })), since('2025-05-01', aLadder())];
    const purchases = [bought('2025-01-15', 30_000)];
    expect(tierOn('2025-04-30', purchases, { ladders })).toEqual([null, null, '2025-05-01 GOLD']);
    expect(tierOn('2025-05-01', purchases, { ladders })).toEqual(['GOLD', '2025-05-01', '2026-05-01']);
  });

  it('keeps what was reached by an easier ladder as long as it said, then judges by the new one', () => {
    const harder = aLadder({ levels: [aLevel('SILVER', 10_000), aLevel('GOLD', 90_000)] });
    const ladders = [since('2020-01-01', aLadder()), since('2025-04-01', harder)];
    const purchases = [bought('2025-03-01', 40_000), bought('2025-09-01', 10_000)];
    expect(tierOn('2025-05-01', purchases, { ladders })).toEqual(['GOLD', '2025-03-01', '2026-03-01 SILVER']);
    expect(tierOn('2026-03-01', purchases, { ladders })).toEqual(['SILVER', '2026-03-01', '2026-09-01']);
  });

  it('drops a tier that is no more', () => {
    const ladders = [
      since('2020-01-01', aLadder()),
      since('2025-04-01', aLadder({ levels: [aLevel('SILVER', 10_000)] })),
    ];
    expect(tierOn('2025-05-01', [bought('2025-03-01', 40_000)], { ladders })[0]).toBe('SILVER');
  });
});

describe('a floor', () => {
  it('holds below what is carried, and gives way above it', () => {
    expect(tierOn('2025-01-01', [], { floor: 'SILVER' })).toEqual(['SILVER', null, null]);
    expect(tierOn('2025-06-01', [bought('2025-06-01', 30_000)], { floor: 'SILVER' })).toEqual([
      'GOLD',
      '2025-06-01',
      '2026-06-01 SILVER',
    ]);
  });

  it('of a tier nobody knows means nothing', () =>
    expect(tierOn('2025-01-01', [], { floor: 'PLATINUM' })[0]).toBeNull());
});

describe('what is missing', () => {
  const progress = (spent: Record<string, number>, points = 0) => ({
    spent: new Map(Object.entries(spent)),
    points,
  });
  const level = aLevel('GOLD', 30_000, { from: { RUB: 3_000_000, KZT: 16_000_000 } });

  it('is told in the currency that is nearest', () => {
    expect(missingTo(level, aLadder(), progress({ RUB: 2_876_000 }))).toEqual({
      currency: 'RUB',
      amount: 124_000,
    });
    expect(missingTo(level, aLadder(), progress({ RUB: 100, KZT: 15_000_000 }))).toEqual({
      currency: 'KZT',
      amount: 1_000_000,
    });
    expect(missingTo(level, aLadder(), progress({}))).toEqual({ currency: 'RUB', amount: 3_000_000 });
  });

  it('is told in points', () =>
    expect(missingTo(level, aLadder({ basis: 'POINTS' }), progress({}, 2_990))).toEqual({ points: 10 }));
});

it('a purchase of 29 February counts until the first of March', () =>
  expect(day(yearAfter(at('2024-02-29')))).toBe('2025-03-01'));

// The rule said in other words: every moment is looked at by itself, with nothing carried over but the days of reaching.
function bySlowCounting(
  purchases: readonly CountedPurchase[],
  ladder: TierLadder,
  now: number,
): string | null {
  const moments = [...new Set([at('2020-01-01'), ...purchases.flatMap((one) => [one.at, yearAfter(one.at)])])]
    .filter((moment) => moment <= now)
    .toSorted((one, other) => one - other);
  const carriedAt = (moment: number): number =>
    ladder.levels.findLastIndex((level) => {
      const counted = purchases.filter(
        (one) => one.at <= moment && (ladder.window === 'ALL' || moment < yearAfter(one.at)),
      );
      if (ladder.basis === 'POINTS')
        return counted.reduce((sum, one) => sum + one.points, 0) >= level.fromPoints;
      return Object.entries(level.from).some(
        ([currency, from]) =>
          counted.filter((one) => one.currency === currency).reduce((sum, one) => sum + one.amount, 0) >=
          from,
      );
    });
  const held = ladder.levels.findLast((_, index) => {
    const carried = moments.map((moment) => carriedAt(moment) >= index);
    if (carried.at(-1) === true) return true;
    const reached = carried.findLastIndex((is, place) => is && carried[place - 1] !== true);
    const moment = moments[reached];
    if (moment === undefined) return false;
    return ladder.keepDays === null || now < moment + ladder.keepDays * 86_400_000;
  });
  return held?.code ?? null;
}

it('is what slow counting says, at any moment, and changes when it says it will', () => {
  const purchase = fc.record({
    at: fc.integer({ min: 0, max: 1_500 }).map((days) => at('2021-01-01') + days * 86_400_000),
    currency: fc.constantFrom('RUB', 'RUB', 'KZT'),
    amount: fc.integer({ min: 0, max: 2_000_000 }),
    points: fc.integer({ min: 0, max: 900 }),
  });
  const ladder = fc.record({
    basis: fc.constantFrom('SPEND' as const, 'POINTS' as const),
    window: fc.constantFrom('LAST_12_MONTHS' as const, 'ALL' as const),
    keepDays: fc.constantFrom(null, 0, 30, 365),
  });
  fc.assert(
    fc.property(
      fc.array(purchase, { maxLength: 12 }),
      ladder,
      fc.integer({ min: 0, max: 2_500 }),
      (purchases, facts, days) => {
        const rules = aLadder(facts);
        const now = at('2021-01-01') + days * 86_400_000 + 3_600_000;
        const walk = { purchases, ladders: [since('2020-01-01', rules)], floor: null };
        const { tier, next } = tierAt(walk, now);
        const past = purchases.filter((one) => one.at <= now);
        expect(tier).toBe(bySlowCounting(past, rules, now));
        if (next === null) return;
        expect(next.tier).not.toBe(tier);
        expect(tierAt(walk, next.at).tier).toBe(next.tier);
        expect(tierAt(walk, next.at - 1).tier).toBe(tier);
      },
    ),
    { numRuns: 400 },
  );
});
