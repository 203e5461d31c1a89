import { isFractional, lowerToPrintable } from '../money/index.ts';
import { BOUNDS, demandWhole } from '../rules/index.ts';
import type { Basket } from './basket.ts';
import type { Marks } from './benefits/benefit-kind.ts';
import { budgetReason, roomOf } from './limits.ts';
import { prepareRules } from './prepared.ts';
import type { Promotion } from './promotion.ts';
import type { PromotionReason } from './verdict.ts';

/** What one promotion would do to a basket. */
export interface Attempt {
  readonly promotion: Promotion;
  /** Null: it applies. */
  readonly reason: PromotionReason | null;
  /** Minor units off by index of the line; only lines with something. */
  readonly cuts: ReadonlyMap<number, number>;
  readonly amount: number;
  readonly times: number;
  readonly marks: readonly Marks[];
  readonly missingGift: boolean;
}

/** Prices a promotion is tried on, and the lines closed to it. */
export interface Ground {
  readonly basket: Basket;
  readonly prices: readonly number[];
  readonly closed: ReadonlySet<number> | null;
}

export function refusal(promotion: Promotion, reason: PromotionReason, missingGift = false): Attempt {
  return { promotion, reason, cuts: new Map(), amount: 0, times: 0, marks: [], missingGift };
}

/** A promotion whose rules cannot be calculated gives nothing; the sale goes on. */
export function guarded(promotion: Promotion, attempt: () => Attempt): Attempt {
  try {
    return attempt();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return refusal(promotion, { code: 'FAILED', message: message.slice(0, 200) });
  }
}

/** How many times the promotion may be given to this purchase, before its benefits are tried, or the first reason. */
export function judgePromotion(promotion: Promotion, basket: Basket): number | PromotionReason {
  for (const judge of prepareRules(promotion.rules).judges) {
    const reason = judge(basket, promotion.id);
    if (reason !== null) return reason;
  }
  return roomOf(promotion, basket);
}

/** Tries the benefits of a promotion that is for this purchase, each on what the one before left. */
export function tryPromotion(promotion: Promotion, { basket, prices, closed }: Ground): Attempt {
  const room = judgePromotion(promotion, basket);
  if (typeof room !== 'number') return refusal(promotion, room);
  const { benefits } = prepareRules(promotion.rules);
  // What a single benefit leaves nobody asks.
  const left = benefits.length > 1 ? [...prices] : null;
  const cuts = new Map<number, number>();
  const marks: Marks[] = [];
  let reason: PromotionReason | null = null;
  let times = 0;
  let missingGift = false;
  for (const benefit of benefits) {
    const given = benefit({ basket, prices: left ?? prices, closed, room });
    missingGift ||= given.missingGift === true;
    reason ??= given.reason;
    if (given.reason !== null) continue;
    times = Math.max(times, given.times ?? 1);
    if (given.marks !== undefined) marks.push(given.marks);
    if (given.cuts !== undefined) takeOff(given.cuts, cuts, left);
  }
  if (times === 0) return refusal(promotion, reason ?? { code: 'NO_GOODS' }, missingGift);
  const amount = sumOf(cuts);
  demandSound({ cuts, marks, times }, prices);
  const budget = budgetReason(promotion, amount, basket);
  if (budget !== null) return refusal(promotion, budget);
  return { promotion, reason: null, cuts, amount, times, marks, missingGift };
}

/** Rules nobody checked may ask for anything; what they bring must not reach the sums of the sale. */
function demandSound(
  { cuts, marks, times }: Pick<Attempt, 'cuts' | 'marks' | 'times'>,
  prices: readonly number[],
): void {
  demandWhole(times, 1, 'times');
  for (const [index, cut] of cuts) demandWhole(cut, 0, 'discount', prices[index] ?? 0);
  for (const mark of marks) {
    if (mark.kind === 'EXTRA_POINTS') demandWhole(mark.points, 1, 'points', BOUNDS.points);
    else if (mark.kind === 'POINTS_FACTOR') demandWhole(mark.factorBp, 1, 'factor', BOUNDS.factor);
    else demandWhole(mark.capBp, 1, 'share', BOUNDS.rate);
  }
}

function takeOff(
  given: ReadonlyMap<number, number>,
  cuts: Map<number, number>,
  prices: number[] | null,
): void {
  for (const [index, cut] of given) {
    if (cut === 0) continue;
    cuts.set(index, (cuts.get(index) ?? 0) + cut);
    if (prices !== null) prices[index] = (prices[index] ?? 0) - cut;
  }
}

/** The same discount where other promotions of the group have taken their part already: no line goes below nothing. */
export function cappedTo(
  attempt: Attempt,
  left: readonly number[],
  basket: Basket,
  by: Promotion | null,
): Attempt {
  const cuts = new Map<number, number>();
  for (const [index, cut] of attempt.cuts) {
    const price = left[index] ?? 0;
    const quantityMilli = basket.lines[index]?.quantityMilli ?? 0;
    const fitting = Math.min(cut, price);
    const lowered = isFractional(quantityMilli) ? lowerToPrintable(price, fitting, quantityMilli) : fitting;
    if (lowered > 0) cuts.set(index, lowered);
  }
  const amount = sumOf(cuts);
  if (by !== null && attempt.amount > 0 && amount === 0 && attempt.marks.length === 0)
    return refusal(attempt.promotion, { code: 'STACKING', by: by.id });
  return { ...attempt, cuts, amount };
}

/** Lines an attempt has for itself where lines go to one promotion each. */
export function touchedBy({ cuts, marks }: Attempt): number[] {
  return [...cuts.keys(), ...marks.flatMap(({ lines }) => lines)];
}

function sumOf(cuts: ReadonlyMap<number, number>): number {
  let sum = 0;
  for (const cut of cuts.values()) sum += cut;
  return sum;
}
