import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { cancelOrder, commitOrder, previewOrder, returnOrder, type OrderDraft } from '../index.ts';
import type { Context } from '../../platform/context.ts';
import { setPromotionState } from '../../offers/index.ts';
import { newId } from '../../platform/ids.ts';
import { aCode, aPool } from '../../testing/codes.builders.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import {
  aCheckout,
  aDraft,
  aLine,
  aMember,
  aReceipt,
  aVisit,
  balanceOf,
  begin,
  begun,
  orderRow,
  refusal,
  sold,
} from '../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';

const db = useTestDatabase({ poolSize: 10 });
const MINUTE = 60_000;

async function quoted(till: Context, draft: Partial<OrderDraft>) {
  return (await previewOrder(till, aDraft(draft))).quote;
}

function why(quote: Awaited<ReturnType<typeof quoted>>, promotionId: string) {
  const verdict = quote.promotions.find((one) => one.promotionId === promotionId);
  return verdict?.applied === true ? 'applied' : verdict?.reason;
}

async function incidentsOf(ctx: Context, orderId: string) {
  return ctx.sql
    .selectFrom('incident')
    .select(['kind', 'facts'])
    .where('order_id', '=', orderId)
    .orderBy('id')
    .execute();
}

async function codeState(ctx: Context, code: string) {
  const { rows } = await sql<{ state: string }>`
    select state from promo_code where code = ${code}`.execute(ctx.sql);
  return rows[0]?.state;
}

/** Rules as they stand in the table, whoever checked them. */
async function rewrite(ctx: Context, promotionId: string, rules: object): Promise<void> {
  await sql`
    insert into promotion_revision (promotion_id, number, title, rules, created_at)
    select id, 2, title, ${JSON.stringify(rules)}::jsonb, ${ctx.clock.now()} from promotion_revision r
    join promotion on id = promotion_id where id = ${promotionId}`.execute(ctx.sql);
  await sql`update promotion set revision = 2 where id = ${promotionId}`.execute(ctx.sql);
}

/** A checkout whose promotion takes 10 % off by a code. */
async function aSaleByCode(rules: Parameters<typeof promotionRules>[0] = {}) {
  const checkout = await aCheckout(db.database);
  const { brandId } = checkout.shop;
  const promotionId = await aPromotion(checkout.ctx, {
    brandId,
    title: 'По коду',
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }], ...rules },
  });
  const code = await aCode(checkout.ctx, await aPool(checkout.ctx, { brandId, promotionId }));
  await setPromotionState(asSystem(checkout.ctx), { id: promotionId, version: 1, state: 'LIVE' });
  return { ...checkout, promotionId, code };
}

test('a discount is spread over lines, stands on the order, and is written down once at commit', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database);
  const promotionId = await aPromotion(ctx, { brandId: shop.brandId, title: 'Осень' });
  const lines = [aLine({ unitPrice: '100.05' }), aLine({ sku: 'other', unitPrice: '50.00' })];
  const sale = await sold(till, aDraft({ lines, shopper: { visitId } }));
  expect(sale.quote.quote).toMatchObject({ gross: 15_005, discount: 1_501, toPay: 13_504 });
  const rows = await ctx.sql
    .selectFrom('order_line')
    .select(['discount', 'discounts'])
    .where('order_id', '=', sale.orderId)
    .orderBy('number')
    .execute();
  expect(rows.map(({ discount }) => discount).reduce((a, b) => a + b)).toBe(1_501);
  expect(rows[0]?.discounts).toEqual([
    { source: 'PROMOTION', amount: rows[0]?.discount, promotionId, title: 'Осень', code: null },
  ]);
  const use = {
    promotion_id: promotionId,
    revision: 1,
    currency: 'RUB',
    discount: 1_501,
    points: 0,
    times: 1,
  };
  const uses = () =>
    ctx.sql.selectFrom('promotion_use').selectAll().where('profile_id', '=', shopper).execute();
  expect(await uses()).toMatchObject([{ ...use, known: true, code: null, occurred_at: ctx.clock.now() }]);
  await commitOrder(till, { requestId: newId(), order: { external: { id: sale.externalId } }, receipts: [] });
  expect(await uses()).toHaveLength(1);
});

