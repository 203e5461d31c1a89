import { allocate, divide, toSafeNumber } from '../money/index.ts';
import { FULL_RATE_BP, stepPoints } from '../points/index.ts';
import type { Instant } from '../time/index.ts';
import { matches, occasionOf } from './matching.ts';
import type { Occasion } from './matching.ts';
import type { EarningLimit, EarningRule, ProgramSettings } from './program-settings.ts';
import type { EarningCut, GoodsFacts, LineEarn } from './quote.ts';

/** What one line brings to earning: `earnBase` minor units. */
export interface EarningLine extends GoodsFacts {
  readonly number: number;
  readonly earnBase: number;
}

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
}

export interface Earned {
  readonly points: number;
  readonly rules: readonly { readonly rule: string; readonly points: number }[];
  readonly cuts: readonly EarningCut[];
  /** By line number; the points of a rule sum to what the rule granted. */
  readonly earns: ReadonlyMap<number, readonly LineEarn[]>;
  /** False where no rule has a value in this currency. */
  readonly inCurrency: boolean;
}

/**
 * Points of a purchase by every rule that matches: the base of the rule's lines, multiplied line by line, rounded
 * once, then cut by limits (loyalty.md §5 "Earning").
 */
export function earnPoints(circumstances: EarningCircumstances, lines: readonly EarningLine[]): Earned {
  const { settings, currency, shopper, occurredAt } = circumstances;
  const occasion = occasionOf(shopper, occurredAt, settings.timezone);
  const rules = settings.earningRules.filter((rule) => paysIn(rule, currency, settings));
  const earnings = rules.map((rule) => ruleEarning(rule, lines, circumstances, occasion));
  const { granted, cuts } = cutByLimits(earnings, settings.earningLimits, circumstances.limitsUsed ?? {});
  const kept = earnings.map((earning, index) => ({ ...earning, points: granted[index] ?? 0 }));
  return {
    points: kept.reduce((sum, { points }) => sum + points, 0),
    rules: kept.filter(({ points }) => points > 0).map(({ rule, points }) => ({ rule, points })),
    cuts,
    earns: earnsByLine(kept),
    inCurrency: rules.length > 0,
  };
}

interface RuleEarning {
  readonly rule: string;
  readonly points: number;
  readonly lines: readonly EarningLine[];
  /** earnBase × multiplier of each line, in a scale common to the rule. */
  readonly weights: readonly bigint[];
}

function paysIn(rule: EarningRule, currency: string, settings: ProgramSettings): boolean {
  const table = rule.type === 'AMOUNT_STEP' ? rule.steps : settings.pointValueMinor;
  return table[currency] !== undefined;
}

function ruleEarning(
  rule: EarningRule,
  all: readonly EarningLine[],
  { settings, currency }: EarningCircumstances,
  occasion: Occasion,
): RuleEarning {
  const lines = all.filter((line) => line.earnBase > 0 && matches(rule.match, line, occasion));
  const factors = lines.map((line) => factorOf(line, settings, occasion));
  const weights = lines.map((line, index) => BigInt(line.earnBase) * (factors[index] ?? 0n));
  const weighted = weights.reduce((sum, weight) => sum + weight, 0n);
  const scale = factorScale(settings);
  const base = lines.reduce((sum, line) => sum + line.earnBase, 0);
  const rounding = rule.rounding ?? 'FLOOR';
  if (base === 0) return { rule: rule.code, points: 0, lines, weights };
  if (rule.type === 'PERCENT') {
    const value = BigInt(settings.pointValueMinor[currency] ?? 1);
    const exact = divide(weighted * BigInt(rule.rateBp), scale * BigInt(FULL_RATE_BP) * value, rounding);
    return { rule: rule.code, points: toSafeNumber(exact), lines, weights };
  }
  const step = rule.type === 'AMOUNT_STEP' ? rule.steps[currency] : undefined;
  const plain = step === undefined ? 0 : stepPoints(base, step.stepMinor, step.points);
  const exact = divide(BigInt(plain) * weighted, scale * BigInt(base), rounding);
  return { rule: rule.code, points: toSafeNumber(exact), lines, weights };
}

/** The multiplier of a line, times `factorScale`. */
function factorOf(line: EarningLine, settings: ProgramSettings, occasion: Occasion): bigint {
  const fitting = settings.multipliers.map((rule) =>
    matches(rule.match, line, occasion) ? rule.factorBp : FULL_RATE_BP,
  );
  if (settings.multiplierMode === 'PRODUCT') return fitting.reduce((product, bp) => product * BigInt(bp), 1n);
  const sum = fitting.reduce((so, bp) => so + bp - FULL_RATE_BP, FULL_RATE_BP);
  return BigInt(Math.max(0, sum));
}

function factorScale(settings: ProgramSettings): bigint {
  const full = BigInt(FULL_RATE_BP);
  return settings.multiplierMode === 'PRODUCT' ? full ** BigInt(settings.multipliers.length) : full;
}

const SCOPE_ORDER: readonly EarningLimit['scope'][] = ['RULE', 'SHOPPER', 'PROGRAM'];

/** Limits fill in the order of the rules, so what is cut is cut from the last ones. */
function cutByLimits(
  earnings: readonly RuleEarning[],
  limits: readonly EarningLimit[],
  used: Readonly<Record<string, number>>,
): { granted: number[]; cuts: EarningCut[] } {
  const granted = earnings.map((earning) => earning.points);
  const cuts: EarningCut[] = [];
  const inOrder = limits.toSorted((a, b) => SCOPE_ORDER.indexOf(a.scope) - SCOPE_ORDER.indexOf(b.scope));
  for (const limit of inOrder) {
    const before = limit.window === 'RECEIPT' ? 0 : (used[limit.code] ?? 0);
    let room = Math.max(0, limit.max - before);
    earnings.forEach(({ rule }, index) => {
      if (limit.scope === 'RULE' && limit.rule !== rule) return;
      const points = granted[index] ?? 0;
      const kept = Math.min(points, room);
      room -= kept;
      granted[index] = kept;
      if (kept < points) cuts.push({ limit: limit.code, rule, points: points - kept });
    });
  }
  return { granted, cuts };
}

function earnsByLine(earnings: readonly RuleEarning[]): Map<number, LineEarn[]> {
  const byLine = new Map<number, LineEarn[]>();
  for (const { rule, points, lines, weights } of earnings) {
    const shares = allocate(points, weights);
    lines.forEach((line, index) => {
      const earn = { rule, baseMinor: line.earnBase, points: shares[index] ?? 0 };
      byLine.set(line.number, [...(byLine.get(line.number) ?? []), earn]);
    });
  }
  return byLine;
}
