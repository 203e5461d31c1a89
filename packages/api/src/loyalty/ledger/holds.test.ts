import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const NOW = '2026-11-22T09:00:00Z';
const LATER = '2026-11-22T09:30:00Z';

describe('a hold', () => {
  it('takes the nearest expiry first, never-expiring last (E5)', async () => {
    const account = new LedgerOf(db.sql);
    await account.earn({ points: 1000, now: NOW });
    await account.earn({ points: 500, now: NOW, expireAt: '2027-03-01T20:59:59Z' });
    await account.earn({ points: 300, now: NOW, expireAt: '2026-12-01T20:59:59Z' });
    const order = newId();
    await account.hold(order, 900, LATER, NOW);
    expect((await account.lots()).map((lot) => [lot.active, lot.held])).toEqual([
      [900, 100],
      [0, 500],
      [0, 300],
    ]);
    await account.capture(order, NOW);
    expect(await account.balance()).toEqual({ active: 900, pending: 0, held: 0, debt: 0 });
    expect((await account.lots()).map((lot) => lot.active)).toEqual([900, 0, 0]);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('is refused with what is there, and leaves nothing behind', async () => {
    const account = new LedgerOf(db.sql);
    await account.earn({ points: 200, now: NOW });
    await expect(account.hold(newId(), 201, LATER, NOW)).rejects.toMatchObject({
      message: 'InsufficientPoints',
      detail: '{"available": 200, "requested": 201}',
    });
    expect(await account.history()).toEqual(['EARN 200']);
    expect(await account.balance()).toEqual({ active: 200, pending: 0, held: 0, debt: 0 });
  });

  it('of a begun order is replaced, not added to (E16)', async () => {
    const account = new LedgerOf(db.sql);
    await account.earn({ points: 1000, now: NOW });
    const order = newId();
    await account.hold(order, 800, LATER, NOW);
    await account.hold(order, 900, LATER, NOW);
    expect(await account.balance()).toEqual({ active: 100, pending: 0, held: 900, debt: 0 });
    await account.hold(order, 0, LATER, NOW);
    expect(await account.balance()).toEqual({ active: 1000, pending: 0, held: 0, debt: 0 });
    expect(await account.history()).toEqual([
      'EARN 1000',
      'HOLD -800',
      'RELEASE 800',
      'HOLD -900',
      'RELEASE 900',
    ]);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('is refused on a blocked account, which still earns', async () => {
    const account = new LedgerOf(db.sql);
    await account.earn({ points: 100, now: NOW });
    await db.sql
      .updateTable('loyalty_account')
      .set({ status: 'BLOCKED' })
      .where('profile_id', '=', account.profileId)
      .execute();
    await expect(account.hold(newId(), 1, LATER, NOW)).rejects.toMatchObject({ message: 'AccountBlocked' });
    await account.earn({ points: 5, now: NOW });
    expect(await account.balance()).toEqual({ active: 105, pending: 0, held: 0, debt: 0 });
  });
});

describe('two tills and one balance (E6)', () => {
  it('frees the points of a silent till and lets its late receipt overdraw', async () => {
    const account = new LedgerOf(db.sql);
    await account.earn({ points: 1000, now: NOW });
    const [a, b] = [newId(), newId()];
    await account.hold(a, 800, '2026-11-22T09:30:00Z', NOW);
    expect(await account.balance()).toEqual({ active: 200, pending: 0, held: 800, debt: 0 });
    await expect(account.hold(b, 800, '2026-11-22T09:31:00Z', NOW)).rejects.toMatchObject({
      detail: '{"available": 200, "requested": 800}',
    });
    expect(await account.release(a, '2026-11-22T09:05:00Z')).toBe(800);
    expect(await account.balance()).toEqual({ active: 1000, pending: 0, held: 0, debt: 0 });

    await account.hold(a, 800, '2026-11-22T09:40:00Z', '2026-11-22T09:10:00Z');
    const silent = '2026-11-22T09:41:00Z';
    expect(await account.bringTo(silent)).toEqual({ active: 1000, pending: 0, held: 0, debt: 0 });
    await account.hold(b, 900, '2026-11-22T10:11:00Z', silent);
    expect(await account.capture(b, silent)).toBe(900);

    expect(await account.capture(a, silent)).toBe(0);
    expect(await account.spendLate(a, 800, silent)).toBe(700);
    expect(await account.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -700 });
    const incidents = await db.sql
      .selectFrom('incident')
      .select(['kind', 'order_id', 'facts'])
      .where('profile_id', '=', account.profileId)
      .execute();
    expect(incidents).toEqual([
      {
        kind: 'LATE_COMMIT_OVERDRAFT',
        order_id: a,
        facts: { points: 800, covered: 100, overdrawn: 700 },
      },
    ]);
    expect((await account.history()).slice(-6)).toEqual([
      'RELEASE 800',
      'HOLD -900',
      'CAPTURE -900',
      'HOLD -100',
      'CAPTURE -100',
      'OVERDRAFT -700',
    ]);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });
});

describe('expiry and a hold (E9)', () => {
  const END = '2026-12-31T20:59:59Z';
  const ORDER_BEGUN = '2026-12-31T20:50:00Z';
  const JOB = '2026-12-31T21:00:05Z';
  const TEN_PAST = '2026-12-31T21:10:00Z';
  const GRACE_END = '2027-01-01T21:10:00Z';

  async function heldOverMidnight(): Promise<{ account: LedgerOf; order: string }> {
    const account = new LedgerOf(db.sql);
    const order = newId();
    await account.earn({ points: 200, now: NOW, expireAt: END });
    await account.hold(order, 150, '2026-12-31T21:20:00Z', ORDER_BEGUN);
    expect(await account.bringTo(JOB)).toEqual({ active: 0, pending: 0, held: 150, debt: 0 });
    return { account, order };
  }

  it('expires only what is not held; cancelled points live a day more', async () => {
    const { account, order } = await heldOverMidnight();
    await account.release(order, TEN_PAST);
    expect(await account.balance()).toEqual({ active: 150, pending: 0, held: 0, debt: 0 });
    expect((await account.lots()).at(-1)).toEqual({
      source: 'RESTORE',
      active: 150,
      pending: 0,
      held: 0,
      debt: 0,
      expireAt: new Date(GRACE_END),
    });
    expect((await account.bringTo('2027-01-01T21:09:59Z')).active).toBe(150);
    expect((await account.bringTo(GRACE_END)).active).toBe(0);
    expect(await account.history()).toEqual([
      'EARN 200',
      'HOLD -150',
      'EXPIRE -50',
      'RELEASE 150',
      'EXPIRE -150',
    ]);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });

  it('captures what was held; nothing more expires, and a second run changes nothing', async () => {
    const { account, order } = await heldOverMidnight();
    expect(await account.capture(order, TEN_PAST)).toBe(150);
    await account.bringTo('2027-02-01T00:00:00Z');
    await account.bringTo('2027-02-01T00:00:00Z');
    expect(await account.history()).toEqual(['EARN 200', 'HOLD -150', 'EXPIRE -50', 'CAPTURE -150']);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });
});

describe('what falls due', () => {
  it('happens in its own order, whenever somebody looks', async () => {
    const account = new LedgerOf(db.sql);
    const order = newId();
    await account.earn({ points: 100, now: NOW, expireAt: '2026-11-22T12:00:00Z' });
    await account.earn({
      points: 70,
      now: NOW,
      activateAt: '2026-11-22T10:00:00Z',
      expireAt: '2026-11-22T13:00:00Z',
    });
    await account.hold(order, 40, '2026-11-22T11:00:00Z', NOW);
    await account.bringTo('2026-11-23T09:00:00Z');
    expect(await account.history()).toEqual([
      'EARN 100',
      'EARN 70',
      'HOLD -40',
      'ACTIVATE 70',
      'RELEASE 40',
      'EXPIRE -100',
      'EXPIRE -70',
    ]);
    const moments = await db.sql
      .selectFrom('loyalty_journal')
      .select('occurred_at')
      .where('profile_id', '=', account.profileId)
      .where('revision', '>', 3)
      .orderBy('revision')
      .execute();
    expect(moments.map((row) => row.occurred_at.toISOString())).toEqual([
      '2026-11-22T10:00:00.000Z',
      '2026-11-22T11:00:00.000Z',
      '2026-11-22T12:00:00.000Z',
      '2026-11-22T13:00:00.000Z',
    ]);
    expect(await ledgerViolations(db.sql)).toEqual([]);
  });
});
