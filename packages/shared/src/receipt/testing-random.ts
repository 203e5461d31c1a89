import * as fc from 'fast-check';
import { lineGross } from '../money/index.ts';
import type {
  Promotion,
  PromotionBenefit,
  PromotionCondition,
  PromotionFacts,
  PromotionGroup,
  PromotionRules,
} from '../promotions/index.ts';
import type { GoodsFilter, GoodsSelection } from '../rules/index.ts';
import type { DraftLine, LineKind, ReceiptInput } from './quote.ts';
import { aReceipt, aShopper, MOSCOW, settingsWith } from './testing-basket.ts';

const KINDS: LineKind[] = ['GOODS', 'GOODS', 'GOODS', 'GOODS', 'SERVICE', 'DELIVERY', 'GIFT_CARD', 'FEE'];

/** For tests: a line of any kind, by the piece or weighed, at times lowered by the till. */
export const randomLine: fc.Arbitrary<DraftLine> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    sku: fc.constantFrom('A', 'B', 'C', 'D'),
    quantityMilli: fc.oneof(
      fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
      fc.integer({ min: 1, max: 12 }).map((pieces) => pieces * 1000),
      fc.integer({ min: 1, max: 25_000 }),
    ),
    unitPrice: fc.oneof(fc.nat(2_000), fc.nat(1_500_000)),
    discountBp: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(10_000)),
    minUnitPrice: fc.option(fc.nat(30_000), { nil: undefined }),
    redeemable: fc.constantFrom(undefined, undefined, undefined, false),
    categories: fc.subarray(['shoes', 'wine', 'bread']),
    brand: fc.constantFrom(undefined, 'Acme', 'Other'),
  })
  .map(({ discountBp, ...line }) => ({
    ...line,
    number: 1,
    discount: Math.floor((lineGross(line.quantityMilli, line.unitPrice) * discountBp) / 10_000),
  }));

const filter: fc.Arbitrary<GoodsFilter> = fc.oneof(
  fc.record({ categories: fc.subarray(['shoes', 'wine', 'bread'], { minLength: 1 }) }),
  fc.record({ skus: fc.subarray(['A', 'B', 'C', 'D'], { minLength: 1 }) }),
  fc.record({ brands: fc.constant(['Acme']), categories: fc.constant(['wine']) }),
);
const named: fc.Arbitrary<GoodsSelection> = fc.oneof(
  fc.record({ only: filter }),
  fc.record({ except: filter }),
  fc.record({ only: filter, except: filter }),
);
const goods = fc
  .option(named, { nil: undefined })
  .map((chosen) => (chosen === undefined ? {} : { goods: chosen }));
const rate = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(1_000, 5_000, 10_000));
const amounts = fc
  .oneof(fc.integer({ min: 1, max: 500_000 }), fc.integer({ min: 1, max: 500 }))
  .map((RUB) => ({ RUB }));

/** For tests: any benefit that takes money off. */
export const randomDiscount: fc.Arbitrary<PromotionBenefit> = fc.oneof(
  fc.tuple(rate, goods, fc.option(amounts)).map(([rateBp, of, upTo]): PromotionBenefit => ({
    kind: 'PERCENT',
    rateBp,
    ...of,
    ...(upTo === null ? {} : { upTo }),
  })),
  fc
    .tuple(amounts, goods, fc.constantFrom('ORDER' as const, 'ITEM' as const))
    .map(([amount, of, per]): PromotionBenefit => ({ kind: 'AMOUNT', amount, per, ...of })),
  fc
    .tuple(amounts, named)
    .map(([price, of]): PromotionBenefit => ({ kind: 'FIXED_PRICE', price, goods: of })),
  fc
    .tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 5 }), goods)
    .map(([take, pay, of]): PromotionBenefit => ({
      kind: 'N_FOR_M',
      take,
      pay: Math.min(pay, take - 1),
      ...of,
    })),
  fc
    .tuple(fc.integer({ min: 1, max: 6 }), rate, goods)
    .map(([take, rateBp, of]): PromotionBenefit => ({ kind: 'CHEAPEST', take, rateBp, ...of })),
  fc
    .tuple(named, fc.integer({ min: 1, max: 3 }))
    .map(([of, quantity]): PromotionBenefit => ({ kind: 'GIFT', goods: of, quantity })),
);

