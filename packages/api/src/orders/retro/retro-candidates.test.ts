import { presetSettings } from '@clientele/shared/receipt';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { allPrograms, publishProgramVersion } from '../../loyalty/index.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShop } from '../../testing/orders.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { ASKED_TIME, threeReceipts } from '../../testing/retro.builders.ts';
import { nextCandidates } from './candidates.ts';

const it = useTestApp();

test('by the rules of the day of purchase: before the first version there are none', async () => {
  const { plan } = await threeReceipts(it.app.context());
  expect(await plan({ versionNumber: null })).toMatchObject({ customers: 0, points: 0, nothing: 3 });
});

test('only what was asked for: dates, sources, stores', async () => {
  const { ctx, shop, shopper, buy, plan } = await threeReceipts(it.app.context());
  await buy(shopper, '1000.00', '2026-06-01', 'site');
  expect(
    await plan({ from: new Date('2026-04-01T12:00:00Z'), to: new Date('2026-05-01T12:00:00Z') }),
  ).toMatchObject({
    orders: 1,
    points: 147,
  });
  expect(await plan({ sources: ['site', 'nobody'] })).toMatchObject({ orders: 1, points: 30 });
  expect(await plan({ storeIds: [shop.storeId] })).toMatchObject({ orders: 4, points: 573 });
  const other = await aShop(ctx);
  await expect(plan({ storeIds: [other.storeId] })).rejects.toMatchObject({
    problems: [{ path: ['storeIds', '0'], code: 'UNKNOWN' }],
  });
});

test('who is blocked gets nothing, nor do purchases of nobody known', async () => {
  const { ctx, shop, shopper, plan } = await threeReceipts(it.app.context());
  await record(ctx, 'old-crm', aRecord(shop, { occurredAt: new Date('2026-03-03T12:00:00Z') }));
  await sql`insert into loyalty_account (profile_id, program_id, status, opened_at)
    values (${shopper}, ${shop.programId}, 'BLOCKED', ${ctx.clock.now()})`.execute(ctx.sql);
  expect(await plan()).toMatchObject({ customers: 0, points: 0, blocked: 1 });
});

test('a batch is a few customers with all of their purchases', async () => {
  const { ctx, shop, orders, shopper } = await threeReceipts(it.app.context());
  const program = (await allPrograms(ctx)).find(({ id }) => id === shop.programId);
  if (program === undefined) throw new Error('there is no program');
  await publishProgramVersion(ctx, { programId: shop.programId, settings: presetSettings });
  const all = {
    from: ASKED_TIME.from.toISOString(),
    to: ASKED_TIME.to.toISOString(),
    sources: null,
    storeIds: null,
    capPerCustomer: null,
    versionId: null,
    freezeDays: null,
  };
  const batch = await nextCandidates(ctx, program, all, '00000000-0000-0000-0000-000000000000');
  expect(batch?.last).toBe(shopper);
  expect(batch?.orders.get(shopper)?.map(({ id }) => id)).toEqual(orders);
  expect(await nextCandidates(ctx, program, all, shopper)).toBeNull();
});
