import type { FrozenPromotion } from '../promotions/index.ts';
import type { Instant } from '../time/index.ts';
import { cutByLimits } from './earning/earning-limits.ts';
import type { EarningLine } from './earning/earning-line.ts';
import { extraEarning, promotionRule } from './earning/extra-points.ts';
import { occasionOf } from './matching.ts';
import { lineFactors } from './earning/multipliers.ts';
import type { ProgramSettings } from './program-settings.ts';
import type { EarningCut, EarningVerdict, LineEarn } from './quote.ts';
import { earningsOfRules } from './earning/rule-earnings.ts';
import type { RuleEarning } from './earning/rule-earnings.ts';
import { earnsByLine } from './earning/share-earnings.ts';

/** The circumstances of a purchase that decide what it earns; frozen with the order. */
export interface EarningCircumstances {
  readonly currency: string;
  readonly settings: ProgramSettings;
  /** Null: anonymous, earns as a new member. */
  readonly shopper: {
    readonly tierCode?: string | undefined;
    readonly tags?: readonly string[] | undefined;
  } | null;
  readonly occurredAt: Instant;
  /** Points granted in the window of each limit before this purchase, by limit code. */
  readonly limitsUsed?: Readonly<Record<string, number>> | undefined;
  /** Applied promotions that give points; their extra points are the rules `promotion:<id>`. */
  readonly promotions?: readonly FrozenPromotion[] | undefined;
}

export interface Earned {
  readonly points: number;
  readonly rules: readonly { readonly rule: string; readonly points: number }[];
  readonly cuts: readonly EarningCut[];
  /** By line number; the points of a rule sum to what the rule granted. */
  readonly earns: ReadonlyMap<number, readonly LineEarn[]>;
  /** Every rule of the program in the order of calculation. */
  readonly verdicts: readonly EarningVerdict[];
  /** False where neither a rule nor a promotion has a value in this currency. */
  readonly inCurrency: boolean;
}

/**
 * Points of a purchase by every rule that matches: the base of the rule's lines, multiplied line by line, rounded
 * once, then cut by limits (loyalty.md §5 "Earning"). Extra points of promotions come last.
 */
export function earnPoints(circumstances: EarningCircumstances, all: readonly EarningLine[]): Earned {
  const { settings, currency, shopper, occurredAt, promotions = [] } = circumstances;
  const occasion = occasionOf(shopper, occurredAt, settings.timezone);
  const lines = all.filter(({ earnBase }) => earnBase > 0);
  const factors = lineFactors(lines, settings, occasion, promotions);
  const byRules = earningsOfRules({ settings, currency, occasion, lines, factors });
  const extra = promotions.filter(({ extra: given }) => given.length > 0);
  const earnings = [...byRules, ...extra.map((promotion) => extraEarning(promotion, lines))];
  const { granted, cuts } = cutByLimits(earnings, settings.earningLimits, circumstances.limitsUsed ?? {});
  const kept = earnings.map((earning, index) => ({ ...earning, points: granted[index] ?? 0 }));
  return {
    points: kept.reduce((sum, { points }) => sum + points, 0),
    rules: kept.filter(({ points }) => points > 0).map(({ rule, points }) => ({ rule, points })),
    cuts,
    earns: earnsByLine(kept),
    verdicts: byRules.map((earning, index) => verdictOf(earning, granted[index] ?? 0)),
    inCurrency: extra.length > 0 || byRules.some(({ why }) => why !== 'NO_CURRENCY'),
  };
}

/**
 * Points the program's rules alone grant, after limits, when these promotions multiply: what each promotion adds is told
 * by it, in much less time than everything about every line.
 */
export function countPointsOfRules(
  { settings, currency, shopper, occurredAt, limitsUsed = {} }: EarningCircumstances,
  all: readonly EarningLine[],
): (promotions: readonly FrozenPromotion[]) => number {
  const occasion = occasionOf(shopper, occurredAt, settings.timezone);
  const lines = all.filter(({ earnBase }) => earnBase > 0);
  return (promotions) => {
    const factors = lineFactors(lines, settings, occasion, promotions);
    const earnings = earningsOfRules({ settings, currency, occasion, lines, factors });
    const { granted } = cutByLimits(earnings, settings.earningLimits, limitsUsed);
    return granted.reduce((sum, points) => sum + points, 0);
  };
}

/** Points a promotion itself granted by its EXTRA_POINTS. */
export function extraPointsOf({ rules }: Pick<Earned, 'rules'>, promotionId: string): number {
  return rules.find(({ rule }) => rule === promotionRule(promotionId))?.points ?? 0;
}

function verdictOf(earning: RuleEarning, granted: number): EarningVerdict {
  const { rule, name, base, factorBp, multipliedBy, points, why } = earning;
  const cut = points - granted;
  return {
    rule,
    name,
    baseMinor: base,
    factorBp,
    multipliedBy,
    points: granted,
    cut,
    reason: granted > 0 ? null : (why ?? (cut > 0 ? 'LIMIT' : 'TOO_LITTLE')),
  };
}
