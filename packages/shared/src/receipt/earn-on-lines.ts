import { activateAt, expireAt } from '../time/index.ts';
import type { FrozenPromotion, PromotionsApplied } from '../promotions/index.ts';
import type { Calculation } from './calculation.ts';
import { earnPoints, extraPointsOf, countPointsOfRules } from './earn-points.ts';
import type { Earned } from './earn-points.ts';
import type { ProgramSettings } from './program-settings.ts';
import type { NoEarningReason, QuoteEarning, QuoteLine } from './quote.ts';

/** Step 5: earning on what is left to pay. */
export function earnOnLines(calculation: Calculation): Calculation {
  const { input } = calculation;
  const { settings, currency, shopper, occurredAt, limitsUsed } = input;
  const closed = closedReason(calculation);
  if (settings === null || closed !== null) return without(calculation, closed ?? 'PROGRAM_OFF');
  const lines = calculation.lines.map((line) => ({ ...line, earnBase: earnBaseOf(line, settings) }));
  const frozen = calculation.promotions?.frozen ?? [];
  const circumstances = { currency, settings, shopper, occurredAt, limitsUsed };
  const earned = earnPoints({ ...circumstances, promotions: frozen }, lines);
  if (!earned.inCurrency) return without(calculation, 'NO_CURRENCY');
  return {
    ...calculation,
    promotions: withPoints(calculation.promotions, earned, () => countPointsOfRules(circumstances, lines)),
    lines: lines.map((line) => withEarning(line, earned)),
    earning: earningOf(earned, settings, occurredAt),
  };
}

/**
 * Points each promotion adds, after limits: its extra points, and what its multiplier changes in the program's rules
 * when the promotions before it multiply already. So they sum with what the rules alone give to the points earned.
 */
function withPoints(
  promotions: PromotionsApplied | null,
  earned: Earned,
  counter: () => (promotions: readonly FrozenPromotion[]) => number,
): PromotionsApplied | null {
  if (promotions === null || promotions.frozen.length === 0) return promotions;
  const added = new Map<string, number>();
  const multiplying: FrozenPromotion[] = [];
  let before = 0;
  let pointsWith: ((promotions: readonly FrozenPromotion[]) => number) | null = null;
  for (const promotion of promotions.frozen) {
    const { promotionId } = promotion;
    added.set(promotionId, extraPointsOf(earned, promotionId));
    if (promotion.factors.length === 0) continue;
    if (pointsWith === null) {
      pointsWith = counter();
      before = pointsWith([]);
    }
    multiplying.push(promotion);
    const after = pointsWith(multiplying);
    added.set(promotionId, (added.get(promotionId) ?? 0) + after - before);
    before = after;
  }
  const verdicts = promotions.verdicts.map((verdict) => {
    const points = added.get(verdict.promotionId);
    return points === undefined || !verdict.applied ? verdict : { ...verdict, points };
  });
  return { ...promotions, verdicts };
}

/** Minor units of a line that earn, before asking whether the receipt earns at all. */
export function earnBaseOf(
  line: { readonly earnable: boolean; readonly net: number; readonly toPay: number },
  settings: ProgramSettings,
): number {
  if (!line.earnable) return 0;
  return settings.earnOnPoints === 'GROSS' ? line.net : line.toPay;
}

function closedReason({ input, points }: Calculation): NoEarningReason | null {
  const { settings, shopper, mode } = input;
  if (settings === null || mode === 'OFF') return 'PROGRAM_OFF';
  if (shopper?.blocked === true) return 'ACCOUNT_BLOCKED';
  if (shopper !== null && !shopper.verified && !settings.earnWithoutCode) return 'NOT_VERIFIED';
  return settings.earnOnPoints === 'NONE' && points.applied > 0 ? 'POINTS_SPENT' : null;
}

function without(calculation: Calculation, reason: NoEarningReason): Calculation {
  return { ...calculation, earning: { ...calculation.earning, reason } };
}

function withEarning(line: QuoteLine, earned: Earned): QuoteLine {
  const earns = earned.earns.get(line.number) ?? [];
  return { ...line, earns, earnShare: earns.reduce((sum, earn) => sum + earn.points, 0) };
}

function earningOf(earned: Earned, settings: ProgramSettings, occurredAt: number): QuoteEarning {
  const { points, rules, cuts, verdicts } = earned;
  const activation = points === 0 ? null : activateAt(occurredAt, settings.freezeDays);
  return {
    points,
    activateAt: activation,
    expireAt: activation === null ? null : expireAt(activation, settings.ttlDays, settings.timezone),
    rules,
    cuts,
    verdicts,
    reason: null,
  };
}