const otherBenefit: fc.Arbitrary<PromotionBenefit> = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 500 }), fc.constantFrom('ORDER' as const, 'ITEM' as const), goods)
    .map(([points, per, of]): PromotionBenefit => ({ kind: 'EXTRA_POINTS', points, per, ...of })),
  fc
    .tuple(fc.integer({ min: 1, max: 50_000 }), goods)
    .map(([factorBp, of]): PromotionBenefit => ({ kind: 'POINTS_FACTOR', factorBp, ...of })),
  fc.tuple(rate, goods).map(([capBp, of]): PromotionBenefit => ({ kind: 'PAY_BY_POINTS', capBp, ...of })),
  fc.constant<PromotionBenefit>({ kind: 'TEXT' }),
  fc.constant<PromotionBenefit>({ kind: 'NEXT_CODE', poolId: 'pool', validDays: 30 }),
);

const condition: fc.Arbitrary<PromotionCondition> = fc.oneof(
  fc
    .tuple(amounts, goods)
    .map(([atLeast, of]): PromotionCondition => ({ kind: 'BASKET_SUM', atLeast, ...of })),
  fc
    .tuple(fc.integer({ min: 1, max: 8 }), goods)
    .map(([atLeast, of]): PromotionCondition => ({ kind: 'QUANTITY', atLeast, ...of })),
  fc.constant<PromotionCondition>({ kind: 'FIRST_ORDER' }),
);

const limits: fc.Arbitrary<PromotionRules['limits']> = fc.record({
  perOrder: fc.option(fc.integer({ min: 1, max: 3 })),
  perShopper: fc.option(
    fc.record({ times: fc.integer({ min: 1, max: 4 }), window: fc.constant({ kind: 'DAY' as const }) }),
  ),
  total: fc.option(
    fc.record({
      times: fc.integer({ min: 1, max: 9 }),
      window: fc.constant({ kind: 'ROLLING' as const, days: 7 }),
    }),
  ),
  budget: fc.option(amounts),
});
const noLimits = { perOrder: null, perShopper: null, total: null, budget: null };

/** For tests: a promotion of one of three groups, with rules that pass their check. */
export function randomPromotion(
  benefit: fc.Arbitrary<PromotionBenefit> = fc.oneof(randomDiscount, randomDiscount, otherBenefit),
): fc.Arbitrary<Promotion> {
  return fc
    .record({
      groupId: fc.constantFrom('a', 'b', 'c'),
      priority: fc.integer({ min: 0, max: 3 }),
      byCode: fc.constantFrom(false, false, false, true),
      conditions: fc.array(condition, { maxLength: 1 }),
      benefits: fc.array(benefit, { minLength: 1, maxLength: 2 }),
      limits: fc.oneof(fc.constant(noLimits), limits),
      allowsPoints: fc.constantFrom(true, true, false),
      tiers: fc.constantFrom([], [], ['gold'], ['silver']),
      weekdays: fc.constantFrom([], [], [5], [6, 7]),
    })
    .map(({ groupId, priority, byCode, conditions, tiers, weekdays, ...rules }) => ({
      id: '',
      revision: 1,
      title: 'promotion',
      groupId,
      priority,
      rules: {
        ...rules,
        conditions: byCode ? [...conditions, { kind: 'PROMO_CODE' as const }] : conditions,
        when: {
          from: '2026-11-01T00:00:00+03:00',
          to: null,
          weekdays,
          hours: { from: '08:00', to: '22:00' },
        },
        where: { storeIds: [], channels: ['STORE' as const] },
        audience: {
          who: tiers.length > 0 ? ('CHOSEN' as const) : ('ANYBODY' as const),
          tags: [],
          tiers,
          segmentIds: [],
          except: { tags: ['staff'], segmentIds: [] },
        },
        say: 'words',
      },
    }));
}

/** For tests: promotions with ids of their own. */
export function randomPromotions(
  most: number,
  one: fc.Arbitrary<Promotion> = randomPromotion(),
): fc.Arbitrary<Promotion[]> {
  return fc
    .array(one, { maxLength: most })
    .map((list) => list.map((promotion, index) => ({ ...promotion, id: `p${index}` })));
}

