import { describe, expect, it } from 'vitest';
import { planClawback, planRestore } from './index.ts';
import type { Lot, ReturnPolicy } from './index.ts';

const at = (iso: string): number => Date.parse(iso);

describe('restoring spent points (E5)', () => {
  const consumed = [
    { lotId: 'L1', points: 300, expireAt: at('2026-12-01T20:59:59Z') },
    { lotId: 'L2', points: 500, expireAt: at('2027-03-01T20:59:59Z') },
    { lotId: 'L3', points: 100, expireAt: null },
  ];
  const grace = { timezone: 'Europe/Moscow', policy: { kind: 'GRACE', days: 14 } } as const;

  it('goes back in reverse order of consumption', () =>
    expect(planRestore(consumed, 450, 0, { ...grace, now: at('2027-02-10T10:00:00Z') })).toEqual([
      { lotId: 'L3', points: 100, into: 'SAME_LOT', expireAt: null },
      { lotId: 'L2', points: 350, into: 'SAME_LOT', expireAt: at('2027-03-01T20:59:59Z') },
    ]));

  it('gives points of an expired lot two weeks more', () =>
    expect(planRestore(consumed, 450, 0, { ...grace, now: at('2027-03-10T10:00:00Z') })).toEqual([
      { lotId: 'L3', points: 100, into: 'SAME_LOT', expireAt: null },
      { lotId: 'L2', points: 350, into: 'GRACE_LOT', expireAt: at('2027-03-24T20:59:59Z') },
    ]));

  it('lets them expire at once by the policy ORIGINAL', () =>
    expect(
      planRestore(consumed, 450, 0, {
        now: at('2027-03-10T10:00:00Z'),
        timezone: 'Europe/Moscow',
        policy: { kind: 'ORIGINAL' },
      }),
    ).toEqual([
      { lotId: 'L3', points: 100, into: 'SAME_LOT', expireAt: null },
      { lotId: 'L2', points: 350, into: 'EXPIRE', expireAt: at('2027-03-01T20:59:59Z') },
    ]));

  it('goes on where the earlier return stopped', () =>
    expect(planRestore(consumed, 450, 450, { ...grace, now: at('2026-11-30T10:00:00Z') })).toEqual([
      { lotId: 'L2', points: 150, into: 'SAME_LOT', expireAt: at('2027-03-01T20:59:59Z') },
      { lotId: 'L1', points: 300, into: 'SAME_LOT', expireAt: at('2026-12-01T20:59:59Z') },
    ]));

  it('never restores more than was consumed', () =>
    expect(() => planRestore(consumed, 451, 450, { ...grace, now: 0 })).toThrow(RangeError));
});

describe('clawing earned points', () => {
  const lots: Lot[] = [
    { id: 'own', pending: 10, active: 5, held: 0, activateAt: 0, expireAt: null },
    { id: 'later', pending: 0, active: 20, held: 0, activateAt: 0, expireAt: null },
    { id: 'sooner', pending: 8, active: 4, held: 3, activateAt: 0, expireAt: 100 },
  ];
  const claw = (policy: ReturnPolicy, target: number, from = lots, moneyBack = 100_000) =>
    planClawback(from, target, { policy, ownLotIds: ['own'], pointValueMinor: 100, moneyBack });

  it('takes its own pending, its own active, then the nearest expiry', () =>
    expect(claw('DEBT', 57)).toEqual({
      parts: [
        { lotId: 'own', from: 'PENDING', points: 10 },
        { lotId: 'own', from: 'ACTIVE', points: 5 },
        { lotId: 'sooner', from: 'ACTIVE', points: 4 },
        { lotId: 'later', from: 'ACTIVE', points: 20 },
      ],
      debt: 18,
      withheld: 0,
      shortage: 0,
    }));

  it('takes no more than the target', () =>
    expect(claw('DEBT', 12)).toEqual({
      parts: [
        { lotId: 'own', from: 'PENDING', points: 10 },
        { lotId: 'own', from: 'ACTIVE', points: 2 },
      ],
      debt: 0,
      withheld: 0,
      shortage: 0,
    }));

  it.each([
    ['DEBT', { debt: 57, withheld: 0, shortage: 0 }],
    ['WITHIN_BALANCE', { debt: 0, withheld: 0, shortage: 57 }],
    ['FROM_REFUND', { debt: 0, withheld: 5_700, shortage: 0 }],
    ['ONLY_PENDING', { debt: 0, withheld: 0, shortage: 57 }],
  ] as const)('with nothing left, %s (E8)', (policy, rest) =>
    expect(claw(policy, 57, [])).toEqual({ parts: [], ...rest }),
  );

  it('withholds no more than the refund', () =>
    expect(claw('FROM_REFUND', 57, [], 1_250)).toMatchObject({ withheld: 1_200, shortage: 45 }));

  it('leaves active points alone by ONLY_PENDING', () =>
    expect(claw('ONLY_PENDING', 12)).toMatchObject({
      parts: [{ lotId: 'own', from: 'PENDING', points: 10 }],
      shortage: 2,
    }));
});
