import { beforeAll, expect, test } from 'vitest';
import { setPromotionState } from '../../offers/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCode, aPool } from '../../testing/codes.builders.ts';
import { aCashier, asActor, asSystem, type BuiltCashier } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram } from '../../testing/loyalty.builders.ts';
import { grantPoints } from '../../testing/orders.builders.ts';
import { aShopper, aVisit } from '../../testing/profiles.builders.ts';
import { aPromotion } from '../../testing/promotions.builders.ts';

const server = useTestApp();

const DISCOUNTS = 'discounts { label amount promoCode promotionId }';
const OFFER = '{ promotionId title amount points promoCode }';
const QUOTE = `{ discount pointsDiscount toPay offers ${OFFER} missingGifts refusedCodes { promoCode code message }
  earning { points rules { rule name points } } lines { ${DISCOUNTS} toPay } quoteHash }`;
const PREVIEW = `query ($input: OrderDraftInput!) { previewOrder(input: $input) { __typename ... on OrderQuote ${QUOTE}
  ... on InvalidInput { problems { path code } } } }`;
const BEGIN = `mutation ($input: BeginOrderInput!) { beginOrder(input: $input) { __typename
  ... on OrderBegun { order { id discount offers ${OFFER} lines { ${DISCOUNTS} } } account { held } }
  ... on QuoteChanged { message reasons { code message } quote ${QUOTE} } } }`;
const ORDER = `query ($ref: OrderRef!) { order(ref: $ref) { offers ${OFFER} lines { ${DISCOUNTS} } } }`;

let cashier: BuiltCashier;
let programId: string;
let brandId: string;

beforeAll(async () => {
  const ctx = server.app.context();
  cashier = await aCashier(ctx);
  brandId = cashier.till.store.brandId;
  programId = await aProgram(ctx, { brandId });
});

interface Answer {
  __typename: string;
  quoteHash: string;
  lines: { discounts: unknown[] }[];
  order: { id: string };
  offers: unknown[];
}

async function ask(query: string, variables: Record<string, unknown>): Promise<Answer> {
  const answer = await server.app.graphql<Record<string, Answer>>({ query, variables, token: cashier.token });
  expect(answer.errors).toBeUndefined();
  const [result] = Object.values(answer.data ?? {});
  if (result === undefined) throw new Error('there was no answer');
  return result;
}

async function aShopperHere(points: number) {
  const ctx = asActor(server.app.context(), cashier.actor);
  const { id } = await aShopper(ctx);
  await grantPoints(ctx, { programId, brandId: '', storeId: '', storeCode: '', currency: 'RUB' }, id, points);
  return { id, visitId: globalId('ShopperVisit', await aVisit(ctx, { profileId: id })) };
}

async function end(promotionId: string): Promise<void> {
  await setPromotionState(asSystem(server.app.context()), { id: promotionId, version: 2, state: 'ENDED' });
}

test('E11: an evening promotion that ends between preview and begin', async () => {
  const promotionId = await aPromotion(server.app.context(), {
    brandId,
    title: 'Вечер −10 %',
    rules: { when: { from: null, to: null, weekdays: [], hours: { from: '18:00', to: '22:00' } } },
  });
  // 21:59:50 in the store.
  server.app.clock.set('2026-11-22T18:59:50.000Z');
  const { visitId } = await aShopperHere(100);
  const draft = {
    shopper: { visitId },
    lines: [{ sku: 'e11', quantity: '1', unitPrice: '1000.00' }],
    spendPoints: { max: true },
  };
  const quote = await ask(PREVIEW, { input: draft });
  expect(quote).toMatchObject({
    discount: '100.00',
    pointsDiscount: '100.00',
    toPay: '800.00',
    offers: [{ title: 'Вечер −10 %', amount: '100.00', points: 0 }],
  });
  server.app.clock.set('2026-11-22T19:00:05.000Z');
  const externalId = newId();
  const input = { requestId: newId(), externalId, draft, quoteHash: quote.quoteHash };
  expect(await ask(BEGIN, { input })).toMatchObject({
    __typename: 'QuoteChanged',
    reasons: [{ code: 'PROMOTION', message: 'promotion ended: Вечер −10 %' }],
    quote: { discount: '0.00', pointsDiscount: '100.00', toPay: '900.00', offers: [] },
  });
  const { sql } = server.app.context();
  expect(await sql.selectFrom('hold').selectAll().execute()).toEqual([]);
  expect(await sql.selectFrom('promotion_hold').selectAll().execute()).toEqual([]);
  expect(
    await sql.selectFrom('order_key').selectAll().where('external_id', '=', externalId).execute(),
  ).toEqual([]);
  await end(promotionId);
});

