import { cappedTo, guarded, judgePromotion, refusal, touchedBy, tryPromotion } from './attempt.ts';
import type { Attempt, Ground } from './attempt.ts';
import type { Basket } from './basket.ts';
import type { Promotion, Stacking } from './promotion.ts';

/** What the promotions of a group, in their order, do to prices; prices are lowered in place. */
export type Stack = (promotions: readonly Promotion[], basket: Basket, prices: number[]) => Attempt[];

export const STACKS: Readonly<Record<Stacking, Stack>> = {
  SEQUENTIAL: (promotions, basket, prices) =>
    promotions.map((promotion) => settle(attemptOn(promotion, { basket, prices, closed: null }), prices)),

  EXCLUSIVE_ORDER(promotions, basket, prices) {
    let first: Promotion | null = null;
    return promotions.map((promotion) => {
      if (first !== null) return keptAway(promotion, first, basket);
      const attempt = settle(attemptOn(promotion, { basket, prices, closed: null }), prices);
      if (attempt.reason === null) first = promotion;
      return attempt;
    });
  },

  EXCLUSIVE_LINE(promotions, basket, prices) {
    const owners = new Map<number, Promotion>();
    return promotions.map((promotion) => {
      const closed = new Set(owners.keys());
      const attempt = settle(attemptOn(promotion, { basket, prices, closed }), prices);
      if (attempt.reason !== null) return takenLines(attempt, { basket, prices, closed }, owners);
      for (const index of touchedBy(attempt)) owners.set(index, promotion);
      return attempt;
    });
  },

  SUM(promotions, basket, prices) {
    const before = [...prices];
    let last: Promotion | null = null;
    return promotions.map((promotion) => {
      const alone = attemptOn(promotion, { basket, prices: before, closed: null });
      if (alone.reason !== null) return alone;
      const attempt = settle(cappedTo(alone, prices, basket, last), prices);
      if (attempt.reason === null) last = promotion;
      return attempt;
    });
  },

  BEST(promotions, basket, prices) {
    const attempts = promotions.map((promotion) => attemptOn(promotion, { basket, prices, closed: null }));
    const best = attempts.reduce<Attempt | null>(
      (so, attempt) =>
        attempt.reason === null && (so === null || attempt.amount > so.amount) ? attempt : so,
      null,
    );
    if (best === null) return attempts;
    settle(best, prices);
    return attempts.map((attempt) =>
      attempt === best || attempt.reason !== null
        ? attempt
        : refusal(attempt.promotion, { code: 'STACKING', by: best.promotion.id }),
    );
  },
};

function attemptOn(promotion: Promotion, ground: Ground): Attempt {
  return guarded(promotion, () => tryPromotion(promotion, ground));
}

function settle(attempt: Attempt, prices: number[]): Attempt {
  for (const [index, cut] of attempt.cuts) prices[index] = (prices[index] ?? 0) - cut;
  return attempt;
}

/** A promotion that came too late for the receipt says so, unless it was not for this purchase anyway. */
function keptAway(promotion: Promotion, by: Promotion, basket: Basket): Attempt {
  return guarded(promotion, () => {
    const room = judgePromotion(promotion, basket);
    return refusal(promotion, typeof room === 'number' ? { code: 'STACKING', by: by.id } : room);
  });
}

/** Where a promotion would have applied to lines that others have, these are the reason. */
function takenLines(attempt: Attempt, ground: Ground, owners: ReadonlyMap<number, Promotion>): Attempt {
  if (owners.size === 0) return attempt;
  const free = attemptOn(attempt.promotion, { ...ground, closed: null });
  const taken = touchedBy(free).find((index) => owners.has(index));
  const owner = taken === undefined ? undefined : owners.get(taken);
  if (free.reason !== null || owner === undefined) return attempt;
  return refusal(attempt.promotion, { code: 'STACKING', by: owner.id });
}
