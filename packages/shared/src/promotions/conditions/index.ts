import type { PromotionCondition } from '../promotion.ts';
import { basketSum } from './basket-sum.ts';
import { birthday } from './birthday.ts';
import type { ConditionKind, ConditionOf, PreparedCondition } from './condition-kind.ts';
import { firstOrder, nthOrder } from './orders-before.ts';
import { promoCode } from './promo-code.ts';
import { quantity } from './quantity.ts';

/** Every kind of condition: a new one is a file and a line here. */
export const CONDITIONS: { readonly [K in PromotionCondition['kind']]: ConditionKind<ConditionOf<K>> } = {
  BASKET_SUM: basketSum,
  QUANTITY: quantity,
  FIRST_ORDER: firstOrder,
  NTH_ORDER: nthOrder,
  BIRTHDAY: birthday,
  PROMO_CODE: promoCode,
};

/** @throws RangeError for a kind nobody knows */
export function prepareCondition(condition: PromotionCondition): PreparedCondition {
  if (!Object.hasOwn(CONDITIONS, condition.kind))
    throw new RangeError(`no condition ${String(condition.kind)}`);
  const kind: ConditionKind = CONDITIONS[condition.kind];
  return kind.prepare(condition);
}
