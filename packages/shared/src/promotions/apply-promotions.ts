import type { Attempt } from './attempt.ts';
import { basketOf } from './basket.ts';
import type { Basket, BasketFacts } from './basket.ts';
import type { FrozenPromotion } from './frozen.ts';
import { prepareRules } from './prepared.ts';
import type { Promotion, PromotionGroup } from './promotion.ts';
import { refusedCodes } from './refused-codes.ts';
import type { RefusedCode } from './refused-codes.ts';
import { STACKS } from './stacking.ts';
import type { PromotionVerdict } from './verdict.ts';

export interface PromotionsInput extends BasketFacts {
  readonly promotions: readonly Promotion[];
  readonly groups: readonly PromotionGroup[];
}

/** What promotions do to a receipt; lists by line are in the order of the lines. */
export interface PromotionsApplied {
  /** Every promotion given, in the order of calculation; `points` are not known yet: 0. */
  readonly verdicts: readonly PromotionVerdict[];
  readonly lines: readonly LinePromotions[];
  readonly frozen: readonly FrozenPromotion[];
  readonly refusedCodes: readonly RefusedCode[];
}

export interface LinePromotions {
  readonly discounts: readonly {
    readonly promotionId: string;
    readonly title: string;
    readonly code: string | null;
    /** Minor units, more than 0. */
    readonly amount: number;
  }[];
  /** False where a promotion that lowered the line wants it paid in money. */
  readonly allowsPoints: boolean;
  /** Share of the line that points may pay by a promotion's permission; null: as the program says. */
  readonly pointsCapBp: number | null;
}

/**
 * Steps 2 and 3 of loyalty.md §5: groups by priority, within a group promotions by priority, then id; so the order in
 * which they are given is nothing to the result.
 */
export function applyPromotions(input: PromotionsInput): PromotionsApplied {
  const basket = basketOf(input);
  const prices = basket.lines.map(({ price }) => price);
  const attempts = inOrder(input).flatMap(({ stacking, promotions }) =>
    STACKS[stacking](promotions, basket, prices),
  );
  const applied = attempts.filter(({ reason }) => reason === null);
  const verdicts = attempts.map((attempt) => verdictOf(attempt, basket));
  return {
    verdicts,
    lines: linesOf(applied, basket),
    frozen: applied.flatMap((attempt) => frozenOf(attempt, basket)),
    refusedCodes: refusedCodes(basket.facts.codes, verdicts),
  };
}

interface OrderedGroup {
  readonly stacking: PromotionGroup['stacking'];
  readonly promotions: readonly Promotion[];
}

function inOrder({ promotions, groups }: PromotionsInput): OrderedGroup[] {
  const byGroup = new Map<string, Promotion[]>();
  for (const promotion of promotions) {
    const members = byGroup.get(promotion.groupId);
    if (members === undefined) byGroup.set(promotion.groupId, [promotion]);
    else members.push(promotion);
  }
  const known = groups
    .filter(({ id }) => byGroup.has(id))
    .toSorted((a, b) => a.priority - b.priority || compareIds(a.id, b.id));
  const ids = new Set(known.map(({ id }) => id));
  // A group nobody described comes last, one after another.
  const others = [...byGroup.keys()]
    .filter((id) => !ids.has(id))
    .toSorted(compareIds)
    .map((id) => ({ id, stacking: 'SEQUENTIAL' as const }));
  return [...known, ...others].map(({ id, stacking }) => ({
    stacking,
    promotions: (byGroup.get(id) ?? []).toSorted((a, b) => a.priority - b.priority || compareIds(a.id, b.id)),
  }));
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function verdictOf({ promotion, reason, cuts, amount, times, missingGift }: Attempt, basket: Basket) {
  const { id, revision, title } = promotion;
  const lines = [...cuts]
    .map(([index, cut]) => ({ number: basket.lines[index]?.number ?? 0, amount: cut }))
    .toSorted((a, b) => a.number - b.number);
  const code = reason === null ? codeOf(promotion, basket) : null;
  return {
    promotionId: id,
    revision,
    title,
    applied: reason === null,
    reason,
    amount,
    lines,
    points: 0,
    times,
    code,
    missingGift,
  };
}

function codeOf(promotion: Promotion, basket: Basket): string | null {
  return prepareRules(promotion.rules).needsCode ? (basket.codes.get(promotion.id) ?? null) : null;
}

function linesOf(applied: readonly Attempt[], basket: Basket): LinePromotions[] {
  const lines = basket.lines.map(() => ({
    discounts: [] as LinePromotions['discounts'][number][],
    allowsPoints: true,
    pointsCapBp: null as number | null,
  }));
  for (const { promotion, cuts, marks } of applied) {
    const code = codeOf(promotion, basket);
    for (const [index, amount] of cuts) {
      const line = lines[index];
      if (line === undefined) continue;
      line.discounts.push({ promotionId: promotion.id, title: promotion.title, code, amount });
      line.allowsPoints &&= promotion.rules.allowsPoints === true;
    }
    for (const mark of marks) {
      if (mark.kind !== 'PAY_BY_POINTS') continue;
      for (const index of mark.lines) {
        const line = lines[index];
        if (line !== undefined) line.pointsCapBp = Math.max(line.pointsCapBp ?? 0, mark.capBp);
      }
    }
  }
  return lines;
}

function frozenOf({ promotion, marks }: Attempt, basket: Basket): FrozenPromotion[] {
  const numbers = (indexes: readonly number[]): number[] =>
    indexes.flatMap((index) => basket.lines[index]?.number ?? []);
  const extra = marks.flatMap((mark) =>
    mark.kind === 'EXTRA_POINTS' ? [{ points: mark.points, per: mark.per, lines: numbers(mark.lines) }] : [],
  );
  const factors = marks.flatMap((mark) =>
    mark.kind === 'POINTS_FACTOR' ? [{ factorBp: mark.factorBp, lines: numbers(mark.lines) }] : [],
  );
  if (extra.length === 0 && factors.length === 0) return [];
  const kept = prepareRules(promotion.rules).conditions.map(({ freeze }) => freeze?.(basket) ?? {});
  return [
    {
      promotionId: promotion.id,
      title: promotion.title,
      sums: kept.flatMap(({ sums }) => sums ?? []),
      quantities: kept.flatMap(({ quantities }) => quantities ?? []),
      extra,
      factors,
    },
  ];
}
