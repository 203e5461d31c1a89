import { createPromotion, setPromotionState } from '@clientele/api/src/offers/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import type { PromotionBenefit, PromotionLimits, PromotionRules } from '@clientele/shared/promotions';

const NO_LIMITS: PromotionLimits = { perOrder: null, perShopper: null, total: null, budget: null };
const EVER = { kind: 'ALWAYS' as const };

/** Every fourth has a limit: of a shopper, of all, of money; far away, so that all stay in force. */
const LIMITS: readonly PromotionLimits[] = [
  NO_LIMITS,
  NO_LIMITS,
  NO_LIMITS,
  { ...NO_LIMITS, perShopper: { times: 10_000, window: { kind: 'DAY' } } },
  NO_LIMITS,
  NO_LIMITS,
  NO_LIMITS,
  { ...NO_LIMITS, total: { times: 100_000_000, window: EVER }, budget: { RUB: 900_000_000_000 } },
];

/** Kinds in turn, each on some of the goods; a few ask for more than goods. */
function rulesOf(number: number): PromotionRules {
  const goods = {
    only: { skus: Array.from({ length: 10 }, (_, index) => `sku-${1 + ((number * 7 + index) % 200)}`) },
  };
  const kinds: readonly PromotionBenefit[] = [
    { kind: 'PERCENT', rateBp: 500, goods },
    { kind: 'AMOUNT', amount: { RUB: 1_000 }, per: 'ITEM', goods },
    { kind: 'N_FOR_M', take: 3, pay: 2, goods },
    { kind: 'CHEAPEST', take: 2, rateBp: 3_000, goods },
    { kind: 'FIXED_PRICE', price: { RUB: 9_900 }, goods },
    { kind: 'EXTRA_POINTS', points: 5, per: 'ITEM', goods },
    { kind: 'POINTS_FACTOR', factorBp: 15_000, goods },
    { kind: 'GIFT', goods: { only: { skus: [`gift-${number}`] } }, quantity: 1 },
    { kind: 'AMOUNT', amount: { RUB: 500 }, per: 'ORDER' },
    { kind: 'TEXT' },
  ];
  const benefit = kinds[number % kinds.length] ?? { kind: 'TEXT' };
  const who = number % 10 === 3 ? 'GRANTED' : number % 2 === 0 ? 'MEMBERS' : 'ANYBODY';
  return {
    when: { from: '2020-01-01T00:00:00Z', to: '2099-01-01T00:00:00Z', weekdays: [], hours: null },
    where: { storeIds: [], channels: [] },
    audience: { who, tags: [], tiers: [], segmentIds: [], except: { tags: ['staff'], segmentIds: [] } },
    conditions:
      number % 5 === 0
        ? [{ kind: 'NTH_ORDER', number: 2, repeated: true }]
        : [{ kind: 'BASKET_SUM', atLeast: { RUB: 100_00 * (number % 7) + 1 } }],
    benefits: [benefit],
    limits: LIMITS[number % LIMITS.length] ?? NO_LIMITS,
    allowsPoints: true,
    say: `Say ${number}`,
  };
}

/** Publishes promotions number `from` to `to`. */
export async function livePromotions(ctx: Context, brandId: string, from: number, to: number): Promise<void> {
  for (let number = from; number <= to; number += 1) {
    const name = `Bench ${number}`;
    const id = await createPromotion(ctx, { brandId, name, title: name, rules: rulesOf(number) });
    await setPromotionState(ctx, { id, version: 1, state: 'LIVE' });
  }
}
