import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const NOW = '2026-11-22T09:00:00Z';

/** The account of E5 after 900 points were redeemed: L1 300 and L2 500 gone, L3 900 left. */
async function redeemedNineHundred(): Promise<{ account: LedgerOf; order: string }> {
  const account = new LedgerOf(db.sql);
  const order = newId();
  await account.earn({ points: 300, now: NOW, expireAt: '2026-12-01T20:59:59Z' });
  await account.earn({ points: 500, now: NOW, expireAt: '2027-03-01T20:59:59Z' });
  await account.earn({ points: 1000, now: NOW });
  await account.hold(order, 900, '2026-11-22T09:30:00Z', NOW);
  await account.capture(order, NOW);
  return { account, order };
}

describe('spent points of a return (E5)', () => {
  it('go back in the reverse order of their consumption', async () => {
    const { account, order } = await redeemedNineHundred();
    expect(await account.restore(order, 450, '2027-02-10T12:00:00Z')).toEqual({
      restored: 450,
      expired: 0,
      repaid: 0,
    });
    expect((await account.lots()).map((lot) => [lot.source, lot.active])).toEqual([
      ['IMPORT', 0],
      ['IMPORT', 350],
      ['IMPORT', 1000],
    ]);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('get a new lot where theirs has expired, to the end of the 14th day', async () => {
    const { account, order } = await redeemedNineHundred();
    await account.restore(order, 450, '2027-03-10T12:00:00Z');
    expect(
      (await account.lots()).map((lot) => [lot.source, lot.active, lot.expireAt?.toISOString()]),
    ).toEqual([
      ['IMPORT', 0, '2026-12-01T20:59:59.000Z'],
      ['IMPORT', 0, '2027-03-01T20:59:59.000Z'],
      ['IMPORT', 1000, undefined],
      ['RESTORE', 350, '2027-03-24T20:59:59.000Z'],
    ]);
    expect((await account.bringTo('2027-03-24T20:59:59Z')).active).toBe(1000);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('expire at once under ORIGINAL', async () => {
    const { account, order } = await redeemedNineHundred();
    const reply = await account.restore(order, 450, '2027-03-10T12:00:00Z', {
      expiredRestorePolicy: { kind: 'ORIGINAL' },
    });
    expect(reply).toEqual({ restored: 450, expired: 350, repaid: 0 });
    expect((await account.history()).slice(-2)).toEqual(['RESTORE 450', 'EXPIRE -350']);
    expect((await account.balance()).active).toBe(1000);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('come back exactly once over several returns', async () => {
    const { account, order } = await redeemedNineHundred();
    for (const points of [100, 350, 450]) await account.restore(order, points, '2026-11-25T12:00:00Z');
    expect((await account.lots()).map((lot) => lot.active)).toEqual([300, 500, 1000]);
    await expect(account.restore(order, 1, '2026-11-25T12:00:00Z')).rejects.toThrow(
      '1 points more than it took',
    );
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('repay debt before anything else, what was overdrawn first', async () => {
    const account = new LedgerOf(db.sql);
    const order = newId();
    await account.earn({ points: 100, now: NOW });
    expect(await account.spendLate(order, 800, NOW)).toBe(700);
    expect(await account.restore(order, 750, '2026-11-23T09:00:00Z')).toEqual({
      restored: 750,
      expired: 0,
      repaid: 700,
    });
    expect(await account.balance()).toEqual({ active: 50, pending: 0, held: 0, debt: 0 });
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });
});

async function earnedAndSpent(): Promise<{ account: LedgerOf; order: string }> {
  const account = new LedgerOf(db.sql);
  const [order, other] = [newId(), newId()];
  await account.earn({ points: 57, now: NOW, activateAt: '2026-12-06T09:00:00Z', order });
  await account.hold(other, 57, '2026-12-06T09:40:00Z', '2026-12-06T09:10:00Z');
  await account.capture(other, '2026-12-06T09:20:00Z');
  return { account, order };
}

describe('earned points of a return that are spent already (E8)', () => {
  it('become a debt that the next activation repays', async () => {
    const { account, order } = await earnedAndSpent();
    expect(await account.clawBack(order, 57, '2026-12-07T09:00:00Z')).toEqual({
      clawed: 57,
      debt: 57,
      shortage: 0,
    });
    expect(await account.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -57 });
    await account.earn({
      points: 90,
      now: '2026-12-08T09:00:00Z',
      activateAt: '2026-12-22T09:00:00Z',
      order: newId(),
    });
    expect(await account.balance()).toEqual({ active: 0, pending: 90, held: 0, debt: -57 });
    expect(await account.bringTo('2026-12-22T09:00:00Z')).toEqual({
      active: 33,
      pending: 0,
      held: 0,
      debt: 0,
    });
    expect((await account.history()).slice(-2)).toEqual(['ACTIVATE 90', 'DEBT_REPAY -57']);
    const [created] = await db.sql
      .selectFrom('outbox_event')
      .select('payload')
      .where('profile_id', '=', account.profileId)
      .where('kind', '=', 'debt.created')
      .execute();
    expect(created?.payload).toMatchObject({ created: 57, debt: -57, orderId: order });
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it.each(['WITHIN_BALANCE', 'FROM_REFUND', 'ONLY_PENDING'] as const)(
    'are left alone by %s',
    async (returnPolicy) => {
      const { account, order } = await earnedAndSpent();
      const reply = await account.clawBack(order, 57, '2026-12-07T09:00:00Z', { returnPolicy });
      expect(reply).toEqual({ clawed: 0, debt: 0, shortage: 57 });
      expect(await account.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
      expect(await ledgerViolations(db.sql)).toEqual([]);
    },
  );
});

/** Of the returned order 40 are pending and 60 active; others have 30 active that expire, 20 that never do. */
async function mixed(): Promise<{ account: LedgerOf; order: string }> {
  const account = new LedgerOf(db.sql);
  const order = newId();
  await account.earn({ points: 20, now: NOW });
  await account.earn({ points: 30, now: NOW, expireAt: '2027-06-01T00:00:00Z' });
  await account.earn({ points: 60, now: NOW, order });
  await account.earn({ points: 40, now: NOW, activateAt: '2026-12-06T09:00:00Z', order });
  return { account, order };
}

describe('where clawed points come from', () => {
  it.each([
    { returnPolicy: 'ONLY_PENDING', points: 100, clawed: 40, left: [20, 30, 60, 0], debt: 0 },
    { returnPolicy: 'FROM_REFUND', points: 100, clawed: 100, left: [20, 30, 0, 0], debt: 0 },
    { returnPolicy: 'WITHIN_BALANCE', points: 100, clawed: 100, left: [20, 30, 0, 0], debt: 0 },
    { returnPolicy: 'DEBT', points: 70, clawed: 70, left: [20, 30, 30, 0], debt: 0 },
  ] as const)('$returnPolicy of $points', async ({ returnPolicy, points, clawed, left, debt }) => {
    const { account, order } = await mixed();
    const reply = await account.clawBack(order, points, NOW, { returnPolicy });
    expect(reply).toEqual({ clawed, debt, shortage: points - clawed });
    expect((await account.lots()).map((lot) => lot.active + lot.pending)).toEqual(left);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it.each([
    { returnPolicy: 'WITHIN_BALANCE', clawed: 90, debt: 0 },
    { returnPolicy: 'DEBT', clawed: 100, debt: 10 },
    { returnPolicy: 'FROM_REFUND', clawed: 40, debt: 0 },
  ] as const)(
    '$returnPolicy goes on with other lots, nearest expiry first',
    async ({ returnPolicy, clawed, debt }) => {
      const { account, order } = await mixed();
      const other = newId();
      // Everything active but the 30 and 20 of others: the own 60 are promised elsewhere.
      await account.hold(other, 110, '2026-11-22T09:30:00Z', NOW);
      await account.capture(other, NOW);
      await account.earn({ points: 20, now: NOW });
      await account.earn({ points: 30, now: NOW, expireAt: '2027-06-01T00:00:00Z' });
      const reply = await account.clawBack(order, 100, NOW, { returnPolicy });
      expect(reply).toEqual({ clawed, debt, shortage: 100 - clawed });
      expect(await account.balance()).toMatchObject({ debt: debt === 0 ? 0 : -debt });
      expect(await ledgerViolations(db.sql)).toEqual([]);
    },
  );

  it('never takes more than the order earned', async () => {
    const { account, order } = await mixed();
    await account.clawBack(order, 100, NOW);
    await expect(account.clawBack(order, 1, NOW)).rejects.toThrow('did not earn');
  });
});
