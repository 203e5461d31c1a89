import { beforeAll, describe, expect, test } from 'vitest';
import { upsertProducts } from '@clientele/api/src/catalog/index.ts';
import { createPool, setPromotionState } from '@clientele/api/src/offers/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import {
  aCashier,
  asActor,
  asSystem,
  aStore,
  aTill,
  type BuiltCashier,
} from '@clientele/api/src/testing/company.builders.ts';
import { useTestApp } from '@clientele/api/src/testing/create-test-app.ts';
import { aProgram } from '@clientele/api/src/testing/loyalty.builders.ts';
import { grantPoints } from '@clientele/api/src/testing/orders.builders.ts';
import { aShopper, aVisit } from '@clientele/api/src/testing/profiles.builders.ts';
import { aPromotion, promotionRules } from '@clientele/api/src/testing/promotions.builders.ts';
import {
  provisionalQuote,
  type KnownGoods,
  type KnownShopper,
  type QuoteRules,
} from '../../../packages/pos-client/src/provisional/provisional-quote.ts';
import type { Draft, Quote } from '../../../packages/pos-client/src/till-flow/facts.ts';

const server = useTestApp();

/** Everything of a quote that both the till and the server count. */
const QUOTE = `currency gross discount pointsDiscount toPay rulesRevision
  lines { number gross pointsDiscount toPay discounts { label amount promoCode } }
  points { available max applied limits { code max } } earning { points activateAt }
  offers { promotionId title amount points promoCode } missingGifts refusedCodes { promoCode code }`;

const SKUS = ['boots', 'shoes', 'socks', 'scarf', 'dress', 'unknown'] as const;

let cashier: BuiltCashier;
let visitId: string;
let shopper: KnownShopper;
let rules: QuoteRules;
let goods: Map<string, KnownGoods | null>;

beforeAll(async () => {
  const ctx = server.app.context();
  const store = await aStore(ctx);
  const programId = await aProgram(ctx, {
    brandId: store.brandId,
    settings: {
      multipliers: [{ code: 'shoes', factorBp: 20_000, match: { categories: ['Обувь'] } }],
      earningExclusions: { categories: ['Одежда/Шарфы'] },
    },
  });
  cashier = await aCashier(ctx, { till: await aTill(ctx, { store }) });
  await sellGoods(ctx);
  await promote(ctx, store.brandId);
  const person = await aShopper(ctx, { storeId: store.id });
  await ctx.sql
    .updateTable('profile')
    .set({ tags: ['friend'] })
    .where('id', '=', person.id)
    .execute();
  await grantPoints(ctx, { programId } as never, person.id, 900);
  visitId = globalId('ShopperVisit', await aVisit(asActor(ctx, cashier.actor), { profileId: person.id }));
  await askWhatTheTillAsks();
});

async function sellGoods(ctx: Context): Promise<void> {
  const paths: Record<string, string[]> = {
    boots: ['Обувь', 'Ботинки'],
    shoes: ['Обувь'],
    socks: ['Одежда', 'Носки'],
    scarf: ['Одежда', 'Шарфы'],
    dress: ['Одежда'],
  };
  await upsertProducts(asSystem(ctx), {
    source: 'erp',
    products: Object.entries(paths).map(([sku, categoryPath]) => ({
      sku,
      name: sku,
      categoryPath,
      currency: 'RUB',
      price: '100.00',
      attributes: { season: sku === 'boots' ? 'winter' : 'summer' },
      ...(sku === 'dress' ? { minUnitPrice: '90.00' } : {}),
    })),
  } as never);
}

async function promote(ctx: Context, brandId: string): Promise<void> {
  const { audience, limits } = promotionRules();
  const add = (name: string, given: Parameters<typeof aPromotion>[1]['rules']) =>
    aPromotion(ctx, { brandId, name, rules: given ?? {} });
  await add('Обувь −15 %', {
    benefits: [{ kind: 'PERCENT', rateBp: 1_500, goods: { only: { categories: ['Обувь'] } } }],
  });
  await add('3 по цене 2', {
    benefits: [{ kind: 'N_FOR_M', take: 3, pay: 2, goods: { only: { categories: ['Одежда/Носки'] } } }],
  });
  await add('Зима −10 %', {
    audience: { ...audience, who: 'CHOSEN', tags: ['friend'] },
    benefits: [{ kind: 'PERCENT', rateBp: 1_000, goods: { only: { attributes: { season: ['winter'] } } } }],
  });
  await add('Не для нас', { audience: { ...audience, who: 'CHOSEN', tags: ['stranger'] } });
  await add('От 3 000 скидка 300', {
    conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 300_000 } }],
    benefits: [{ kind: 'AMOUNT', amount: { RUB: 30_000 }, per: 'ORDER' }],
  });
  await add('Первая покупка: +50', {
    conditions: [{ kind: 'FIRST_ORDER' }],
    benefits: [{ kind: 'EXTRA_POINTS', points: 50, per: 'ORDER' }],
  });
  await add('Носки в подарок', {
    conditions: [{ kind: 'BASKET_SUM', atLeast: { RUB: 500_000 } }],
    benefits: [{ kind: 'GIFT', goods: { only: { skus: ['socks'] } }, quantity: 1 }],
  });
  await add('Один раз', { limits: { ...limits, perShopper: { times: 1, window: { kind: 'DAY' } } } });
  await promoteByCode(ctx, brandId);
}