test('what a promotion gave is told with the quote, begun with the order and read back with it', async () => {
  const ctx = server.app.context();
  const promotionId = await aPromotion(ctx, {
    brandId,
    title: 'Подарок и баллы',
    rules: {
      audience: {
        who: 'MEMBERS',
        tags: [],
        tiers: [],
        segmentIds: [],
        except: { tags: [], segmentIds: [] },
      },
      benefits: [
        { kind: 'PERCENT', rateBp: 1_000 },
        { kind: 'EXTRA_POINTS', points: 7, per: 'ORDER' },
      ],
    },
  });
  const { visitId } = await aShopperHere(0);
  const draft = { shopper: { visitId }, lines: [{ sku: 'told', quantity: '1', unitPrice: '1000.00' }] };
  const offer = {
    promotionId: globalId('Promotion', promotionId),
    title: 'Подарок и баллы',
    amount: '100.00',
    points: 7,
    promoCode: null,
  };
  const discount = { label: offer.title, amount: '100.00', promoCode: null, promotionId: offer.promotionId };
  const quote = await ask(PREVIEW, { input: draft });
  expect(quote).toMatchObject({
    offers: [offer],
    lines: [{ discounts: [discount] }],
    earning: {
      points: 34,
      rules: [
        { rule: 'purchase', name: 'purchase', points: 27 },
        { rule: `promotion:${promotionId}`, name: 'Подарок и баллы', points: 7 },
      ],
    },
  });
  const input = { requestId: newId(), externalId: newId(), draft, quoteHash: quote.quoteHash };
  const begun = await ask(BEGIN, { input });
  expect(begun.order).toMatchObject({ offers: [offer], lines: [{ discounts: [discount] }] });
  expect(await ask(ORDER, { ref: { id: begun.order.id } })).toMatchObject({
    offers: [offer],
    lines: [{ discounts: [discount] }],
  });
  await end(promotionId);
});

test('nobody known gets what is for anybody and not what is for members; a missing gift is told', async () => {
  const ctx = server.app.context();
  const members = {
    who: 'MEMBERS' as const,
    tags: [],
    tiers: [],
    segmentIds: [],
    except: { tags: [], segmentIds: [] },
  };
  const ids = [
    await aPromotion(ctx, {
      brandId,
      title: 'Всем',
      rules: { benefits: [{ kind: 'PERCENT', rateBp: 500 }] },
    }),
    await aPromotion(ctx, { brandId, title: 'Своим', rules: { audience: members } }),
    await aPromotion(ctx, {
      brandId,
      title: 'Носки в подарок',
      rules: { benefits: [{ kind: 'GIFT', goods: { only: { skus: ['socks'] } }, quantity: 1 }] },
    }),
  ];
  const line = { sku: 'anybody', quantity: '1', unitPrice: '1000.00' };
  const quote = await ask(PREVIEW, { input: { lines: [line] } });
  expect(quote).toMatchObject({
    discount: '50.00',
    missingGifts: ['Носки в подарок'],
    offers: [{ title: 'Всем' }],
  });
  const socks = { sku: 'socks', quantity: '1', unitPrice: '111.00' };
  expect(await ask(PREVIEW, { input: { lines: [line, socks] } })).toMatchObject({
    toPay: '950.00',
    missingGifts: [],
    offers: [{ title: 'Всем' }, { title: 'Носки в подарок' }],
  });
  for (const id of ids) await end(id);
});

test('a code that does nothing says why; one that works is named at each discount', async () => {
  const ctx = server.app.context();
  const promotionId = await aPromotion(ctx, {
    brandId,
    title: 'По коду',
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const code = await aCode(ctx, await aPool(ctx, { brandId, promotionId }));
  await setPromotionState(asSystem(ctx), { id: promotionId, version: 1, state: 'LIVE' });
  const lines = [{ sku: 'coded', quantity: '1', unitPrice: '1000.00' }];
  const quote = await ask(PREVIEW, { input: { lines, promoCodes: [code, 'NO-SUCH-CODE'] } });
  expect(quote).toMatchObject({
    discount: '100.00',
    refusedCodes: [{ promoCode: 'NO-SUCH-CODE', code: 'UNKNOWN', message: 'there is no such code' }],
    lines: [{ discounts: [{ label: 'По коду', amount: '100.00', promoCode: code }] }],
  });
  await end(promotionId);
});
