import type { PromotionBenefit } from '../promotion.ts';
import { nextCode, text } from './after-purchase.ts';
import { amount } from './amount.ts';
import type { BenefitKind, BenefitOf, PreparedBenefit } from './benefit-kind.ts';
import { cheapest } from './cheapest.ts';
import { fixedPrice } from './fixed-price.ts';
import { gift } from './gift.ts';
import { nForM } from './n-for-m.ts';
import { percent } from './percent.ts';
import { extraPoints, payByPoints, pointsFactor } from './points.ts';

/** Every kind of benefit: a new one is a file and a line here. */
export const BENEFITS: { readonly [K in PromotionBenefit['kind']]: BenefitKind<BenefitOf<K>> } = {
  PERCENT: percent,
  AMOUNT: amount,
  FIXED_PRICE: fixedPrice,
  N_FOR_M: nForM,
  CHEAPEST: cheapest,
  GIFT: gift,
  EXTRA_POINTS: extraPoints,
  POINTS_FACTOR: pointsFactor,
  PAY_BY_POINTS: payByPoints,
  NEXT_CODE: nextCode,
  TEXT: text,
};

/** @throws RangeError for a kind nobody knows */
export function prepareBenefit(benefit: PromotionBenefit): PreparedBenefit {
  if (!Object.hasOwn(BENEFITS, benefit.kind)) throw new RangeError(`no benefit ${String(benefit.kind)}`);
  const kind: BenefitKind = BENEFITS[benefit.kind];
  return kind.prepare(benefit);
}