/** A word for everybody. */
async function promoteByCode(ctx: Context, brandId: string): Promise<void> {
  const id = await aPromotion(ctx, {
    brandId,
    name: 'По коду −5 %',
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }], benefits: [{ kind: 'PERCENT', rateBp: 500 }] },
  });
  await createPool(asSystem(ctx), { promotionId: id, name: 'Слово', kind: 'GENERIC', words: ['FIVE'] });
  await setPromotionState(asSystem(ctx), { id, version: 1, state: 'LIVE' });
}

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const { data, errors } = await server.app.graphql<Data>({ query, variables, token: cashier.token });
  if (!data || errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function askWhatTheTillAsks(): Promise<void> {
  const { till, node } = await ask<{
    till: { quoteRules: QuoteRules };
    node: { quoteFacts: KnownShopper['facts']; account: { available: number } };
  }>(
    `query ($id: ID!) { till { quoteRules } node(id: $id) { ... on ShopperVisit { quoteFacts account { available } } } }`,
    { id: visitId },
  );
  rules = till.quoteRules;
  shopper = { verified: true, available: node.account.available, facts: node.quoteFacts };
  goods = new Map();
  for (const sku of SKUS) {
    const { product } = await ask<{ product: { goods: KnownGoods } | null }>(
      `query ($sku: String!) { product(ref: { sku: $sku }) { goods } }`,
      { sku },
    );
    goods.set(sku, product?.goods ?? null);
  }
}

async function served(draft: Draft): Promise<Quote> {
  const input = {
    shopper: draft.visitId === null ? null : { visitId: draft.visitId },
    lines: draft.lines,
    promoCodes: draft.promoCodes,
    spendPoints: draft.spendPoints === 0 ? null : { exact: draft.spendPoints },
  };
  const { previewOrder } = await ask<{ previewOrder: Quote }>(
    `query ($input: OrderDraftInput!) { previewOrder(input: $input) { __typename ... on OrderQuote { ${QUOTE} } } }`,
    { input },
  );
  return previewOrder;
}

function counted(draft: Draft, last: Quote | null): Quote | null {
  const now = server.app.clock.now().getTime();
  return provisionalQuote({
    rules,
    draft,
    shopper: draft.visitId === null ? null : shopper,
    goods,
    last,
    now,
  });
}

/** What both have in common, the same way round. */
function compared(quote: Quote | null) {
  if (quote === null) return null;
  const { currency, gross, discount, pointsDiscount, toPay, lines, points, earning, offers } = quote;
  return { currency, gross, discount, pointsDiscount, toPay, lines, points, earning, offers };
}

/** The same baskets every time. */
function* random(seed: number): Generator<number, never> {
  let state = seed;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 4_294_967_296;
  }
}

function aBasket(numbers: Generator<number, never>, facts: Partial<Draft>): Draft {
  const upTo = (most: number): number => Math.floor(numbers.next().value * most);
  const lines = Array.from({ length: 1 + upTo(5) }, () => {
    const sku = SKUS[upTo(SKUS.length)] ?? 'socks';
    const unitPrice = `${1 + upTo(3_000)}.${String(upTo(100)).padStart(2, '0')}`;
    return { sku, name: sku, quantity: upTo(6) === 0 ? '0.750' : String(1 + upTo(4)), unitPrice };
  });
  return { visitId, lines, promoCodes: [], spendPoints: 0, ...facts };
}

describe('the till counts what the server counts, where it knows the same', () => {
  test('for the shopper, with points and a code the server has taken before', async () => {
    const numbers = random(7);
    for (let round = 0; round < 40; round += 1) {
      const promoCodes = round % 3 === 0 ? ['FIVE'] : [];
      const spendPoints = round % 2 === 0 ? 0 : Math.floor(numbers.next().value * 500);
      const draft = aBasket(numbers, { promoCodes, spendPoints });
      const quote = await served(draft);
      expect(compared(counted(draft, quote)), JSON.stringify(draft)).toEqual(compared(quote));
    }
  });

  test('for somebody nobody knows', async () => {
    const numbers = random(11);
    for (let round = 0; round < 15; round += 1) {
      const draft = aBasket(numbers, { visitId: null });
      const quote = await served(draft);
      expect(compared(counted(draft, quote)), JSON.stringify(draft)).toEqual(compared(quote));
    }
  });
});

test('of what only the server knows the till says less: a limit, a code nobody has checked', async () => {
  const lines = [{ sku: 'dress', name: 'dress', quantity: '1', unitPrice: '1000.00' }];
  const draft: Draft = { visitId, lines, promoCodes: ['FIVE'], spendPoints: 0 };
  const [till, quote] = [counted(draft, null), await served(draft)];
  const titles = (one: Quote | null) => one?.offers.map(({ title }) => title);
  expect(titles(till)).toEqual(['Первая покупка: +50']);
  expect(titles(quote)).toEqual(['Первая покупка: +50', 'Один раз', 'По коду −5 %']);
  expect(Number(till?.toPay)).toBeGreaterThan(Number(quote.toPay));
});

test('goods the till has never seen are not counted at all', () => {
  const lines = [{ sku: newId(), name: 'new', quantity: '1', unitPrice: '10.00' }];
  expect(counted({ visitId, lines, promoCodes: [], spendPoints: 0 }, null)).toBeNull();
});

test('the revision told with a quote is that of the rules, until they change', async () => {
  const draft: Draft = {
    visitId: null,
    lines: [{ sku: 'dress', name: 'dress', quantity: '1', unitPrice: '1000.00' }],
    promoCodes: [],
    spendPoints: 0,
  };
  expect((await served(draft)).rulesRevision).toBe(rules.revision);
});
