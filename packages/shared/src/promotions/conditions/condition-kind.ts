import type { Arguments } from '../../rules/index.ts';
import type { Basket } from '../basket.ts';
import type { FrozenPromotion } from '../frozen.ts';
import type { PromotionCondition } from '../promotion.ts';
import type { PromotionReason } from '../verdict.ts';

export type ConditionOf<K extends PromotionCondition['kind']> = Extract<PromotionCondition, { kind: K }>;

/** One kind of condition: what it asks for in a form and in JSON, and how it is judged. */
export interface ConditionKind<C extends PromotionCondition = PromotionCondition> {
  readonly kind: C['kind'];
  readonly args: Arguments;
  /** Done once for the rules of a promotion. */
  prepare(condition: C): PreparedCondition;
}

export interface PreparedCondition {
  /** Null: met. */
  readonly judge: (basket: Basket, promotionId: string) => PromotionReason | null;
  /** What the goods kept after a return must still fulfil; absent: a return changes nothing. */
  readonly freeze?: (basket: Basket) => Partial<Pick<FrozenPromotion, 'sums' | 'quantities'>>;
}

export function notMet(condition: string, need: number, have: number): PromotionReason {
  return { code: 'CONDITION', condition, need, have };
}
