import { expect, test } from 'vitest';
import { beginOrder, previewOrder, type OrderDraft } from '../index.ts';
import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { useTestDatabase } from '../../testing/loyalty.builders.ts';
import { aCheckout, aDraft, aMember, aVisit, refusal } from '../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';
import { aSegmentOf, leaveSegment, lookedAt } from '../../testing/segments-of-people.builders.ts';
import { QuoteChanged } from '../orders.errors.ts';

const db = useTestDatabase();

const anybody = promotionRules().audience;
const forSegments = (...segmentIds: string[]) => ({ ...anybody, who: 'CHOSEN' as const, segmentIds });
const exceptSegments = (...segmentIds: string[]) => ({ ...anybody, except: { tags: [], segmentIds } });

async function reasons(till: Context, draft: Partial<OrderDraft>) {
  const { quote } = await previewOrder(till, aDraft(draft));
  return quote.promotions.map((verdict) => (verdict.applied ? 'applied' : verdict.reason?.code));
}

test('a promotion for a segment is for its members alone, one except for a segment for all known others', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database);
  const other = await aMember(ctx, shop);
  const sleeping = await aSegmentOf(ctx, [shopper]);
  const rich = await aSegmentOf(ctx, []);
  await lookedAt(ctx, [other]);
  const { brandId } = shop;
  for (const audience of [forSegments(sleeping), forSegments(rich, sleeping), exceptSegments(sleeping)])
    await aPromotion(ctx, { brandId, rules: { audience } });
  const member = { shopper: { visitId } };
  const nobody = { shopper: null };
  const stranger = { shopper: { visitId: await aVisit(till, other) } };
  expect(await reasons(till, member)).toEqual(['applied', 'applied', 'EXCLUDED_SHOPPER']);
  expect(await reasons(till, stranger)).toEqual(['NOT_IN_AUDIENCE', 'NOT_IN_AUDIENCE', 'applied']);
  expect(await reasons(till, nobody)).toEqual(['NO_SHOPPER', 'NO_SHOPPER', 'NO_SHOPPER']);
});

test('of whom nobody has looked at yet, or could, nothing is known: neither in nor left out', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database);
  const segment = await aSegmentOf(ctx, []);
  for (const audience of [forSegments(segment), exceptSegments(segment)])
    await aPromotion(ctx, { brandId: shop.brandId, rules: { audience } });
  const unknown = ['NOT_IN_AUDIENCE', 'NOT_IN_AUDIENCE'];
  expect(await reasons(till, { shopper: { visitId } })).toEqual(unknown);
  await lookedAt(ctx, [shopper]);
  expect(await reasons(till, { shopper: { visitId } })).toEqual(['NOT_IN_AUDIENCE', 'applied']);
  await ctx.sql
    .updateTable('profile_segment')
    .set({ failed_at: ctx.clock.now() })
    .where('profile_id', '=', shopper)
    .execute();
  expect(await reasons(till, { shopper: { visitId } })).toEqual(unknown);
});

test('who left the segment between preview and begin is asked again', async () => {
  const { ctx, shop, till, shopper, visitId } = await aCheckout(db.database);
  const segment = await aSegmentOf(ctx, [shopper]);
  await aPromotion(ctx, {
    brandId: shop.brandId,
    title: 'Спящим',
    rules: { audience: forSegments(segment) },
  });
  const draft = aDraft({ shopper: { visitId } });
  const { quote, hash } = await previewOrder(till, draft);
  expect(quote.discount).toBe(10_000);
  await leaveSegment(ctx, segment, shopper);
  const begin = beginOrder(till, { requestId: newId(), externalId: newId(), draft, quoteHash: hash });
  const changed = await refusal(begin);
  expect(changed).toBeInstanceOf(QuoteChanged);
  expect((changed as QuoteChanged).reasons).toEqual([
    { code: 'PROMOTION', message: 'promotion applies no more: Спящим', line: null },
  ]);
});

test('the segments come with the basket: a preview sends no statement more', async () => {
  const { ctx, shop, till, shopper } = await aCheckout(db.database);
  const visitId = await aVisit(till, shopper);
  const count = async () => {
    const { pool } = db.database;
    let statements = 0;
    const connect = pool.connect.bind(pool);
    Object.assign(pool, {
      connect: async (...args: []) => {
        statements += 1;
        return connect(...args);
      },
    });
    await reasons(till, { shopper: { visitId } });
    Object.assign(pool, { connect });
    return statements;
  };
  await aPromotion(ctx, { brandId: shop.brandId, rules: { audience: { ...anybody, who: 'MEMBERS' } } });
  await count();
  const before = await count();
  await aPromotion(ctx, {
    brandId: shop.brandId,
    rules: { audience: forSegments(await aSegmentOf(ctx, [shopper])) },
  });
  await count();
  expect(await reasons(till, { shopper: { visitId } })).toEqual(['applied', 'applied']);
  expect(await count()).toBe(before);
});