export const randomGroups: fc.Arbitrary<PromotionGroup[]> = fc
  .array(
    fc.record({
      priority: fc.integer({ min: 0, max: 2 }),
      stacking: fc.constantFrom(
        'SEQUENTIAL' as const,
        'EXCLUSIVE_ORDER' as const,
        'EXCLUSIVE_LINE' as const,
        'SUM' as const,
        'BEST' as const,
      ),
    }),
    { minLength: 2, maxLength: 3 },
  )
  .map((groups) => groups.map((group, index) => ({ ...group, id: 'abc'[index] ?? '' })));

const randomSettings = fc
  .record({
    fiscalMode: fc.constantFrom('DISCOUNT' as const, 'DISCOUNT' as const, 'PAYMENT' as const),
    multiplierMode: fc.constantFrom('ADDITIVE' as const, 'PRODUCT' as const),
    earnOnPoints: fc.constantFrom('NET' as const, 'NONE' as const, 'GROSS' as const),
    perItem: fc.boolean(),
    perVisit: fc.boolean(),
    limit: fc.option(fc.nat(600), { nil: null }),
    capBp: fc.constantFrom(5_000, 5_000, 9_999, 10_000, 0),
    capBase: fc.constantFrom('ELIGIBLE' as const, 'RECEIPT' as const),
    minRedeem: fc.constantFrom(0, 0, 100),
    exclusions: fc.constantFrom({}, { categories: ['wine'] }),
    minPrice: fc.constantFrom(0, 100),
  })
  .map(({ perItem, perVisit, limit, capBp, capBase, minRedeem, exclusions, minPrice, ...rest }) =>
    settingsWith(
      {
        ...rest,
        earningRules: [
          ...(perItem
            ? [
                {
                  code: 'item',
                  type: 'PER_ITEM' as const,
                  points: 7,
                  match: { categories: ['shoes'] },
                  exclusive: true,
                },
              ]
            : []),
          { code: 'step', type: 'AMOUNT_STEP' as const, steps: { RUB: { stepMinor: 10_000, points: 3 } } },
          ...(perVisit
            ? [{ code: 'visit', type: 'PER_VISIT' as const, points: 20, atLeast: { RUB: 100_000 } }]
            : []),
        ],
        multipliers: [{ code: 'gold', factorBp: 15_000, match: { tiers: ['gold'] } }],
        earningLimits: limit === null ? [] : [{ code: 'day', scope: 'PROGRAM', window: 'DAY', max: limit }],
      },
      { capBp, capBase, minRedeem, exclusions, minUnitPriceMinor: { RUB: minPrice } },
    ),
  );

/** For tests: facts in which every second promotion has a code and every third was used before. */
export function factsOf(promotions: readonly Promotion[]): PromotionFacts {
  const even = promotions.filter((_, index) => index % 2 === 0);
  const third = promotions.filter((_, index) => index % 3 === 0);
  return {
    codes: even.map(({ id }) => ({ code: `CODE-${id}`, promotionId: id, refused: null })),
    uses: Object.fromEntries(third.map(({ id }) => [id, { shopperTimes: 1, totalTimes: 3, spent: 100 }])),
  };
}

/** For tests: a receipt with everything in play. */
export const randomPromotedReceipt: fc.Arbitrary<ReceiptInput> = fc
  .record({
    lines: fc.array(randomLine, { minLength: 1, maxLength: 10 }),
    settings: randomSettings,
    promotions: randomPromotions(8),
    groups: randomGroups,
    available: fc.nat(50_000),
    wish: fc.oneof(fc.constant(null), fc.nat(60_000)),
    used: fc.nat(200),
  })
  .map(({ lines, settings, promotions, groups, available, wish, used }) =>
    aReceipt(lines, {
      settings,
      shopper: aShopper(available, { tierCode: 'gold', ordersBefore: 0 }),
      spend: wish === null ? { kind: 'MAX' } : { kind: 'EXACT', points: wish },
      limitsUsed: { day: used },
      place: MOSCOW,
      promotions,
      promotionGroups: groups,
      promotionFacts: factsOf(promotions),
    }),
  );
