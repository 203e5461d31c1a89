import type { EarningLine } from './earning-line.ts';
import type { EarningGoods } from './earning-kind.ts';
import { earningKind } from './index.ts';
import { FULL_RATE_BP } from '../../points/index.ts';
import { prepareMatch } from '../matching.ts';
import type { Occasion } from '../matching.ts';
import { shownFactor } from './multipliers.ts';
import type { LineFactors } from './multipliers.ts';
import type { EarningRule, ProgramSettings } from '../program-settings.ts';
import type { NoPointsReason } from '../quote.ts';

/** What one rule brings before limits. */
export interface RuleEarning {
  readonly rule: string;
  readonly name: string;
  readonly points: number;
  readonly lines: readonly EarningLine[];
  /** By which the lines share the points. */
  readonly weights: readonly bigint[];
  readonly base: number;
  readonly factorBp: number;
  readonly multipliedBy: readonly string[];
  /** What kept the rule from its lines; null: nothing. */
  readonly why: NoPointsReason | null;
}

export interface RulesInput {
  readonly settings: ProgramSettings;
  readonly currency: string;
  readonly occasion: Occasion;
  /** With a base above 0. */
  readonly lines: readonly EarningLine[];
  readonly factors: LineFactors;
}

/** Every rule of the program by priority; lines of an exclusive rule that gave points are gone for those after it. */
export function earningsOfRules(input: RulesInput): RuleEarning[] {
  const taken = new Set<number>();
  return inOrder(input.settings.earningRules).map((rule) => {
    const earning = guarded(rule, () => earningOf(rule, input, taken));
    if (rule.exclusive === true && earning.points > 0)
      for (const { number } of earning.lines) taken.add(number);
    return earning;
  });
}

/** More than anybody means: a basket of millions of pieces must not break the sums. */
const MOST_POINTS = 1_000_000_000_000;

/** A rule that cannot be calculated gives nothing; the sale goes on. */
function guarded(rule: EarningRule, earn: () => RuleEarning): RuleEarning {
  try {
    const earning = earn();
    return earning.points <= MOST_POINTS ? earning : nothing(rule, 'FAILED');
  } catch {
    return nothing(rule, 'FAILED');
  }
}

function inOrder(rules: readonly EarningRule[]): readonly EarningRule[] {
  if (rules.every(({ priority }) => priority === undefined)) return rules;
  return rules.toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0));
}

function earningOf(rule: EarningRule, input: RulesInput, taken: ReadonlySet<number>): RuleEarning {
  const { settings, currency, occasion, lines, factors } = input;
  const kind = earningKind(rule);
  const pointValueMinor = settings.pointValueMinor[currency];
  if (!kind.paysIn(rule, currency, pointValueMinor)) return nothing(rule, 'NO_CURRENCY');
  const match = prepareMatch(rule.match);
  const notNow = match.occasion(occasion);
  if (notNow !== null) return nothing(rule, notNow);
  const fitting = lines.flatMap((line, index) => (match.goods(line) ? [index] : []));
  const open = fitting.filter((index) => !taken.has(lines[index]?.number ?? 0));
  if (open.length === 0) return nothing(rule, fitting.length > 0 ? 'EXCLUSIVE' : 'NO_GOODS');
  const goods = goodsOf(open, input, rule, pointValueMinor ?? 1);
  const { points, weights } = kind.grant(rule, goods);
  return {
    rule: rule.code,
    name: rule.name ?? rule.code,
    points,
    lines: open.flatMap((index) => lines[index] ?? []),
    weights,
    base: goods.base,
    factorBp: kind.multiplied ? shownFactor(goods.weighted, goods.scale, goods.base) : FULL_RATE_BP,
    multipliedBy: kind.multiplied ? [...new Set(open.flatMap((index) => factors.names[index] ?? []))] : [],
    why: null,
  };
}

function goodsOf(
  open: readonly number[],
  { lines, factors, currency }: RulesInput,
  rule: EarningRule,
  pointValueMinor: number,
): EarningGoods {
  const chosen = open.map((index) => {
    const { earnBase: base = 0, quantityMilli = 0 } = lines[index] ?? {};
    return { base, pieces: Math.floor(quantityMilli / 1000), factor: factors.factors[index] ?? 0n };
  });
  return {
    currency,
    pointValueMinor,
    rounding: rule.rounding ?? 'FLOOR',
    lines: chosen,
    scale: factors.scale,
    base: chosen.reduce((sum, { base }) => sum + base, 0),
    weighted: chosen.reduce((sum, { base, factor }) => sum + BigInt(base) * factor, 0n),
  };
}

function nothing(rule: EarningRule, why: NoPointsReason): RuleEarning {
  return {
    rule: rule.code,
    name: rule.name ?? rule.code,
    points: 0,
    lines: [],
    weights: [],
    base: 0,
    factorBp: FULL_RATE_BP,
    multipliedBy: [],
    why,
  };
}
