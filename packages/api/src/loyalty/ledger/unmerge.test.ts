import { expect, it } from 'vitest';
import { translateDatabaseError } from '../../platform/database/call-function.ts';
import { newId } from '../../platform/ids.ts';
import { ledgerViolations, LedgerOf, useTestDatabase } from '../../testing/loyalty.builders.ts';

const db = useTestDatabase();
const NOW = '2026-11-22T09:00:00Z';
const LATER = '2026-11-22T10:00:00Z';
const IN_TWO_WEEKS = '2026-12-06T09:00:00Z';

function two(): [LedgerOf, LedgerOf] {
  const [one, other] = three();
  return [one, other];
}

function three(): [LedgerOf, LedgerOf, LedgerOf] {
  const program = newId();
  const anyone = () => new LedgerOf(db.sql, newId(), program);
  return [anyone(), anyone(), anyone()];
}

async function refused(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'done',
    (error: unknown) => {
      const { code, facts } = translateDatabaseError(error) as { code: string; facts: unknown };
      return { code, facts };
    },
  );
}

it('a merge taken back at once leaves every lot, hold and sum as it was', async () => {
  const [other, survivor] = two();
  const begun = newId();
  await other.earn({ points: 300, now: NOW, expireAt: '2027-03-01T20:59:59Z' });
  await other.earn({ points: 60, now: NOW, activateAt: IN_TWO_WEEKS, order: newId() });
  await other.hold(begun, 120, LATER, NOW);
  await survivor.earn({ points: 40, now: NOW });
  const before = await other.lots();
  const own = await survivor.lots();

  const facts = await other.mergeInto(survivor.profileId, NOW);
  expect(await survivor.balance()).toEqual({ active: 220, pending: 60, held: 120, debt: 0 });
  await other.takeBack(survivor.profileId, { facts, orders: [begun] }, NOW);

  expect(await other.lots()).toEqual(before);
  expect((await survivor.lots()).filter(({ source }) => source !== 'MERGE')).toEqual(own);
  expect(await other.balance()).toEqual({ active: 180, pending: 60, held: 120, debt: 0 });
  expect(await survivor.balance()).toEqual({ active: 40, pending: 0, held: 0, debt: 0 });
  expect(await other.history()).toEqual(['EARN 300', 'EARN 60', 'HOLD -120', 'MERGE -360', 'UNMERGE 360']);
  // The begun purchase goes on where it was begun.
  expect(await other.capture(begun, NOW)).toBe(120);
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('what the survivor’s purchases took since, the survivor’s own points make good', async () => {
  const [other, survivor] = two();
  await other.earn({ points: 300, now: NOW, expireAt: '2027-03-01T20:59:59Z' });
  await survivor.earn({ points: 500, now: NOW });
  const facts = await other.mergeInto(survivor.profileId, NOW);
  const bought = newId();
  // The nearest expiry goes first: these are the other's.
  await survivor.commit(bought, 250, NOW);
  await other.takeBack(survivor.profileId, { facts, orders: [] }, NOW);
  expect(await other.balance()).toEqual({ active: 300, pending: 0, held: 0, debt: 0 });
  expect(await survivor.balance()).toEqual({ active: 250, pending: 0, held: 0, debt: 0 });
  // The purchase is the survivor's, and so is what comes back for it.
  expect(await survivor.restore(bought, 250, NOW)).toEqual({ restored: 250, expired: 0, repaid: 0 });
  expect(await survivor.balance()).toEqual({ active: 500, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('points spent beyond that are told, and given up only when asked to', async () => {
  const [other, survivor] = two();
  await other.earn({ points: 300, now: NOW });
  await survivor.earn({ points: 100, now: NOW });
  const facts = await other.mergeInto(survivor.profileId, NOW);
  await survivor.commit(newId(), 350, NOW);
  expect(await refused(other.takeBack(survivor.profileId, { facts, orders: [] }, NOW))).toEqual({
    code: 'PointsSpentSinceMerge',
    facts: { spent: 250, available: 0 },
  });
  expect(await survivor.balance()).toEqual({ active: 50, pending: 0, held: 0, debt: 0 });
  await other.takeBack(survivor.profileId, { facts, orders: [], whatRemains: true }, NOW);
  expect(await other.balance()).toEqual({ active: 50, pending: 0, held: 0, debt: 0 });
  expect(await survivor.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('the other’s own purchase goes back with what it spent, earned and gets back later', async () => {
  const [other, survivor] = two();
  const bought = newId();
  await other.earn({ points: 100, now: NOW });
  const facts = await other.mergeInto(survivor.profileId, NOW);
  await survivor.commit(bought, 80, NOW);
  await survivor.earn({ points: 30, now: NOW, activateAt: IN_TWO_WEEKS, order: bought });
  await other.takeBack(survivor.profileId, { facts, orders: [bought] }, NOW);
  expect(await other.balance()).toEqual({ active: 20, pending: 30, held: 0, debt: 0 });
  expect(await survivor.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
  // Its journals stand in the survivor's account; a return finds them there.
  expect(await other.restore(bought, 80, NOW)).toEqual({ restored: 80, expired: 0, repaid: 0 });
  expect(await other.clawBack(bought, 30, NOW)).toEqual({ clawed: 30, debt: 0, shortage: 0 });
  expect(await other.balance()).toEqual({ active: 100, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('a debt goes back to whose it was', async () => {
  const [other, survivor] = two();
  await survivor.spendLate(newId(), 70, NOW);
  await other.earn({ points: 100, now: NOW });
  const facts = await other.mergeInto(survivor.profileId, NOW);
  expect(await survivor.balance()).toEqual({ active: 30, pending: 0, held: 0, debt: 0 });
  await other.takeBack(survivor.profileId, { facts, orders: [] }, NOW);
  expect(await other.balance()).toEqual({ active: 100, pending: 0, held: 0, debt: 0 });
  expect(await survivor.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -70 });

  const [debtor, payer] = two();
  await debtor.spendLate(newId(), 70, NOW);
  await payer.earn({ points: 100, now: NOW });
  const merged = await debtor.mergeInto(payer.profileId, NOW);
  await debtor.takeBack(payer.profileId, { facts: merged, orders: [] }, NOW);
  expect(await debtor.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -70 });
  expect(await payer.balance()).toEqual({ active: 100, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('what happened while the survivor was merged further goes back all the way', async () => {
  const [first, second, third] = three();
  const bought = newId();
  await first.earn({ points: 50, now: NOW, expireAt: LATER });
  await third.spendLate(newId(), 100, NOW);
  const inner = await first.mergeInto(second.profileId, NOW);
  const outer = await second.mergeInto(third.profileId, NOW);
  // Fifty and thirty pay the third one's debt.
  await third.earn({ points: 30, now: NOW, order: bought });
  expect(await third.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -20 });
  await second.takeBack(third.profileId, { facts: outer, orders: [bought] }, NOW);
  expect(await second.balance()).toEqual({ active: 80, pending: 0, held: 0, debt: 0 });
  await first.takeBack(second.profileId, { facts: inner, orders: [bought] }, NOW);
  expect(await first.balance()).toEqual({ active: 80, pending: 0, held: 0, debt: 0 });
  expect(await second.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
  expect(await third.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -100 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('points that expired while the survivor was merged further are not missed', async () => {
  const [first, second, third] = three();
  await first.earn({ points: 50, now: NOW, expireAt: LATER });
  await first.earn({ points: 7, now: NOW });
  await second.earn({ points: 200, now: NOW });
  const inner = await first.mergeInto(second.profileId, NOW);
  const outer = await second.mergeInto(third.profileId, NOW);
  await third.bringTo(LATER);
  await second.takeBack(third.profileId, { facts: outer, orders: [] }, LATER);
  await first.takeBack(second.profileId, { facts: inner, orders: [] }, LATER);
  expect(await first.balance()).toEqual({ active: 7, pending: 0, held: 0, debt: 0 });
  expect(await second.balance()).toEqual({ active: 200, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});

it('points held for the wrong purchase are waited for', async () => {
  const [other, survivor] = two();
  await other.earn({ points: 100, now: NOW });
  const facts = await other.mergeInto(survivor.profileId, NOW);
  await survivor.hold(newId(), 40, LATER, NOW);
  expect(await refused(other.takeBack(survivor.profileId, { facts, orders: [] }, NOW))).toEqual({
    code: 'PurchaseInProgress',
    facts: { holdExpiresAt: '2026-11-22T10:00:00+00:00' },
  });
  // Its time is over: the points are there again.
  await other.takeBack(survivor.profileId, { facts, orders: [] }, LATER);
  expect(await other.balance()).toEqual({ active: 100, pending: 0, held: 0, debt: 0 });
  expect(await ledgerViolations(db.sql)).toEqual([]);
});
