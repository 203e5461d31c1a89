import { demandWhole } from '../rules/index.ts';
import type { Basket } from './basket.ts';
import type { Promotion } from './promotion.ts';
import type { PromotionReason } from './verdict.ts';

/** How many times a promotion may still be given to this receipt, or why not at all. */
export function roomOf(promotion: Promotion, basket: Basket): number | PromotionReason {
  const { perOrder, perShopper, total } = promotion.rules.limits;
  const used = basket.facts.uses[promotion.id];
  let room = perOrder === null ? Number.MAX_SAFE_INTEGER : demandWhole(perOrder, 1, 'times per receipt');
  if (perShopper !== null) {
    // Nobody's times cannot be counted.
    if (basket.shopper === null || !basket.shopper.known) return { code: 'NO_SHOPPER' };
    const left = demandWhole(perShopper.times, 1, 'times per shopper') - (used?.shopperTimes ?? 0);
    if (left <= 0) return { code: 'LIMIT_PER_SHOPPER' };
    room = Math.min(room, left);
  }
  if (total !== null) {
    const left = demandWhole(total.times, 1, 'times in all') - (used?.totalTimes ?? 0);
    if (left <= 0) return { code: 'LIMIT_TOTAL' };
    room = Math.min(room, left);
  }
  return room;
}

/** Why a discount may not be given out of the budget; null: it may. A budget is never spent in part by one receipt. */
export function budgetReason(promotion: Promotion, amount: number, basket: Basket): PromotionReason | null {
  const { budget } = promotion.rules.limits;
  if (budget === null || amount === 0) return null;
  const whole = budget[basket.currency];
  if (whole === undefined) return { code: 'NO_CURRENCY' };
  return amount > demandWhole(whole, 1, 'the budget') - (basket.facts.uses[promotion.id]?.spent ?? 0)
    ? { code: 'BUDGET' }
    : null;
}
