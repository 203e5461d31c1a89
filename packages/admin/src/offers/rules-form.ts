import type { PromotionBenefit, PromotionCondition, PromotionRules } from '@clientele/shared/promotions';

export type BenefitKind = PromotionBenefit['kind'];
export type ConditionKind = PromotionCondition['kind'];

/** In the order they are offered. */
export const BENEFIT_KINDS: readonly BenefitKind[] = [
  'PERCENT',
  'AMOUNT',
  'FIXED_PRICE',
  'N_FOR_M',
  'CHEAPEST',
  'GIFT',
  'EXTRA_POINTS',
  'POINTS_FACTOR',
  'PAY_BY_POINTS',
  'NEXT_CODE',
  'TEXT',
];

export const CONDITION_KINDS: readonly ConditionKind[] = [
  'BASKET_SUM',
  'QUANTITY',
  'PROMO_CODE',
  'FIRST_ORDER',
  'NTH_ORDER',
  'BIRTHDAY',
];

/** Rules that ask nothing and give nothing yet. */
export function emptyRules(): PromotionRules {
  return {
    when: { from: null, to: null, weekdays: [], hours: null },
    where: { storeIds: [], channels: [] },
    audience: { who: 'ANYBODY', tags: [], tiers: [], segmentIds: [], except: { tags: [], segmentIds: [] } },
    conditions: [],
    benefits: [],
    limits: { perOrder: null, perShopper: null, total: null, budget: null },
    allowsPoints: true,
    say: '',
  };
}

/** A benefit as somebody begins to fill it in; what has no sensible beginning is empty. */
export function newBenefit(kind: BenefitKind): PromotionBenefit {
  switch (kind) {
    case 'PERCENT':
      return { kind, rateBp: 1_000 };
    case 'AMOUNT':
      return { kind, amount: {}, per: 'ORDER' };
    case 'FIXED_PRICE':
      return { kind, price: {}, goods: {} };
    case 'N_FOR_M':
      return { kind, take: 3, pay: 2 };
    case 'CHEAPEST':
      return { kind, take: 2, rateBp: 5_000 };
    case 'GIFT':
      return { kind, goods: {}, quantity: 1 };
    case 'EXTRA_POINTS':
      return { kind, points: 100, per: 'ORDER' };
    case 'POINTS_FACTOR':
      return { kind, factorBp: 20_000 };
    case 'PAY_BY_POINTS':
      return { kind, capBp: 10_000 };
    case 'NEXT_CODE':
      return { kind, poolId: '', validDays: 30 };
    case 'TEXT':
      return { kind };
  }
}

export function newCondition(kind: ConditionKind): PromotionCondition {
  switch (kind) {
    case 'BASKET_SUM':
      return { kind, atLeast: {} };
    case 'QUANTITY':
      return { kind, atLeast: 2 };
    case 'NTH_ORDER':
      return { kind, number: 5, repeated: true };
    case 'BIRTHDAY':
      return { kind, daysBefore: 7, daysAfter: 7 };
    case 'FIRST_ORDER':
    case 'PROMO_CODE':
      return { kind };
  }
}
