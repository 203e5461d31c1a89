import type { TestApp } from './create-test-app.ts';
import { globalId } from '../platform/graphql/global-id.ts';
import { aCashier, aKey, asActor, aStore, aTill } from './company.builders.ts';
import { aProgram } from './loyalty.builders.ts';
import { aShopper, aVisit } from './profiles.builders.ts';

const OFFERS = `query ($id: ID!) { node(id: $id) { ... on ShopperVisit {
  offers { id title say reason endsAt promoCode personal } quoteFacts } } }`;

/** A verified shopper at a till of a brand with a program, and a key of staff's rights. */
export async function aVisitToRead(app: TestApp, verified = true) {
  const ctx = app.context();
  const store = await aStore(ctx);
  await aProgram(ctx, { brandId: store.brandId });
  const till = await aTill(ctx, { store });
  const cashier = await aCashier(ctx, { till });
  const shopper = await aShopper(ctx, { storeId: store.id });
  const visit = await aVisit(asActor(ctx, cashier.actor), { profileId: shopper.id, verified });
  const key = await aKey(ctx, { storeIds: [store.id] });
  return { app, ctx, store, cashier, shopper, key, visitId: globalId('ShopperVisit', visit) };
}

interface ShownOffer {
  id: string;
  title: string;
  reason: string | null;
  personal: boolean;
}

/** What the till is told of a visit. */
export async function offersAt({ app, cashier, visitId }: Awaited<ReturnType<typeof aVisitToRead>>) {
  const answer = await app.graphql<{
    node: { offers: ShownOffer[]; quoteFacts: { promotionIds: string[] } | null };
  }>({ query: OFFERS, variables: { id: visitId }, token: cashier.token });
  if (!answer.data?.node) throw new Error(JSON.stringify(answer.errors));
  return answer.data.node;
}
