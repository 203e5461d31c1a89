import { expect, test } from 'vitest';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { drainTasks } from '../../platform/tasks/index.ts';
import { aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aPromotion, promotionRules } from '../../testing/promotions.builders.ts';
import { aVisitToRead, offersAt } from '../../testing/visit-offers.builders.ts';

const api = useTestApp();

const GRANT = `mutation ($input: GrantOfferInput!) { grantOffer(input: $input) { __typename
  ... on OfferGranted { grant { id title state source reason uses used } }
  ... on InvalidInput { problems { path code } } } }`;
const WITHDRAW = `mutation ($id: ID!) { withdrawOffer(grantId: $id) { __typename
  ... on OfferGranted { grant { state } } ... on InvalidInput { problems { path code } } } }`;
const NOTE = `mutation ($visitId: ID!, $offerId: ID!, $happened: OfferNote!) {
  noteOffer(visitId: $visitId, offerId: $offerId, happened: $happened) { __typename
    ... on OfferNoted { happened } ... on InvalidInput { problems { path code } } } }`;

const granted = { ...promotionRules().audience, who: 'GRANTED' as const };

const aVisitWithOffers = (verified = true) => aVisitToRead(api.app, verified);

async function eventsOf(profileId: string): Promise<string[]> {
  const rows = await api.app
    .context()
    .sql.selectFrom('outbox_event')
    .select('kind')
    .where('profile_id', '=', profileId)
    .where('kind', 'like', 'offer.%')
    .orderBy('position')
    .execute();
  return rows.map(({ kind }) => kind);
}

test('an offer granted by hand is read aloud at the till, once per request, until it is taken back', async () => {
  const at = await aVisitWithOffers();
  const { app, store, shopper, key } = at;
  const general = await aPromotion(at.ctx, { brandId: store.brandId, name: 'Всем 5 %' });
  const promotionId = await aPromotion(at.ctx, {
    brandId: store.brandId,
    name: 'Кофе в подарок',
    rules: { audience: granted, say: 'Угостить вас кофе?' },
  });
  expect((await offersAt(at)).offers.map(({ title }) => title)).toEqual(['Всем 5 %']);

  const input = {
    requestId: newId(),
    profileId: globalId('Profile', shopper.id),
    promotionId: globalId('Promotion', promotionId),
    reason: 'подарок за отзыв',
    validTo: '2026-11-30T00:00:00Z',
  };
  const grant = () =>
    app.graphql<{ grantOffer: { grant: { id: string } } }>({
      query: GRANT,
      variables: { input },
      token: key.token,
    });
  const first = await grant();
  expect(first.data?.grantOffer).toMatchObject({
    __typename: 'OfferGranted',
    grant: { title: 'Кофе в подарок', state: 'OPEN', source: 'HAND', uses: 1, used: 0 },
  });
  expect((await grant()).data).toEqual(first.data);
  expect(await eventsOf(shopper.id)).toEqual(['offer.granted']);

  const { offers, quoteFacts } = await offersAt(at);
  expect(offers).toEqual([
    expect.objectContaining({
      title: 'Кофе в подарок',
      say: 'Угостить вас кофе?',
      reason: 'подарок за отзыв',
      endsAt: '2026-11-30T00:00:00.000Z',
      personal: true,
    }),
    expect.objectContaining({ title: 'Всем 5 %', personal: false }),
  ]);
  expect(quoteFacts?.promotionIds.toSorted()).toEqual([general, promotionId].toSorted());

  const taken = await app.graphql({
    query: WITHDRAW,
    variables: { id: first.data?.grantOffer.grant.id },
    token: key.token,
  });
  expect(taken.data).toEqual({
    withdrawOffer: { __typename: 'OfferGranted', grant: { state: 'WITHDRAWN' } },
  });
  const { data } = await app.graphql<{ node: { timeline: { edges: { node: { facts: object } }[] } } }>({
    query: `query ($id: ID!) { node(id: $id) { ... on Profile {
      timeline(kinds: [OFFER]) { edges { node { facts } } } } } }`,
    variables: { id: input.profileId },
    token: key.token,
  });
  const told = { title: 'Кофе в подарок', reason: 'подарок за отзыв', validTo: '2026-11-30T00:00:00.000Z' };
  expect(data?.node.timeline.edges.map(({ node }) => node.facts)).toHaveLength(2);
  expect(data?.node.timeline.edges.map(({ node }) => node.facts)).toEqual(
    expect.arrayContaining([
      { event: 'GRANTED', ...told },
      { event: 'WITHDRAWN', ...told },
    ]),
  );
  expect((await offersAt(at)).offers.map(({ title }) => title)).toEqual(['Всем 5 %']);
});

test('only what is granted personally can be granted, of the own brand, and not for the past', async () => {
  const at = await aVisitWithOffers();
  const { app, store, shopper, key, ctx } = at;
  const forAll = await aPromotion(ctx, { brandId: store.brandId });
  const foreign = await aPromotion(ctx, {
    brandId: (await aStore(ctx)).brandId,
    rules: { audience: granted },
  });
  const refusal = async (change: Record<string, unknown>) => {
    const input = {
      requestId: newId(),
      profileId: globalId('Profile', shopper.id),
      promotionId: globalId('Promotion', forAll),
      ...change,
    };
    const { data } = await app.graphql<{ grantOffer: { problems: unknown[] } }>({
      query: GRANT,
      variables: { input },
      token: key.token,
    });
    return data?.grantOffer.problems;
  };
  expect(await refusal({})).toEqual([{ path: ['promotionId'], code: 'MISMATCH' }]);
  expect(await refusal({ promotionId: globalId('Promotion', foreign) })).toEqual([
    { path: ['promotionId'], code: 'UNKNOWN' },
  ]);
  expect(await refusal({ validTo: '2026-11-01T00:00:00Z', uses: 0 })).toEqual([
    { path: ['uses'], code: 'RANGE' },
    { path: ['validTo'], code: 'RANGE' },
  ]);
  expect(await refusal({ profileId: globalId('Profile', newId()) })).toEqual([
    { path: ['profileId'], code: 'UNKNOWN' },
  ]);
  expect(await eventsOf(shopper.id)).toEqual([]);
});

