import { describe, expect, it } from 'vitest';
import { planSpend, projectLots, spendOrder } from './index.ts';
import type { Lot } from './index.ts';

const at = (iso: string): number => Date.parse(iso);
const NOW = at('2026-11-22T09:00:00Z');

function lot(id: string, facts: Partial<Lot>): Lot {
  return {
    id,
    pending: 0,
    active: 0,
    held: 0,
    activateAt: at('2026-01-01T00:00:00Z'),
    expireAt: null,
    ...facts,
  };
}

describe('spend order', () => {
  it('takes the nearest expiry first (E5)', () => {
    const lots = [
      lot('L3', { active: 1000 }),
      lot('L2', { active: 500, expireAt: at('2027-03-01T20:59:59Z') }),
      lot('L1', { active: 300, expireAt: at('2026-12-01T20:59:59Z') }),
    ];
    expect(planSpend(lots, 900)).toEqual({
      parts: [
        { lotId: 'L1', points: 300 },
        { lotId: 'L2', points: 500 },
        { lotId: 'L3', points: 100 },
      ],
      shortage: 0,
    });
  });

  it('puts restricted lots first, then expiry, activation, id', () => {
    const end = at('2027-01-01T00:00:00Z');
    const lots = [
      lot('e', {}),
      lot('d', { expireAt: end }),
      lot('c', { expireAt: end }),
      lot('b', { expireAt: end, activateAt: 0 }),
      lot('a', { restricted: true }),
    ];
    expect(spendOrder(lots).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('says what the lots do not cover and spends nothing for nothing', () => {
    expect(planSpend([lot('a', { active: 10, pending: 90 })], 25)).toEqual({
      parts: [{ lotId: 'a', points: 10 }],
      shortage: 15,
    });
    expect(planSpend([lot('a', { active: 10 })], 0)).toEqual({ parts: [], shortage: 0 });
  });
});

describe('projection to now', () => {
  it('activates at the very moment and not before', () => {
    const account = { lots: [lot('a', { pending: 60, activateAt: NOW })], debt: 0 };
    expect(projectLots(account, NOW - 1)).toMatchObject({
      pending: 60,
      active: 0,
      nextActivation: { at: NOW, points: 60 },
    });
    expect(projectLots(account, NOW)).toMatchObject({ pending: 0, active: 60, nextActivation: null });
  });

  it('repays debt from what becomes active (E8)', () => {
    const account = { lots: [lot('a', { pending: 90, activateAt: NOW })], debt: -57 };
    expect(projectLots(account, NOW - 1)).toMatchObject({ pending: 90, active: 0, debt: -57 });
    expect(projectLots(account, NOW)).toMatchObject({ pending: 0, active: 33, debt: 0 });
    const small = { lots: [lot('a', { pending: 50, activateAt: NOW })], debt: -57 };
    expect(projectLots(small, NOW)).toMatchObject({ active: 0, debt: -7 });
  });

  it('expires what is active and leaves what is held (E9)', () => {
    const end = at('2026-12-31T20:59:59Z');
    const account = { lots: [lot('a', { active: 50, held: 150, expireAt: end })], debt: 0 };
    expect(projectLots(account, end - 1)).toMatchObject({ active: 50, nextExpiry: { at: end, points: 50 } });
    expect(projectLots(account, end)).toMatchObject({ active: 0, held: 150, nextExpiry: null });
  });

  it('releases a hold past its time, for a day more where the lot has expired', () => {
    const end = at('2026-12-31T20:59:59Z');
    const account = {
      lots: [lot('a', { held: 150, expireAt: end }), lot('b', { active: 10, held: 20 })],
      debt: 0,
      holds: [
        {
          expiresAt: end + 600_000,
          lots: [
            { lotId: 'a', points: 150 },
            { lotId: 'b', points: 20 },
          ],
        },
      ],
    };
    const now = end + 600_000;
    expect(projectLots(account, now - 1)).toMatchObject({ active: 10, held: 170 });
    expect(projectLots(account, now)).toMatchObject({
      active: 180,
      held: 0,
      nextExpiry: { at: now + 86_400_000, points: 150 },
    });
  });

  it('gives the same again for what it has already brought to now', () => {
    const account = {
      lots: [lot('a', { pending: 90, activateAt: NOW - 1 }), lot('b', { active: 5, expireAt: NOW })],
      debt: 0,
    };
    const once = projectLots(account, NOW);
    expect(projectLots(once, NOW)).toEqual(once);
    expect(once).toMatchObject({ active: 90, debt: 0 });
  });

  it('lets a hold end at its own moment, not when somebody looks', () => {
    const end = at('2026-12-31T20:59:59Z');
    const holds = [{ expiresAt: end - 1, lots: [{ lotId: 'a', points: 150 }] }];
    const account = { lots: [lot('a', { held: 150, expireAt: end })], debt: 0, holds };
    expect(projectLots(account, end - 1)).toMatchObject({ active: 150, held: 0 });
    expect(projectLots(account, end + 60_000)).toMatchObject({ active: 0, held: 0 });
  });

  it('repays debt with what came first, so the later points stay whole', () => {
    const account = {
      lots: [lot('early', { pending: 100, activateAt: NOW, expireAt: NOW + 10 }), lot('later', { held: 50 })],
      debt: -50,
      holds: [{ expiresAt: NOW + 20, lots: [{ lotId: 'later', points: 50 }] }],
    };
    expect(projectLots(account, NOW + 20)).toMatchObject({ active: 50, debt: 0 });
  });

  it('sums moments that fall together', () => {
    const end = NOW + 1000;
    const lots = [
      lot('a', { active: 5, expireAt: end }),
      lot('b', { active: 7, expireAt: end }),
      lot('c', { active: 1 }),
    ];
    expect(projectLots({ lots, debt: 0 }, NOW).nextExpiry).toEqual({ at: end, points: 12 });
  });
});
