import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aKey, aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { aMember, aShop } from '../../testing/orders.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { promotionRules } from '../../testing/promotions.builders.ts';
import { aSegmentOf, lookedAt } from '../../testing/segments-of-people.builders.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { estimatePromotion } from '../estimate/estimate-promotion.ts';

const it = useTestApp();

const forSegment = (id: string) =>
  promotionRules({ audience: { ...promotionRules().audience, who: 'CHOSEN', segmentIds: [id] } });

test('a promotion that is being written is tried on who is in its segment and who is not', async () => {
  const ctx = it.app.context();
  const store = await aStore(ctx);
  const { token } = await aKey(ctx, { scopes: ['offers.read', 'profiles.read'] });
  const [member, other] = [await aShopper(ctx), await aShopper(ctx)];
  await lookedAt(ctx, [other.id]);
  const segment = globalId('Segment', await aSegmentOf(ctx, [member.id]));
  const tried = async (shopper: Record<string, unknown>, segmentId = segment) => {
    const { data } = await it.app.graphql<{ testReceipt: Record<string, unknown> }>({
      query: `query ($input: TestReceiptInput!) { testReceipt(input: $input) {
        ... on InvalidInput { problems { path code } }
        ... on ReceiptTested { promotions { applied reason { code } } } } }`,
      variables: {
        input: {
          storeCode: store.code,
          lines: [{ sku: 'a', quantity: '1', unitPrice: '100.00' }],
          draftPromotions: [{ title: 'Черновик', rules: forSegment(segmentId) }],
          ...shopper,
        },
      },
      token,
    });
    return data?.testReceipt;
  };
  const who = (id: string) => ({ shopper: { id: globalId('Profile', id) } });
  expect(await tried(who(member.id))).toEqual({ promotions: [{ applied: true, reason: null }] });
  for (const shopper of [who(other.id), { asNewMember: true }])
    expect(await tried(shopper)).toEqual({
      promotions: [{ applied: false, reason: { code: 'NOT_IN_AUDIENCE' } }],
    });
  expect(await tried(who(member.id), globalId('Segment', newId()))).toEqual({
    problems: [{ path: ['draftPromotions', '0', 'rules', 'audience', 'segmentIds', '0'], code: 'UNKNOWN' }],
  });
});

test('an estimate takes who is in the segment now, and says so', async () => {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const [member, other] = [await aMember(ctx, shop), await aMember(ctx, shop)];
  await lookedAt(ctx, [other]);
  const buys = (profileId: string, unitPrice: string) =>
    record(
      ctx,
      'old-crm',
      aRecord(shop, {
        occurredAt: new Date('2026-11-10T09:00:00Z'),
        profile: { id: globalId('Profile', profileId) },
        lines: [{ sku: 'coat', quantity: '1', unitPrice }],
      }),
    );
  await buys(member, '1000.00');
  await buys(other, '3000.00');
  const rules = forSegment(await aSegmentOf(ctx, [member]));
  expect(await estimatePromotion(ctx, { brandId: shop.brandId, rules, days: 30 })).toMatchObject({
    orders: 2,
    touched: 1,
    money: [{ revenue: 400_000, touchedRevenue: 100_000, discount: 10_000 }],
    assumptions: ['SEGMENTS_NOW'],
  });
  const unknown = estimatePromotion(ctx, { brandId: shop.brandId, rules: forSegment(newId()), days: 30 });
  await expect(unknown).rejects.toMatchObject({
    problems: [{ path: ['rules', 'audience', 'segmentIds', '0'], code: 'UNKNOWN' }],
  });
});