test('a promotion without limits leaves no counter and no hold', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(db.database);
  const promotionId = await aPromotion(ctx, { brandId: shop.brandId });
  await begun(till, aDraft({ shopper: { visitId } }));
  for (const table of ['promotion_counter', 'promotion_hold'] as const)
    expect(
      await ctx.sql.selectFrom(table).selectAll().where('promotion_id', '=', promotionId).execute(),
    ).toEqual([]);
});

test('what rules ask of the shopper comes with the basket: birthday, tags, tier, purchases, personal offers', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database, 10);
  const { brandId } = shop;
  const chosen = { who: 'CHOSEN' as const, segmentIds: [], except: { tags: [], segmentIds: [] } };
  const ids = {
    birthday: await aPromotion(ctx, {
      brandId,
      rules: { conditions: [{ kind: 'BIRTHDAY', daysBefore: 1, daysAfter: 1 }] },
    }),
    tag: await aPromotion(ctx, { brandId, rules: { audience: { ...chosen, tags: ['vip'], tiers: [] } } }),
    tier: await aPromotion(ctx, { brandId, rules: { audience: { ...chosen, tags: [], tiers: ['GOLD'] } } }),
    second: await aPromotion(ctx, {
      brandId,
      rules: { conditions: [{ kind: 'NTH_ORDER', number: 2, repeated: false }] },
    }),
    granted: await aPromotion(ctx, {
      brandId,
      rules: { audience: { ...chosen, who: 'GRANTED', tags: [], tiers: [] } },
    }),
  };
  const draft = { shopper: { visitId } };
  const before = await quoted(till, draft);
  expect(before.discount).toBe(0);
  expect(why(before, ids.granted)).toEqual({ code: 'NOT_GRANTED' });
  expect(why(before, ids.second)).toMatchObject({ code: 'CONDITION', condition: 'NTH_ORDER' });
  await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  const gone = await sold(till, aDraft({ shopper: { visitId: await aVisit(till, shopper) } }));
  await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: gone.externalId } },
    externalId: newId(),
    receipts: [],
  });
  await ctx.sql
    .updateTable('profile')
    .set({ birth_date: '1990-11-21', tags: ['vip'] })
    .where('id', '=', shopper)
    .execute();
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ tier_code: 'GOLD' })
    .where('profile_id', '=', shopper)
    .execute();
  await ctx.sql
    .insertInto('offer_grant')
    .values({
      profile_id: shopper,
      id: newId(),
      promotion_id: ids.granted,
      source: 'HAND',
      reason: null,
      dedupe_key: null,
      valid_from: ctx.clock.now(),
      valid_to: null,
      uses: 1,
      state: 'OPEN',
      granted_by: 'test',
      created_at: ctx.clock.now(),
      updated_at: ctx.clock.now(),
    })
    .execute();
  const after = await quoted(till, draft);
  expect(Object.values(ids).map((id) => why(after, id))).toEqual(Array(5).fill('applied'));
  const sale = await sold(till, aDraft(draft));
  expect(why(await quoted(till, { shopper: { visitId: await aVisit(till, shopper) } }), ids.granted)).toEqual(
    {
      code: 'NOT_GRANTED',
    },
  );
  await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: sale.externalId } },
    externalId: newId(),
    receipts: [],
  });
  expect(why(await quoted(till, { shopper: { visitId: await aVisit(till, shopper) } }), ids.granted)).toBe(
    'applied',
  );
});

