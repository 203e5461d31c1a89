import type { Audience } from '@clientele/shared/promotions';
import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { drainTasks } from '../../platform/tasks/index.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';
import { aSegmentOf } from '../../testing/segments-of-people.builders.ts';
import { aVisitToRead, offersAt } from '../../testing/visit-offers.builders.ts';

const api = useTestApp();

const granted = { ...promotionRules().audience, who: 'GRANTED' as const };

test('offers are those of the segments the shopper is in; a till that calculates itself is told the same', async () => {
  const at = await aVisitToRead(api.app);
  const { ctx, store, shopper } = at;
  const segment = await aSegmentOf(ctx, [shopper.id]);
  const other = await aSegmentOf(ctx, []);
  const promotion = (name: string, audience: Partial<Audience>) =>
    aPromotion(ctx, { brandId: store.brandId, name, rules: { audience: { ...granted, ...audience } } });
  const open = [
    await promotion('Спящим', { who: 'CHOSEN', segmentIds: [segment] }),
    await promotion('Всем, кроме чужих', { who: 'MEMBERS', except: { tags: [], segmentIds: [other] } }),
  ];
  await promotion('Чужим', { who: 'CHOSEN', segmentIds: [other] });
  await promotion('Всем, кроме спящих', { who: 'ANYBODY', except: { tags: [], segmentIds: [segment] } });
  const { offers, quoteFacts } = await offersAt(at);
  expect(offers.map(({ title }) => title)).toEqual(['Спящим', 'Всем, кроме чужих']);
  expect(quoteFacts?.promotionIds).toEqual(open);
});

test('a segment is granted an offer: whoever is in it when the task runs', async () => {
  const at = await aVisitToRead(api.app);
  const { app, ctx, store, shopper, key } = at;
  const promotionId = await aPromotion(ctx, { brandId: store.brandId, rules: { audience: granted } });
  const tagged = await aShopper(ctx);
  const tag = `tag-${newId()}`;
  await ctx.sql
    .updateTable('profile')
    .set({ tags: [tag] })
    .where('id', '=', tagged.id)
    .execute();
  const segment = await aSegmentOf(ctx, [shopper.id, tagged.id]);
  const start = async (segmentIds: string[], tags: string[] = []) => {
    const input = {
      requestId: newId(),
      promotionId: globalId('Promotion', promotionId),
      segmentIds: segmentIds.map((id) => globalId('Segment', id)),
      tags,
    };
    const { data } = await app.graphql<{ startGrantingOffers: Record<string, unknown> }>({
      query: `mutation ($input: GrantOffersInput!) { startGrantingOffers(input: $input) {
        ... on OfferGrantingStarted { unknown } ... on InvalidInput { problems { path code } } } }`,
      variables: { input },
      token: key.token,
    });
    return data?.startGrantingOffers;
  };
  expect(await start([newId()])).toEqual({ problems: [{ path: ['segmentIds', '0'], code: 'UNKNOWN' }] });
  expect(await start([])).toEqual({ problems: [{ path: ['tags'], code: 'REQUIRED' }] });
  expect(await start([segment], [tag])).toEqual({ unknown: [] });
  await drainTasks(ctx);
  const grants = await ctx.sql
    .selectFrom('offer_grant')
    .select('profile_id')
    .where('promotion_id', '=', promotionId)
    .execute();
  expect(grants.map(({ profile_id }) => profile_id).toSorted()).toEqual([shopper.id, tagged.id].toSorted());
});
