import { expect, it } from 'vitest';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/ids.ts';
import { moveShopperRows } from '../../profiles/index.ts';
import { aKey } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram, LedgerOf, ledgerViolations } from '../../testing/loyalty.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { LOYALTY_ROWS } from './shopper-rows.ts';

const test = useTestApp({ worker: true });

it('the demo clock takes everything that falls due along, without waiting', async () => {
  const ctx = test.app.context();
  const { token } = await aKey(ctx);
  const now = ctx.clock.now();
  const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();
  const account = new LedgerOf(ctx.sql, undefined, await aProgram(ctx));
  await account.earn({ points: 57, now: now.toISOString(), activateAt: inDays(14) });
  const answer = await test.app.graphql({
    query: 'mutation { advanceDemoClock(input: { by: "P15D" }) { now } }',
    token,
  });
  expect(answer.data).toEqual({ advanceDemoClock: { now: inDays(15) } });
  await test.app.relay?.drain();
  expect(await account.balance()).toEqual({ active: 57, pending: 0, held: 0, debt: 0 });
});

it('two profiles that are one person have one account: lots with their expiry, holds and debt', async () => {
  const ctx = test.app.context();
  const now = ctx.clock.now().toISOString();
  const later = new Date(ctx.clock.now().getTime() + 1_800_000).toISOString();
  const programId = await aProgram(ctx);
  const [from, to] = [await aShopper(ctx), await aShopper(ctx)];
  const old = new LedgerOf(ctx.sql, from.id, programId);
  const survivor = new LedgerOf(ctx.sql, to.id, programId);
  const [bought, begun] = [newId(), newId()];
  await old.earn({ points: 300, now, expireAt: '2030-12-31T20:59:59Z' });
  await old.earn({ points: 60, now, activateAt: later, order: bought });
  await old.hold(begun, 120, later, now);
  await survivor.spendLate(newId(), 50, now);
  expect(await survivor.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: -50 });

  await inTransaction(ctx, (tx) => moveShopperRows(tx, LOYALTY_ROWS, from.id, to.id));
  expect(await old.balance()).toEqual({ active: 0, pending: 0, held: 0, debt: 0 });
  expect(await survivor.balance()).toEqual({ active: 130, pending: 60, held: 120, debt: 0 });
  expect(await survivor.lots()).toMatchObject([
    { source: 'MERGE', active: 130, held: 120, expireAt: new Date('2030-12-31T20:59:59Z') },
    { source: 'MERGE', pending: 60, expireAt: null },
  ]);

  // The begun order and the bought one go on as if they had always been the survivor's.
  expect(await survivor.capture(begun, now)).toBe(120);
  expect(await survivor.clawBack(bought, 60, now)).toEqual({ clawed: 60, debt: 0, shortage: 0 });
  expect(await survivor.restore(begun, 120, now)).toEqual({ restored: 120, expired: 0, repaid: 0 });
  expect(await survivor.balance()).toEqual({ active: 250, pending: 0, held: 0, debt: 0 });
  await inTransaction(ctx, (tx) => moveShopperRows(tx, LOYALTY_ROWS, from.id, to.id));
  expect(await survivor.balance()).toEqual({ active: 250, pending: 0, held: 0, debt: 0 });
  await expect(old.earn({ points: 1, now })).rejects.toMatchObject({ code: '40001' });
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

it('points spent before the merge come back to the survivor, with their expiry', async () => {
  const ctx = test.app.context();
  const now = ctx.clock.now().toISOString();
  const later = new Date(ctx.clock.now().getTime() + 1_800_000).toISOString();
  const programId = await aProgram(ctx);
  const old = new LedgerOf(ctx.sql, (await aShopper(ctx)).id, programId);
  const survivor = new LedgerOf(ctx.sql, (await aShopper(ctx)).id, programId);
  const order = newId();
  await old.earn({ points: 100, now, expireAt: '2030-12-31T20:59:59Z' });
  await old.hold(order, 100, later, now);
  await old.capture(order, now);
  await old.mergeInto(survivor.profileId, now);
  expect(await survivor.restore(order, 70, now)).toEqual({ restored: 70, expired: 0, repaid: 0 });
  expect(await survivor.lots()).toMatchObject([
    { source: 'RESTORE', active: 70, expireAt: new Date('2030-12-31T20:59:59Z') },
  ]);
  await expect(survivor.restore(order, 31, now)).rejects.toThrow('1 points more than it took');
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});
