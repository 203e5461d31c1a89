import type { Arguments, Problem } from '../../rules/index.ts';
import type { Basket } from '../basket.ts';
import type { PromotionBenefit } from '../promotion.ts';
import type { PromotionReason } from '../verdict.ts';

export type BenefitOf<K extends PromotionBenefit['kind']> = Extract<PromotionBenefit, { kind: K }>;

/** One kind of benefit: what it asks for in a form and in JSON, and what it gives. */
export interface BenefitKind<B extends PromotionBenefit = PromotionBenefit> {
  readonly kind: B['kind'];
  readonly args: Arguments;
  /** What is wrong between arguments that are right each by itself. */
  check?(benefit: B, path: readonly string[]): Problem[];
  /** Done once for the rules of a promotion. */
  prepare(benefit: B): PreparedBenefit;
}

export type PreparedBenefit = (offer: Offer) => Given;

/** What a benefit may lower. */
export interface Offer {
  readonly basket: Basket;
  /** Minor units of each line as it is now; 0 leaves nothing to lower. */
  readonly prices: readonly number[];
  /** Lines that another promotion has for itself. */
  readonly closed: ReadonlySet<number> | null;
  /** Most times the promotion's limits still allow, ≥ 1. */
  readonly room: number;
}

export interface Given {
  /** Why it gives nothing; null: it gives. */
  readonly reason: PromotionReason | null;
  /** Minor units taken off by index of the line. */
  readonly cuts?: ReadonlyMap<number, number>;
  /** Absent: once. */
  readonly times?: number;
  /** Lines it is about without lowering them. */
  readonly marks?: Marks;
  readonly missingGift?: boolean;
}

/** What a benefit leaves on lines (indexes) for the steps after promotions. */
export type Marks =
  | {
      readonly kind: 'EXTRA_POINTS';
      readonly points: number;
      readonly per: 'ORDER' | 'ITEM';
      readonly lines: readonly number[];
    }
  | { readonly kind: 'POINTS_FACTOR'; readonly factorBp: number; readonly lines: readonly number[] }
  | { readonly kind: 'PAY_BY_POINTS'; readonly capBp: number; readonly lines: readonly number[] };

export const NO_GOODS: Given = { reason: { code: 'NO_GOODS' } };
export const NO_CURRENCY: Given = { reason: { code: 'NO_CURRENCY' } };

/** Discounts as what a benefit gives; nothing taken off = no goods for it. */
export function givenCuts(cuts: ReadonlyMap<number, number>, times = 1): Given {
  for (const amount of cuts.values()) if (amount > 0) return { reason: null, cuts, times };
  return NO_GOODS;
}

/** The chosen lines this offer leaves open. */
export function openLines(chosen: readonly number[], { closed }: Offer): readonly number[] {
  return closed === null || closed.size === 0 ? chosen : chosen.filter((index) => !closed.has(index));
}