test('goods are chosen by any attribute of the product', async () => {
  const { ctx, shop, till } = await aCheckout(db.database);
  const sku = `boots-${newId()}`;
  const product = { id: newId(), sku, name: 'Boots', category_id: null, brand: null, min_unit_price: {} };
  await ctx.sql
    .insertInto('product')
    .values({
      ...product,
      attributes: { season: ['winter', 'autumn'], size: 42, secret: { deep: true } },
      url: null,
      image_url: null,
      earnable: null,
      redeemable: null,
      source: 'test',
      updated_at: ctx.clock.now(),
    })
    .execute();
  await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: {
      benefits: [
        { kind: 'PERCENT', rateBp: 5_000, goods: { only: { attributes: { season: ['winter'] } } } },
        { kind: 'PERCENT', rateBp: 5_000, goods: { only: { attributes: { size: ['42'] } } } },
      ],
    },
  });
  const quote = await quoted(till, { lines: [aLine(), aLine({ sku })] });
  expect(quote.lines.map(({ net }) => net)).toEqual([100_000, 25_000]);
});

test('points of a promotion are a rule of their own; a return takes them back as they were frozen', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database);
  const promotionId = await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: {
      conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 150_000 } }],
      benefits: [{ kind: 'EXTRA_POINTS', points: 100, per: 'ORDER' }],
    },
  });
  const lines = [aLine(), aLine({ sku: 'b' })];
  const sale = await sold(till, aDraft({ lines, shopper: { visitId } }));
  expect(sale.earned).toBe(160);
  const { rows } = await sql<{ rule_id: string; granted: number }>`
    select rule_id, granted from lot where source_id = ${sale.orderId} order by granted`.execute(ctx.sql);
  expect(rows).toEqual([
    { rule_id: 'purchase', granted: 60 },
    { rule_id: `promotion:${promotionId}`, granted: 100 },
  ]);
  // What staff make of it later is nothing to a purchase made before.
  await ctx.sql.updateTable('promotion').set({ state: 'ENDED' }).where('id', '=', promotionId).execute();
  const back = await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: sale.externalId } },
    externalId: newId(),
    lines: [{ number: 2, quantity: '1' }],
    receipts: [],
  });
  expect(back.pointsClawedBack).toBe(130);
  expect(await balanceOf(ctx, shop, shopper)).toMatchObject({ pending: 30 });
});

test('a code is held by begin, free after a cancel, used by commit, free again after a full return', async () => {
  const { ctx, till, shopper, visitId, code } = await aSaleByCode();
  const draft = aDraft({ shopper: { visitId }, promoCodes: [code.toLowerCase()] });
  const first = await begun(till, draft);
  expect(first.quote.quote).toMatchObject({ discount: 10_000, refusedCodes: [] });
  expect(await codeState(ctx, code)).toBe('HELD');
  const elsewhere = { shopper: { visitId: await aVisit(till, shopper) }, promoCodes: [code] };
  expect((await quoted(till, elsewhere)).refusedCodes).toEqual([{ code, reason: 'HELD' }]);
  await cancelOrder(till, { requestId: newId(), order: { external: { id: first.externalId } } });
  expect(await codeState(ctx, code)).toBe('FREE');
  const sale = await sold(till, draft);
  expect(await codeState(ctx, code)).toBe('USED');
  expect((await quoted(till, elsewhere)).refusedCodes).toEqual([{ code, reason: 'USED' }]);
  const uses = await ctx.sql
    .selectFrom('promotion_use')
    .select('code')
    .where('order_id', '=', sale.orderId)
    .execute();
  expect(uses).toEqual([{ code: code.toLowerCase() }]);
  await returnOrder(till, {
    requestId: newId(),
    order: { external: { id: sale.externalId } },
    externalId: newId(),
    receipts: [],
  });
  expect(await codeState(ctx, code)).toBe('FREE');
});

test('a code somebody else took between preview and begin is a changed quote, and nothing is held', async () => {
  const { ctx, shop, till, visitId, code } = await aSaleByCode();
  const draft = aDraft({ shopper: { visitId }, promoCodes: [code] });
  const { hash } = await previewOrder(till, draft);
  await sold(
    till,
    aDraft({ shopper: { visitId: await aVisit(till, await aMember(ctx, shop)) }, promoCodes: [code] }),
  );
  const externalId = newId();
  expect(await refusal(begin(till, draft, hash, externalId))).toMatchObject({
    reasons: [{ code: 'PROMO_CODE', message: `promo code ${code}: used` }],
    quote: { quote: { discount: 0, refusedCodes: [{ code, reason: 'USED' }] } },
  });
  expect(
    await ctx.sql.selectFrom('order_key').selectAll().where('external_id', '=', externalId).execute(),
  ).toEqual([]);
});

