import { expect, test } from 'vitest';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { createPool, setPromotionState } from '@clientele/api/src/offers/index.ts';
import { previewOrder, returnOrder } from '@clientele/api/src/orders/index.ts';
import { asSystem } from '@clientele/api/src/testing/company.builders.ts';
import { useTestApp } from '@clientele/api/src/testing/create-test-app.ts';
import {
  aDraft,
  aMember,
  aShop,
  atTill,
  aVisit,
  begun,
  sold,
  type Shop,
} from '@clientele/api/src/testing/orders.builders.ts';
import { aPromotion } from '@clientele/api/src/testing/promotions.builders.ts';

const it = useTestApp({ worker: true, now: '2026-11-01T09:00:00.000Z' });

const member = {
  who: 'MEMBERS' as const,
  tags: [],
  tiers: [],
  segmentIds: [],
  except: { tags: [], segmentIds: [] },
};

/** 10 % on the next purchase: one promotion gives by a code, another promises the code. */
async function aShopWithNextCodes(ctx: Context): Promise<Shop & { poolId: string }> {
  const system = asSystem(ctx);
  const shop = await aShop(system);
  const { brandId } = shop;
  const byCode = await aPromotion(ctx, {
    brandId,
    name: '10 % по коду',
    state: 'DRAFT',
    rules: { audience: member, conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const poolId = await createPool(system, {
    promotionId: byCode,
    name: 'Следующая покупка',
    kind: 'SINGLE_USE',
    pattern: 'NEXT-######',
  });
  await setPromotionState(system, { id: byCode, version: 1, state: 'LIVE' });
  await aPromotion(ctx, {
    brandId,
    name: 'Код на следующую покупку',
    rules: { audience: member, benefits: [{ kind: 'NEXT_CODE', poolId, validDays: 30 }] },
  });
  return { ...shop, poolId };
}

/** Codes of a shopper of that pool, as they stand. */
async function codesOf(ctx: Context, profileId: string) {
  return ctx.sql
    .selectFrom('promo_code')
    .select(['code', 'state', 'expires_at', 'reason', 'issued_at'])
    .where('profile_id', '=', profileId)
    .orderBy('issued_at')
    .orderBy('id')
    .execute();
}

async function comesBack(till: Context, externalId: string): Promise<void> {
  await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: externalId } },
    externalId: `return-${externalId}`,
    occurredAt: till.clock.now(),
    receipts: [],
  });
  await it.app.relay?.drain();
}

test('E17: a code for the next purchase is issued, used, and free again when that purchase comes back whole', async () => {
  it.app.clock.set('2026-11-01T09:00:00.000Z');
  const ctx = asSystem(it.app.context());
  const shop = await aShopWithNextCodes(ctx);
  const till = await atTill(ctx, shop);
  const anna = await aMember(ctx, shop);
  const boris = await aMember(ctx, shop);
  const draft = async (profileId: string, promoCodes: string[] = []) =>
    aDraft({ promoCodes, shopper: { visitId: await aVisit(till, profileId) } });

  await sold(till, await draft(anna));
  await it.app.relay?.drain();
  await it.app.relay?.drain();
  const [next] = await codesOf(ctx, anna);
  expect(await codesOf(ctx, anna)).toHaveLength(1);
  // Thirty days later, to the end of the day in the store's zone.
  expect(next).toMatchObject({
    state: 'ISSUED',
    reason: 'Код на следующую покупку',
    expires_at: new Date('2026-12-01T20:59:59.000Z'),
  });
  const code = next?.code ?? '';

  it.app.clock.set('2026-11-20T09:00:00.000Z');
  const foreign = await previewOrder(till, await draft(boris, [code]));
  expect(foreign.quote.refusedCodes).toEqual([{ code, reason: 'OTHER_SHOPPER' }]);
  expect(foreign.quote.discount).toBe(0);
  const typed = code.toLowerCase().replace('-', ' ');
  const second = await sold(till, await draft(anna, [typed]));
  await it.app.relay?.drain();
  expect(second.quote.quote).toMatchObject({ discount: 10_000, toPay: 90_000, refusedCodes: [] });
  expect((await codesOf(ctx, anna)).map(({ state }) => state)).toEqual(['USED', 'ISSUED']);
  const again = await previewOrder(till, await draft(anna, [code]));
  expect(again.quote.refusedCodes).toEqual([{ code, reason: 'USED' }]);

  it.app.clock.set('2026-11-25T09:00:00.000Z');
  await comesBack(till, second.externalId);
  // Free again; what the returned purchase had brought is taken back.
  expect((await codesOf(ctx, anna)).map(({ state }) => state)).toEqual(['ISSUED', 'CANCELLED']);
  const third = await previewOrder(till, await draft(anna, [code]));
  expect(third.quote).toMatchObject({ discount: 10_000, refusedCodes: [] });

  it.app.clock.set('2026-12-01T20:59:58.000Z');
  expect((await previewOrder(till, await draft(anna, [code]))).quote.refusedCodes).toEqual([]);
  it.app.clock.set('2026-12-01T20:59:59.000Z');
  const late = await previewOrder(till, await draft(anna, [code]));
  expect(late.quote.refusedCodes).toEqual([{ code, reason: 'EXPIRED' }]);
});

test('a code that was used stays used when the purchase it came from is returned', async () => {
  it.app.clock.set('2026-12-05T09:00:00.000Z');
  const ctx = asSystem(it.app.context());
  const shop = await aShopWithNextCodes(ctx);
  const till = await atTill(ctx, shop);
  const anna = await aMember(ctx, shop);
  const visit = async () => ({ visitId: await aVisit(till, anna) });
  const first = await sold(till, aDraft({ shopper: await visit() }));
  await it.app.relay?.drain();
  const [next] = await codesOf(ctx, anna);
  // Promised to a purchase under way, it is not taken away either.
  const open = await begun(till, aDraft({ shopper: await visit(), promoCodes: [next?.code ?? ''] }));
  await comesBack(till, first.externalId);
  expect(open.quote.quote.discount).toBe(10_000);
  expect((await codesOf(ctx, anna)).map(({ state }) => state)).toEqual(['HELD']);
});

test('nobody known gets no code', async () => {
  it.app.clock.set('2026-12-06T09:00:00.000Z');
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const { brandId } = shop;
  const byCode = await aPromotion(ctx, {
    brandId,
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const poolId = await createPool(ctx, {
    promotionId: byCode,
    name: 'Всем',
    kind: 'SINGLE_USE',
    pattern: 'ALL-######',
  });
  await aPromotion(ctx, { brandId, rules: { benefits: [{ kind: 'NEXT_CODE', poolId, validDays: 7 }] } });
  const till = await atTill(ctx, shop);
  await sold(till, aDraft());
  await it.app.relay?.drain();
  const { issued } = await ctx.sql
    .selectFrom('promo_code')
    .select((eb) => eb.fn.countAll<string>().as('issued'))
    .where('pool_id', '=', poolId)
    .executeTakeFirstOrThrow();
  expect(Number(issued)).toBe(0);
});