test('offers stay hidden until the shopper is verified', async () => {
  const at = await aVisitWithOffers(false);
  await aPromotion(at.ctx, { brandId: at.store.brandId });
  expect(await offersAt(at)).toEqual({ offers: [], quoteFacts: null });
});

test('a list is granted an offer in the background, by tags and contacts, each person once', async () => {
  const at = await aVisitWithOffers();
  const { app, ctx, store, shopper, key } = at;
  const promotionId = await aPromotion(ctx, { brandId: store.brandId, rules: { audience: granted } });
  const tagged = await aShopper(ctx);
  const tag = `tag-${newId()}`;
  await ctx.sql
    .updateTable('profile')
    .set({ tags: [tag] })
    .where('id', '=', tagged.id)
    .execute();
  const start = async (change: { requestId?: string; again?: boolean } = {}) => {
    const input = {
      requestId: 'october list',
      promotionId: globalId('Promotion', promotionId),
      tags: [tag],
      contacts: [shopper.phone, tagged.phone, 'nobody@example.com', ''],
      reason: 'для постоянных',
      ...change,
    };
    const { data } = await app.graphql<{ startGrantingOffers: { taskId: string; unknown: string[] } }>({
      query: `mutation ($input: GrantOffersInput!) { startGrantingOffers(input: $input) {
        ... on OfferGrantingStarted { taskId unknown } ... on InvalidInput { problems { path code } } } }`,
      variables: { input },
      token: key.token,
    });
    expect(data?.startGrantingOffers.unknown).toEqual(['nobody@example.com']);
    await drainTasks(ctx);
    const task = await ctx.sql
      .selectFrom('task')
      .select(['state', 'result', 'error_text as error'])
      .where('id', '=', localId(data?.startGrantingOffers.taskId ?? '', 'Task') ?? newId())
      .executeTakeFirst();
    return task;
  };
  expect(await start()).toEqual({ error: null, state: 'DONE', result: { found: 2, granted: 2, unknown: 1 } });
  expect(await start()).toEqual({ error: null, state: 'DONE', result: { found: 2, granted: 0, unknown: 1 } });
  // Who holds it open already gets one more only where that is asked for.
  expect((await start({ requestId: 'again' }))?.result).toEqual({ found: 2, granted: 0, unknown: 1 });
  expect((await start({ requestId: 'more', again: true }))?.result).toEqual({
    found: 2,
    granted: 2,
    unknown: 1,
  });
  const { data } = await app.graphql({
    query: `query ($id: ID!, $brandId: ID!) {
      promotion(id: $id) { grants { granted open used } }
      promotions(filter: { brandId: $brandId, granted: true }) { edges { node { id } } }
      others: promotions(filter: { brandId: $brandId, granted: false }) { edges { node { id } } } }`,
    variables: { id: globalId('Promotion', promotionId), brandId: globalId('Brand', store.brandId) },
    token: key.token,
  });
  expect(data).toEqual({
    promotion: { grants: { granted: 4, open: 4, used: 0 } },
    promotions: { edges: [{ node: { id: globalId('Promotion', promotionId) } }] },
    others: { edges: [] },
  });
  expect((await offersAt(at)).offers).toEqual([expect.objectContaining({ reason: 'для постоянных' })]);
});

test('shown and accepted are noted once; an offer of another visit is none of this', async () => {
  const at = await aVisitWithOffers();
  const { app, ctx, store, shopper, cashier, visitId } = at;
  await aPromotion(ctx, { brandId: store.brandId });
  const [offer] = (await offersAt(at)).offers;
  const note = (happened: string, offerId = offer?.id) =>
    app.graphql({ query: NOTE, variables: { visitId, offerId, happened }, token: cashier.token });
  for (const happened of ['SHOWN', 'SHOWN', 'ACCEPTED', 'ACCEPTED', 'SHOWN'])
    expect((await note(happened)).data).toEqual({ noteOffer: { __typename: 'OfferNoted', happened } });
  expect(await eventsOf(shopper.id)).toEqual(['offer.shown', 'offer.accepted']);
  const foreign = globalId('Offer', `${newId()}:${newId()}`);
  expect((await note('SHOWN', foreign)).data).toEqual({
    noteOffer: { __typename: 'InvalidInput', problems: [{ path: ['offerId'], code: 'UNKNOWN' }] },
  });
});

test('an offer is read by its own id at its till only', async () => {
  const at = await aVisitWithOffers();
  await aPromotion(at.ctx, { brandId: at.store.brandId, name: 'Всем 5 %' });
  const other = await aVisitWithOffers();
  const [offer] = (await offersAt(at)).offers;
  const read = (token: string) =>
    at.app.graphql({
      query: 'query ($id: ID!) { node(id: $id) { ... on Offer { title } } }',
      variables: { id: offer?.id },
      token,
    });
  expect((await read(at.cashier.token)).data).toEqual({ node: { title: 'Всем 5 %' } });
  expect((await read(other.cashier.token)).data).toEqual({ node: null });
});