test('one code at ten tills at once is begun once', async () => {
  const { ctx, shop, till, code } = await aSaleByCode();
  const drafts = [];
  for (let index = 0; index < 10; index += 1) {
    const visitId = await aVisit(till, await aMember(ctx, shop));
    const draft = aDraft({ shopper: { visitId }, promoCodes: [code] });
    drafts.push({ draft, hash: (await previewOrder(till, draft)).hash });
  }
  const results = await Promise.all(drafts.map(({ draft, hash }) => refusal(begin(till, draft, hash))));
  const refused = results.filter((result) => result !== 'it was accepted');
  expect(refused).toHaveLength(9);
  for (const result of refused) expect(result).toMatchObject({ reasons: [{ code: 'PROMO_CODE' }] });
});

test('a late commit with a code that was used meanwhile goes through and is told to staff', async () => {
  const { ctx, shop, till, visitId, code } = await aSaleByCode();
  const late = await begun(till, aDraft({ shopper: { visitId }, promoCodes: [code] }));
  ctx.clock.advance(31 * MINUTE);
  const quick = await sold(
    till,
    aDraft({ shopper: { visitId: await aVisit(till, await aMember(ctx, shop)) }, promoCodes: [code] }),
  );
  expect(quick.quote.quote.discount).toBe(10_000);
  const commit = { order: { external: { id: late.externalId } }, receipts: [aReceipt()] };
  await commitOrder(till, { requestId: newId(), ...commit });
  await commitOrder(till, { requestId: newId(), ...commit });
  expect(await incidentsOf(ctx, late.orderId)).toMatchObject([
    { kind: 'CODE_USED_TWICE', facts: { codes: [{ code, usedBy: quick.orderId, reason: 'USED' }] } },
  ]);
  expect(await orderRow(ctx, late.orderId)).toMatchObject({ state: 'COMMITTED', discount: 10_000 });
});

test('a promotion that was edited between preview and begin is a changed quote that says which', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(db.database);
  const promotionId = await aPromotion(ctx, { brandId: shop.brandId, title: 'Осень' });
  const draft = aDraft({ shopper: { visitId } });
  const { hash } = await previewOrder(till, draft);
  await rewrite(ctx, promotionId, promotionRules({ benefits: [{ kind: 'PERCENT', rateBp: 2_000 }] }));
  ctx.clock.advance(2_000);
  expect(await refusal(begin(till, draft, hash))).toMatchObject({
    reasons: [{ code: 'PROMOTION', message: 'promotion changed: Осень' }],
    quote: { quote: { discount: 20_000 } },
  });
});

test('a promotion that cannot be calculated is left out and told once; previews tell nobody', async () => {
  const { ctx, shop, till, visitId } = await aCheckout(db.database);
  const promotionId = await aPromotion(ctx, { brandId: shop.brandId, title: 'Сломанная' });
  const broken = { ...promotionRules(), benefits: [{ kind: 'UNHEARD_OF' }] };
  await rewrite(ctx, promotionId, broken);
  ctx.clock.advance(2_000);
  const failures = () =>
    ctx.sql
      .selectFrom('incident')
      .select(['order_id', 'facts'])
      .where('kind', '=', 'RULE_FAILED')
      .where(sql<boolean>`facts ->> 'promotionId' = ${promotionId}`)
      .execute();
  const draft = aDraft({ shopper: { visitId } });
  expect(why((await previewOrder(till, draft)).quote, promotionId)).toMatchObject({ code: 'FAILED' });
  expect(await failures()).toEqual([]);
  const first = await begun(till, draft);
  await begun(till, draft);
  expect(await failures()).toMatchObject([
    { order_id: first.orderId, facts: { promotionId, revision: 2, title: 'Сломанная' } },
  ]);
});
